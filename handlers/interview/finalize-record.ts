// How does an analysis end? With a report and a closed record, or with the reason why there is none.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { assessmentSchema } from '../../domain/assessment.ts';
import { composeReport } from '../../domain/compose-report.ts';
import { InternalError } from '../../domain/errors.ts';
import { problemOf } from '../../domain/failure.ts';
import { derivedKey, derivedNames, type DerivedName } from '../../domain/ids.ts';
import { measurementsSchema } from '../../domain/measurements.ts';
import { seenLabelsSchema } from '../../domain/picture-labels.ts';
import type { Report } from '../../domain/report.ts';
import { finalizeInputSchema, type Owner, type StageIo } from '../../domain/stage-io.ts';
import { textFiguresSchema } from '../../domain/text-metrics/text-figures.ts';
import { summaryOf } from '../../domain/trend.ts';
import { captionsVtt } from '../../domain/transcripts/captions.ts';
import { transcriptSchema, type Transcript } from '../../domain/transcript.ts';
import type { RecordResult } from '../../services/contracts.ts';
import { defineHandler, type HandlerContext } from '../support/handler.ts';
import { storeDerived } from '../support/store-derived.ts';
import { withScratchFolder } from '../support/scratch.ts';

type Context = HandlerContext<'objects' | 'records'>;
type Findings = NonNullable<StageIo['finalize']['in']['findings']>;

async function gather(owner: Owner, findings: Findings, context: Context): Promise<Report> {
  const { objects } = context.services;
  const { words } = findings;
  const read = async <T>(present: boolean, name: DerivedName, schema: z.ZodType<T>): Promise<T | null> =>
    present ? schema.parse(await objects.readJson(derivedKey(owner, name))) : null;
  return composeReport({
    ...findings,
    owner,
    createdAt: new Date(),
    measurements: measurementsSchema.parse(await objects.readJson(derivedKey(owner, 'measurements'))),
    labels: await read(findings.conversion.labels.found, 'labels', seenLabelsSchema),
    transcript: await read(words.hasTranscript, 'transcript', transcriptSchema),
    textFigures: await read(words.hasTranscript, 'textFigures', textFiguresSchema),
    assessment: await read(words.hasAssessment, 'assessment', assessmentSchema),
  });
}

const storeCaptions = async (transcript: Transcript, owner: Owner, context: Context): Promise<void> =>
  withScratchFolder(context.scratchFolder, async (folder) => {
    await writeFile(join(folder, derivedNames.captions), captionsVtt(transcript));
    await storeDerived(['captions'], folder, owner, context);
  });

/** The record's only last writer: a record that another execution owns is left alone (A15). */
export const finalizeRecord = defineHandler({
  input: finalizeInputSchema,
  run: async (input, context: Context): Promise<StageIo['finalize']['out']> => {
    const { objects, records } = context.services;
    const { recordId, executionName } = input.owner;
    const close = async ({
      summary = null,
      ...result
    }: RecordResult): Promise<StageIo['finalize']['out']> => {
      if (!(await records.finish(recordId, executionName, { ...result, summary })))
        throw new InternalError(`the record ${recordId} does not belong to the execution ${executionName}`);
      return { ...result, problems: [...result.problems] };
    };
    if (!input.findings)
      return close({
        status: 'FAILED',
        reportKey: null,
        problems: [problemOf(input.failure ?? { Error: 'InternalError', Cause: 'no failure was named' })],
      });
    const report = await gather(input.owner, input.findings, context);
    if (report.transcript) await storeCaptions(report.transcript, input.owner, context);
    const reportKey = derivedKey(input.owner, 'report');
    await objects.writeJson(reportKey, report);
    const { status, problems } = report;
    return close({ status, reportKey, problems, summary: summaryOf(report) });
  },
});
