// What do the handlers make of a recording on this machine? Every other host must come to the same.
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  derivedKey,
  derivedNames,
  newRecordId,
  uploadKey,
  userIdSchema,
  type DerivedName,
} from '../../../domain/ids.ts';
import type { Owner, StageIo } from '../../../domain/stage-io.ts';
import { convertVideo } from '../../../handlers/interview/convert-video.ts';
import { probeRecording } from '../../../handlers/interview/probe-recording.ts';
import { invokeHandler, type HandlerContext } from '../../../handlers/support/handler.ts';
import type { MediaTools } from '../../../media/tools.ts';
import { openVision } from '../../../media/vision/open-vision.ts';
import type { ObjectStore } from '../../../services/contracts.ts';
import { createObjectStore } from '../../../services/local/objects.ts';

const userId = userIdSchema.parse('somebody');
const { signal } = new AbortController();

/** Puts the file into the folder's objects, whose owner differs only by the record's id. */
export async function storeUpload(store: string, file: string) {
  const objects = createObjectStore(join(store, 'objects'));
  const owner: Owner = { userId, recordId: newRecordId(), executionName: 'compared' };
  const objectKey = uploadKey(userId, owner.recordId, 'webm');
  await objects.upload(objectKey, file, 'video/webm', signal);
  return { objects, owner, objectKey };
}

const compared = ['playback', 'speech', 'poster', 'posterWebp', 'storyboard', 'storyboardVtt'] as const;

/** What is stored of an analysis: the measurements field by field, and the hashes of the files. */
export async function storedResults(objects: ObjectStore, owner: Owner, folder: string) {
  await mkdir(folder, { recursive: true });
  const hashOf = async (name: DerivedName): Promise<string> => {
    const path = join(folder, derivedNames[name]);
    await objects.download(derivedKey(owner, name), path, signal);
    return createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
  };
  const hashes = await Promise.all(compared.map(async (name) => [name, await hashOf(name)] as const));
  return {
    measurements: await objects.readJson(derivedKey(owner, 'measurements')),
    hashes: Object.fromEntries(hashes),
  };
}

/** Probes and converts with the handlers in this very process. */
export async function convertHere(store: string, file: string, tools: MediaTools) {
  const { objects, owner, objectKey } = await storeUpload(store, file);
  const scratchFolder = join(store, 'scratch');
  await mkdir(scratchFolder, { recursive: true });
  const context: HandlerContext<'objects' | 'pictureLabels'> = {
    services: { objects, pictureLabels: null },
    media: { tools, openVision },
    log: () => undefined,
    signal,
    scratchFolder,
    onProgress: () => undefined,
    timeoutSeconds: 800,
  };
  const probed = await invokeHandler(probeRecording, { objectKey, sha256: null }, context);
  const input = { owner, objectKey, recording: probed.recording };
  const converted: StageIo['convert']['out'] = await invokeHandler(convertVideo, input, context);
  return { probed, converted, ...(await storedResults(objects, owner, join(store, 'files'))) };
}
