// What do handlers need from the outside? Narrow interfaces, implemented for AWS and for this machine.
import type { Assessment } from '../domain/assessment.ts';
import type { Figure } from '../domain/figure.ts';
import type { FormulaName } from '../domain/formulas.ts';
import type { ExecutionRun } from '../domain/run/execution-run.ts';
import type { Preferences } from '../domain/preferences.ts';
import type { Record, RecordStatus, RecordSummary } from '../domain/record.ts';
import type { RecordId, UserId } from '../domain/ids.ts';
import type { UploadContentType } from '../domain/upload-format.ts';
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
  /** What lists show of the report; default `null`, for there is none. */
  readonly summary?: RecordSummary | null;
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

/** Where in a list of records a page ends. */
export interface RecordPosition {
  readonly createdAt: string;
  readonly recordId: RecordId;
}

/** Records by whom they belong to, and their end. */
export interface RecordCatalogue {
  /** The newest first (by `createdAt`, then by id), after a position; at most `limit`. */
  list(
    userId: UserId,
    page: { readonly limit: number; readonly after: RecordPosition | null },
  ): Promise<readonly Record[]>;
  /** Records of anybody whose `keepUntil` has come, at most `limit`. Reads the whole table. */
  due(now: Date, limit: number): Promise<readonly Record[]>;
  /** `false` when there was none of this user's; the row is gone either way. */
  remove(recordId: RecordId, userId: UserId): Promise<boolean>;
}

/** A form that a browser sends one file with: exactly this key, type and size. */
export interface SignedUpload {
  readonly url: string;
  readonly fields: Readonly<{ [name: string]: string }>;
  readonly expiresAt: Date;
}

/** Addresses that let a browser send or fetch one object without any other right. */
export interface Links {
  /** Good for 300 s. */
  upload(object: {
    readonly key: string;
    readonly contentType: UploadContentType;
    readonly sizeBytes: number;
  }): Promise<SignedUpload>;
  /** Good for as long as said; served as this content type, to be shown and not saved unless `fileName` is given. */
  download(object: {
    readonly key: string;
    readonly contentType: string;
    readonly expiresAt: Date;
    readonly fileName?: string;
  }): Promise<string>;
}

/** Objects that go for good, with every version of theirs. */
export interface ObjectEraser {
  /** Everything whose key starts so. A second time there is nothing to erase, which is no error. */
  erase(prefix: string): Promise<{ readonly objects: number; readonly versions: number }>;
}

/** Executions as their owner may see and stop them. */
export interface ExecutionRuns {
  /** `null` when there is none of that name, or no longer. */
  read(name: string): Promise<ExecutionRun | null>;
  /** Resolves when the stop is asked for, or on this machine done; `false` when it was not running. */
  stop(name: string): Promise<boolean>;
}

/** Transcription jobs that a service keeps. */
export interface TranscriptionJobs {
  /** `false` when there is none of that name. */
  remove(jobName: string): Promise<boolean>;
}

/** What is remembered of a user beside their records. */
export interface PreferenceTable {
  /** `noPreferences` for somebody who never saved any. */
  read(userId: UserId): Promise<Preferences>;
  /** Saves what has the revision after the one that was read; `false` when somebody else was faster. */
  write(userId: UserId, preferences: Preferences): Promise<boolean>;
  /** `false` when there was nothing. */
  remove(userId: UserId): Promise<boolean>;
}

/** Who is it that asks? */
export interface Identity {
  /**
   * The user behind an `Authorization` header, or `null` for anything but a valid token of ours: signature, issuer,
   * audience and end of its time are checked.
   */
  userOf(authorization: string | null): Promise<UserId | null>;
}

/** Accounts to sign in with. */
export interface Accounts {
  /** `false` when there is none to remove, as on this machine. */
  remove(userId: UserId): Promise<boolean>;
}

/** Texts that only we can read and nobody can change, bound to a user and an operation. */
export interface Sealer {
  /** Safe in an address. */
  seal(text: string, bound: { readonly userId: UserId; readonly operation: string }): Promise<string>;
  /** `null` for whatever was not sealed by us for this user and operation. */
  open(
    sealed: string,
    bound: { readonly userId: UserId; readonly operation: string },
  ): Promise<string | null>;
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
  readonly catalogue: RecordCatalogue;
  readonly links: Links;
  readonly eraser: ObjectEraser;
  readonly runs: ExecutionRuns;
  readonly transcriptionJobs: TranscriptionJobs;
  readonly preferences: PreferenceTable;
  readonly identity: Identity;
  readonly accounts: Accounts;
  readonly sealer: Sealer;
  /** Settings of the host that handlers need; days the system keeps a record at most, `null` for no end. */
  readonly keeping: { readonly longestRetentionDays: number | null };
}
