// What do handlers need from the outside? Narrow interfaces, implemented for AWS and for this machine.
import type { Assessment } from '../domain/assessment.ts';
import type { Figure } from '../domain/figure.ts';
import type { FormulaName } from '../domain/formulas.ts';
import type { Record, RecordStatus } from '../domain/record.ts';
import type { RecordId } from '../domain/ids.ts';
import type { Problem } from '../domain/report.ts';
import type { Transcript } from '../domain/transcript.ts';

/** One version of a stored object. */
export interface StoredObject {
  readonly key: string;
  readonly sizeBytes: number;
  readonly etag: string;
  readonly versionId: string;
}

/** Files by key. Every write is whole or not at all; a missing key is a `ServiceRejected`. */
export interface ObjectStore {
  head(key: string): Promise<StoredObject>;
  /** Copies the object into a file of the caller's; the file is complete when the promise resolves. */
  download(key: string, path: string, signal: AbortSignal): Promise<void>;
  upload(key: string, path: string, contentType: string, signal: AbortSignal): Promise<void>;
  readJson(key: string): Promise<unknown>;
  writeJson(key: string, value: unknown): Promise<void>;
}

/** The result that an execution may write to its record. */
export interface RecordResult {
  readonly status: Extract<RecordStatus, 'SUCCEEDED' | 'PARTIAL' | 'FAILED'>;
  readonly problems: readonly Problem[];
  readonly reportKey: string | null;
}

/** Records of practice answers. Conditional writes: a late or foreign writer never undoes a terminal state. */
export interface RecordTable {
  /** `true` again for the same record, `false` when the id is taken by another one. */
  create(record: Record): Promise<boolean>;
  read(recordId: RecordId): Promise<Record | null>;
  /** UPLOADING → PROCESSING by this execution; true again for the same execution, `false` for any other. */
  claim(recordId: RecordId, executionName: string): Promise<boolean>;
  /** PROCESSING → terminal by the execution that claimed it; true again for the same result, else `false`. */
  finish(recordId: RecordId, executionName: string, result: RecordResult): Promise<boolean>;
}

/** Starts the state machine. A name that was used before starts nothing and is a success. */
export interface ExecutionStarter {
  start(name: string, input: unknown): Promise<'STARTED' | 'ALREADY_EXISTS'>;
}

export interface TranscriptionJob {
  /** The execution's name: the same job is never made twice. */
  readonly name: string;
  readonly objectKey: string;
  /** BCP 47 tag, or `null` to identify the language. */
  readonly language: string | null;
}

/** `UNAVAILABLE` is an answer, not an error: there is no recogniser, or it found no words. */
export type TranscriptionState =
  | { readonly status: 'IN_PROGRESS' }
  | { readonly status: 'COMPLETED'; readonly transcript: Transcript }
  | { readonly status: 'UNAVAILABLE'; readonly reason: string };

/** Speech to text as a job that is started and then read. */
export interface Transcriber {
  /** Starts the job, or finds it already there. */
  start(job: TranscriptionJob, signal: AbortSignal): Promise<void>;
  read(jobName: string): Promise<TranscriptionState>;
}

/** What an assessor may know: the words are data, never instructions. */
export interface AnswerToAssess {
  readonly question: string | null;
  readonly transcript: Transcript;
  readonly figures: Readonly<Partial<{ [Name in FormulaName]: Figure }>>;
}

/** A language model that judges an answer. Every quote of the result stands in the transcript. */
export interface Assessor {
  assess(answer: AnswerToAssess, signal: AbortSignal): Promise<Assessment>;
}

/** One thing that a picture shows, in the service's own words. */
export interface PictureLabel {
  readonly name: string;
  /** 0–1. */
  readonly confidence: number;
  /** Wider names of the same thing: a laptop is also a computer. */
  readonly parents: readonly string[];
}

/** Names the things in a picture; never people, their faces, moods or ages. */
export interface PictureLabels {
  /** One JPEG of at most 5 MB. `provider` is the service and the version of its model. */
  label(
    jpeg: Uint8Array,
    signal: AbortSignal,
  ): Promise<{ readonly provider: string; readonly labels: readonly PictureLabel[] }>;
}

/** Everything that handlers may ask for; each stage is granted only what it uses. */
export interface Services {
  readonly objects: ObjectStore;
  readonly records: RecordTable;
  readonly executions: ExecutionStarter;
  readonly transcriber: Transcriber;
  /** `null` when no model is configured: then the local rules of `domain/` judge, and say so. */
  readonly assessor: Assessor | null;
  /** `null` when nobody is to look for things in the picture; the report then says so. */
  readonly pictureLabels: PictureLabels | null;
}
