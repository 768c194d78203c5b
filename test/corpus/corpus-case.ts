// What is one hostile or odd input, and what may become of it?
import type { ErrorCode } from '../../domain/errors.ts';

export type Status = 'SUCCEEDED' | 'PARTIAL' | 'FAILED';

/** What a case may lead to. Several statuses or codes mean that each of them is honest for this input. */
export interface Expectation {
  readonly status: Status | readonly Status[];
  /** The codes of which one stands among the problems whenever the status is not SUCCEEDED; none named: any but BUG. */
  readonly code?: ErrorCode | readonly ErrorCode[];
  /** True where the command may also call the argument itself wrong (exit 2), because there is no file to read. */
  readonly mayBeUsageError?: boolean;
}

/** What a case may point to: files and a server whose use by the pipeline would be a leak. */
export interface Bait {
  /** A directory of private files: `secret.mp4`, `secret.webm` and their parts, pure magenta, 7 seconds. */
  readonly secretDirectory: string;
  /** The port of a server on 127.0.0.1 that nobody may call. */
  readonly canaryPort: number;
}

export interface CorpusCase {
  /** A fact that continues "analyze handles …". */
  readonly name: string;
  readonly fileName: string;
  /** Writes the input to `file`, whose directory exists and belongs to this case alone. */
  readonly make: (file: string, bait: Bait) => Promise<void>;
  readonly expect: Expectation;
  readonly why: string;
  /** True: traced by strace, and no socket may be opened and no bait read. */
  readonly traced?: true;
  /** True: the command runs in the case's directory and gets the bare file name behind `--`. */
  readonly byBareName?: boolean;
}

export const rejected = (code: ErrorCode | readonly ErrorCode[]): Expectation => ({ status: 'FAILED', code });
export const partial = (code: ErrorCode | readonly ErrorCode[]): Expectation => ({ status: 'PARTIAL', code });
export const succeeds: Expectation = { status: 'SUCCEEDED' };
