// Which handler runs a stage on this machine? The same ones that Lambda runs.
import { closeRecord } from '../handlers/interview/close-record.ts';
import { convertVideo } from '../handlers/interview/convert-video.ts';
import { createUpload } from '../handlers/interview/create-upload.ts';
import { expireRecords } from '../handlers/interview/expire-records.ts';
import { finalizeRecord } from '../handlers/interview/finalize-record.ts';
import { keepPreferences } from '../handlers/interview/keep-preferences.ts';
import { measureText } from '../handlers/interview/measure-text.ts';
import { probeRecording } from '../handlers/interview/probe-recording.ts';
import { readHealth } from '../handlers/interview/read-health.ts';
import { readRecords } from '../handlers/interview/read-records.ts';
import { readTranscription } from '../handlers/interview/read-transcription.ts';
import { removeRecords } from '../handlers/interview/remove-records.ts';
import { startAnalysis } from '../handlers/interview/start-analysis.ts';
import { startTranscription } from '../handlers/interview/start-transcription.ts';
import { invokeHandler, type HandlerContext } from '../handlers/support/handler.ts';
import { InternalError } from '../domain/errors.ts';
import type { Services } from '../services/contracts.ts';
import type { Json } from '../systems/asl.ts';
import { interviewStages } from '../systems/interview/stages.ts';
import type { StageSettings } from '../systems/stage.ts';

export type LocalContext = HandlerContext<keyof Services>;
type Run = (payload: unknown, context: LocalContext) => Promise<unknown>;

/** By the name of the stage; a test holds that none of `systems/` is missing. */
export const handlers: { readonly [stageName: string]: Run } = {
  'start-analysis': (payload, context) => invokeHandler(startAnalysis, payload, context),
  'close-record': (payload, context) => invokeHandler(closeRecord, payload, context),
  'expire-records': (payload, context) => invokeHandler(expireRecords, payload, context),
  'read-health': (payload, context) => invokeHandler(readHealth, payload, context),
  'create-upload': (payload, context) => invokeHandler(createUpload, payload, context),
  'read-records': (payload, context) => invokeHandler(readRecords, payload, context),
  'keep-preferences': (payload, context) => invokeHandler(keepPreferences, payload, context),
  'remove-records': (payload, context) => invokeHandler(removeRecords, payload, context),
  'probe-recording': (payload, context) => invokeHandler(probeRecording, payload, context),
  'convert-video': (payload, context) => invokeHandler(convertVideo, payload, context),
  'start-transcription': (payload, context) => invokeHandler(startTranscription, payload, context),
  'read-transcription': (payload, context) => invokeHandler(readTranscription, payload, context),
  'measure-text': (payload, context) => invokeHandler(measureText, payload, context),
  'finalize-record': (payload, context) => invokeHandler(finalizeRecord, payload, context),
};

const arnPrefix = 'arn:aws:lambda:us-east-1:000000000000:function:';

/** The ARN under which the interpreter calls a stage. */
export const functionArn = (stageName: string): string => `${arnPrefix}${stageName}`;

/** The stage that answers to an ARN, as `systems/` describes it. */
export function stageBehind(arn: string): StageSettings {
  const name = arn.slice(arnPrefix.length);
  const stage = interviewStages.find((one) => one.name === name);
  if (!stage) throw new InternalError(`no stage answers to ${arn}`);
  return stage;
}

/** Runs the stage behind an ARN; the answer is JSON, as it would be after the way through Lambda. */
export async function runStage(arn: string, payload: unknown, context: LocalContext): Promise<Json> {
  const run = handlers[arn.slice(arnPrefix.length)];
  if (!run) throw new InternalError(`no stage answers to ${arn}`);
  return JSON.parse(JSON.stringify((await run(payload, context)) ?? null)) as Json;
}
