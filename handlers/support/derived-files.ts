// Which files belong to a finished report? Only those that its execution has stored.
import { z } from 'zod';
import type { DerivedName } from '../../domain/ids.ts';
import { filesSchema } from '../../domain/report.ts';

/** As much of a report as says what lies beside it; the report itself may be of several megabytes. */
const partsSchema = z.object({
  files: filesSchema,
  labels: z.unknown().optional(),
  transcript: z.unknown().optional(),
  assessment: z.object({ provenance: z.string() }).nullish(),
});

const isThere = (value: unknown): boolean => value !== null && value !== undefined;

/** The names of the files of a report, itself among them. */
export function derivedFilesOf(report: unknown): readonly DerivedName[] {
  const { files, labels, transcript, assessment } = partsSchema.parse(report);
  const stored = (Object.keys(filesSchema.shape) as (keyof typeof files)[]).filter(
    (name) => files[name] !== null,
  );
  return [
    'report',
    'measurements',
    ...stored,
    ...(isThere(labels) ? (['labels'] as const) : []),
    ...(isThere(transcript) ? (['transcript', 'textFigures'] as const) : []),
    // What local rules say stands in the report only.
    ...(assessment?.provenance.startsWith('model:') === true ? (['assessment'] as const) : []),
  ];
}
