// How does a recording come in? By a form that this host has signed, straight into the store, whole or not at all.
import { statfs } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { codeOf, ServiceRejected } from '../../domain/errors.ts';
import { parseUploadKey } from '../../domain/ids.ts';
import { isTerminal, type Record } from '../../domain/record.ts';
import { untilAborted } from '../../handlers/support/until-aborted.ts';
import type { ObjectEraser, RecordTable } from '../../services/contracts.ts';
import type { CheckedUpload, LocalLinks, UploadRefusal } from '../../services/local/links.ts';
import type { LocalObjectStore } from '../../services/local/objects.ts';
import { RequestRefused } from './answers.ts';
import { readUploadForm, type UploadedForm } from './upload-form.ts';

export interface UploadOptions {
  readonly links: LocalLinks;
  readonly objects: LocalObjectStore;
  readonly eraser: ObjectEraser;
  readonly records: Pick<RecordTable, 'read'>;
  /** Where the objects are, to see how much room is left. */
  readonly folder: string;
  /** Told of an upload that is whole. */
  readonly announce: (key: string) => void;
  /** A sender who says nothing for so long has gone; default 60 s. */
  readonly idleMs?: number;
}

const sentences: { readonly [Refusal in UploadRefusal]: string } = {
  FIELDS: 'The form does not have the expected fields.',
  SIGNATURE: 'The form is not one of ours.',
  EXPIRED: 'The form has expired; ask for another one.',
  KEY: 'The form is for another file.',
  CONTENT_TYPE: 'The form is for another type of file.',
};

type Allowed = Extract<CheckedUpload, { refusal: null }>;

/** The fields and boundaries of a form around its file. */
const mostFrameBytes = 64 * 1024;
/** What else must fit on the disk while a recording comes in. */
const roomBytes = 64 * 1024 ** 2;

const diskFull = (): RequestRefused =>
  new RequestRefused('UNAVAILABLE', 'The disk of this computer is full; make room and try again.');

const notExpected = (): RequestRefused =>
  new RequestRefused('CONFLICT', 'The record does not wait for an upload.');

const recordOf = (key: string, { records }: UploadOptions): Promise<Record | null> => {
  const named = parseUploadKey(key);
  return named ? records.read(named.recordId) : Promise.resolve(null);
};

/** Checks what the form says, before anything is asked of the store. */
function allow(request: IncomingMessage, form: UploadedForm, { links }: UploadOptions): Allowed {
  const checked = links.checkUpload(form.fields, new Date());
  if (checked.refusal !== null) throw new RequestRefused('FORBIDDEN', sentences[checked.refusal]);
  const declared = Number(request.headers['content-length'] ?? Number.NaN);
  if (declared > checked.sizeBytes + mostFrameBytes) throw new RequestRefused('TOO_LARGE');
  if (declared < checked.sizeBytes)
    throw new RequestRefused('INVALID_REQUEST', 'The file is not as large as was said.');
  return checked;
}

/** A recording that is whole is about to be analysed, and then nothing may take its place. */
const isStored = async (key: string, { objects }: UploadOptions): Promise<boolean> => {
  try {
    await objects.head(key);
    return true;
  } catch (error) {
    if (error instanceof ServiceRejected) return false;
    throw error;
  }
};

/** Only while the record waits for its recording, and while there is room for it. */
async function requirePlace({ key, sizeBytes }: Allowed, options: UploadOptions): Promise<void> {
  if ((await recordOf(key, options))?.status !== 'UPLOADING') throw notExpected();
  if (await isStored(key, options)) {
    // It still waits: whoever was told of its recording may have failed, and starts nothing twice.
    options.announce(key);
    throw notExpected();
  }
  const { bavail, bsize } = await statfs(options.folder);
  if (bavail * bsize < sizeBytes + roomBytes) throw diskFull();
}

/** What the store refuses, in words for the sender. */
function refusalOf(error: unknown): unknown {
  const code = codeOf(error);
  if (code === 'TOO_LARGE') return new RequestRefused('TOO_LARGE', 'The file is larger than was said.');
  if (code === 'TRUNCATED')
    return new RequestRefused('INVALID_REQUEST', 'The file is not as large as was said.');
  // Whoever deleted the record erased what was coming in.
  if (error instanceof ServiceRejected) return notExpected();
  return code === 'DISK_FULL' ? diskFull() : error;
}

/** One upload of a key at a time: a sender who tries again takes the place of the try that got stuck. */
function createTurns() {
  const underWay = new Map<string, { readonly stop: AbortController; readonly done: Promise<void> }>();
  return (key: string) => {
    const earlier = underWay.get(key);
    earlier?.stop.abort(new RequestRefused('CONFLICT', 'Another upload has taken its place.'));
    const stop = new AbortController();
    const done = Promise.withResolvers<void>();
    const mine = { stop, done: done.promise };
    underWay.set(key, mine);
    return {
      begun: earlier?.done ?? Promise.resolve(),
      signal: stop.signal,
      end: () => {
        if (underWay.get(key) === mine) underWay.delete(key);
        done.resolve();
      },
    };
  };
}

/** Aborts when nothing came for a while, or when the sender is gone. */
function watch(request: IncomingMessage, idleMs: number) {
  const gone = new AbortController();
  const leave = (): void => gone.abort(new RequestRefused('INVALID_REQUEST', 'The upload was broken off.'));
  let timer = setTimeout(leave, idleMs);
  const onData = (): void => {
    clearTimeout(timer);
    timer = setTimeout(leave, idleMs);
  };
  const onClose = (): void => {
    if (!request.complete) leave();
  };
  request.on('data', onData).once('close', onClose);
  return {
    signal: gone.signal,
    end: () => {
      clearTimeout(timer);
      request.off('data', onData).off('close', onClose);
    },
  };
}

/** Stores what is allowed, unless the record goes meanwhile. */
async function store(
  { key, contentType, sizeBytes }: Allowed,
  { file }: UploadedForm,
  options: UploadOptions & { readonly signal: AbortSignal },
): Promise<void> {
  const { objects, eraser, signal } = options;
  await objects.receive(key, { source: () => file, contentType, sizeBytes, signal });
  const record = await recordOf(key, options);
  // Whoever deleted or cancelled it meanwhile does not want its recording to come back.
  if (record && !isTerminal(record.status)) return;
  await eraser.erase(key);
  throw notExpected();
}

/** Takes one request with a form. */
export type ReceiveUpload = (request: IncomingMessage) => Promise<void>;

/**
 * Stores a form's file under the key that was signed, and announces it. What comes after the file is no part of it, as
 * with S3. @throws RequestRefused, before the first byte is stored if the form already says why; whatever ends the
 * upload, nothing of it is left
 */
export function createUploads(options: UploadOptions): ReceiveUpload {
  const takeTurn = createTurns();
  return async (request) => {
    const sender = watch(request, options.idleMs ?? 60_000);
    try {
      const form = await untilAborted(sender.signal, () => readUploadForm(request));
      const allowed = allow(request, form, options);
      const turn = takeTurn(allowed.key);
      try {
        await turn.begun;
        await requirePlace(allowed, options);
        await store(allowed, form, { ...options, signal: AbortSignal.any([sender.signal, turn.signal]) });
      } finally {
        turn.end();
      }
      options.announce(allowed.key);
    } catch (error) {
      throw refusalOf(error);
    } finally {
      sender.end();
    }
  };
}
