// How is a form with one large file read, so that the fields are known before the first byte of it is stored?
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import type { IncomingMessage } from 'node:http';
import { RequestRefused } from './answers.ts';

export interface UploadedForm {
  /** The fields that came before the file. */
  readonly fields: Readonly<{ [name: string]: string }>;
  /** The file as it comes; it fails when the sender breaks off. */
  readonly file: BusboyFileStream;
}

const limits = { fields: 16, fieldNameSize: 100, fieldSize: 8192, files: 1, parts: 17, headerPairs: 20 };

/** The form field that S3 takes the file from; whatever follows it is no part of the upload. */
const fileField = 'file';

const malformed = (detail: string): RequestRefused => new RequestRefused('INVALID_REQUEST', detail);

function parserFor(request: IncomingMessage): BusboyInstance {
  const contentType = request.headers['content-type'] ?? '';
  if (!/^multipart\/form-data\s*(?:;|$)/i.test(contentType))
    throw new RequestRefused('UNSUPPORTED_MEDIA_TYPE', 'The body must be multipart/form-data.');
  try {
    // Whatever is called `file` is one, also when the browser gives no file name.
    const isPartAFile = (name: string | undefined): boolean => name === fileField;
    return new Busboy({ headers: { ...request.headers, 'content-type': contentType }, limits, isPartAFile });
  } catch (error) {
    throw new RequestRefused('INVALID_REQUEST', `The form cannot be read: ${String(error)}`);
  }
}

/**
 * Reads the form up to its file. The request is read no faster than the file is.
 * @throws RequestRefused for what is no such form
 */
export async function readUploadForm(request: IncomingMessage): Promise<UploadedForm> {
  const parser = parserFor(request);
  const fields = new Map<string, string>();
  const found = Promise.withResolvers<BusboyFileStream>();
  let file: BusboyFileStream | null = null;
  const fail = (error: Error): void => {
    found.reject(error);
    file?.destroy(error);
    request.unpipe(parser);
  };
  parser.on('field', (name, value, isNameCut, isValueCut) => {
    if (isNameCut || isValueCut) fail(malformed('A field of the form is too long.'));
    else if (fields.has(name)) fail(malformed('A field of the form is there twice.'));
    else if (file === null) fields.set(name, value);
  });
  parser.on('file', (_name, stream) => {
    file = stream;
    // An error that nobody listens for would end the process.
    stream.on('error', () => undefined);
    found.resolve(stream);
  });
  const tooMany = (): void => fail(malformed('The form has too many parts.'));
  parser.on('partsLimit', tooMany).on('filesLimit', tooMany).on('fieldsLimit', tooMany);
  parser.once('error', () => fail(malformed('The form is malformed or was cut off.')));
  parser.once('finish', () => {
    if (file === null) fail(malformed('The form has no file.'));
  });
  request.once('close', () => {
    if (!request.complete) fail(malformed('The upload was broken off.'));
  });
  request.pipe(parser);
  return { file: await found.promise, fields: Object.fromEntries(fields) };
}
