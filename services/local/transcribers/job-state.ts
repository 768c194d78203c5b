// What is remembered of a transcription job, so that a restart goes on where it was?
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { errorCodes, InternalError, ServiceRejected, TemporaryFailure } from '../../../domain/errors.ts';
import { transcriptSchema } from '../../../domain/transcript.ts';
import { makePrivateFolder, replaceText, systemCode } from '../../files.ts';

const failureSchema = z.object({
  status: z.literal('FAILED'),
  name: z.enum(['TemporaryFailure', 'ServiceRejected', 'InternalError']),
  code: z.enum(errorCodes),
  message: z.string(),
});
export type JobFailure = z.infer<typeof failureSchema>;

const outcomeSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('COMPLETED'), transcript: transcriptSchema }),
  z.object({ status: z.literal('UNAVAILABLE'), reason: z.string() }),
  failureSchema,
]);
export type JobOutcome = z.infer<typeof outcomeSchema>;

const jobStateSchema = z.object({
  name: z.string(),
  objectKey: z.string(),
  language: z.string().nullable(),
  /** How often it failed for now. */
  failureCount: z.int().min(0),
  /** `null` while it runs, or when it was interrupted. */
  outcome: outcomeSchema.nullable(),
});
export type JobState = z.infer<typeof jobStateSchema>;

const namePattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;

/** The folder of a job below `root`. Throws `ServiceRejected` for a name that no execution has. */
export function jobFolder(root: string, name: string): string {
  if (namePattern.test(name)) return join(root, name);
  throw new ServiceRejected('UPSTREAM', `${JSON.stringify(name)} cannot name a transcription job.`);
}

export async function readJobState(root: string, name: string): Promise<JobState | null> {
  const path = join(jobFolder(root, name), 'job.json');
  try {
    return jobStateSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw new InternalError(`The state of transcription job ${name} cannot be read.`, { cause: error });
  }
}

export async function writeJobState(root: string, state: JobState): Promise<void> {
  const folder = jobFolder(root, state.name);
  await makePrivateFolder(folder);
  await replaceText(join(folder, 'job.json'), JSON.stringify(state));
}

/** The error that a remembered failure stands for. */
export function errorOf({ name, code, message }: JobFailure): Error {
  if (name === 'TemporaryFailure') return new TemporaryFailure(code, message);
  if (name === 'ServiceRejected') return new ServiceRejected(code, message);
  return new InternalError(message);
}
