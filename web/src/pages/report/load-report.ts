// How does a report come from its address into the page, checked?
import { z } from 'zod';
import {
  audioMeasurementsSchema,
  measurementsSchema,
  pictureMeasurementsSchema,
  visionMeasurementsSchema,
  type AudioMeasurements,
  type PictureMeasurements,
  type VisionMeasurements,
} from '../../../../domain/measurements.ts';
import { reportSchema, type Report } from '../../../../domain/report.ts';
import { transcriptSchema, type Transcript } from '../../../../domain/transcript.ts';

/** `EXPIRED`: the address is good no more; `UNREADABLE`: what came is no report that this version knows. */
export type ReportFailureCode = 'EXPIRED' | 'NETWORK' | 'UNREADABLE';

/** A report that did not come. */
export class ReportFailure extends Error {
  override readonly name = 'ReportFailure';
  readonly code: ReportFailureCode;
  constructor(code: ReportFailureCode, cause?: unknown) {
    super(`The report did not come: ${code}.`, cause === undefined ? {} : { cause });
    this.code = code;
  }
}

/** Tens of thousands of samples and words are taken as they were written: to look at each would cost what the page has. */
const unread = <List>() => z.custom<List>((value) => Array.isArray(value));

const quickSchema: z.ZodType<Report> = reportSchema.extend({
  measurements: measurementsSchema.extend({
    picture: pictureMeasurementsSchema
      .extend({ samples: unread<PictureMeasurements['samples']>() })
      .nullable(),
    vision: visionMeasurementsSchema.extend({ samples: unread<VisionMeasurements['samples']>() }).nullable(),
    audio: audioMeasurementsSchema
      .extend({
        shortTerm: unread<AudioMeasurements['shortTerm']>(),
        silences: unread<AudioMeasurements['silences']>(),
        syllablesAtSeconds: unread<AudioMeasurements['syllablesAtSeconds']>(),
      })
      .nullable(),
  }),
  transcript: transcriptSchema.extend({ words: unread<Transcript['words']>() }).nullable(),
});

/** Statuses of an address whose signature has ended: S3 says 403, or 400 when the session behind it ended; some proxies 401 or 410. */
const endedStatuses: ReadonlySet<number> = new Set([400, 401, 403, 410]);

/** @throws ReportFailure */
export async function loadReport(
  address: string,
  signal: AbortSignal,
  fetchNow: typeof fetch = fetch,
): Promise<Report> {
  const response = await fetchNow(address, { signal, credentials: 'omit' }).catch((cause: unknown) => {
    if (signal.aborted) throw cause;
    throw new ReportFailure('NETWORK', cause);
  });
  if (endedStatuses.has(response.status)) throw new ReportFailure('EXPIRED');
  if (!response.ok) throw new ReportFailure('NETWORK');
  const body: unknown = await response.json().catch((cause: unknown) => {
    throw new ReportFailure('UNREADABLE', cause);
  });
  const parsed = quickSchema.safeParse(body);
  if (!parsed.success) throw new ReportFailure('UNREADABLE', parsed.error);
  return parsed.data;
}

interface FreshAddresses {
  /** Addresses that were made a moment ago, or are asked for now. */
  readonly addresses: (fresh: boolean) => Promise<{ readonly report?: string | undefined }>;
  readonly load: (address: string) => Promise<Report>;
}

/** Loads with the addresses at hand, and once more with new ones when those have ended. */
export async function loadWithFreshAddresses({ addresses, load }: FreshAddresses): Promise<Report> {
  const attempt = async (fresh: boolean): Promise<Report> => {
    const { report } = await addresses(fresh);
    if (report === undefined) throw new ReportFailure('UNREADABLE');
    return load(report);
  };
  try {
    return await attempt(false);
  } catch (error) {
    if (!(error instanceof ReportFailure) || error.code !== 'EXPIRED') throw error;
    return attempt(true);
  }
}
