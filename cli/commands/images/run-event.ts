// What is a stage called with when it shall work on a recording of this machine?
import { z } from 'zod';
import { newRecordId, uploadKey, userIdSchema } from '../../../domain/ids.ts';
import type { Owner } from '../../../domain/stage-io.ts';
import { createObjectStore } from '../../../services/local/objects.ts';
import { WrongUsage } from '../../../local/wrong-usage.ts';

/** An upload in a store, and whose it is. */
export interface StoredRecording {
  readonly owner: Owner;
  readonly objectKey: string;
}

/** Puts the file into the store's `objects`, as an upload of somebody. */
export async function storeRecording(objectsFolder: string, file: string): Promise<StoredRecording> {
  const userId = userIdSchema.parse('local');
  const recordId = newRecordId();
  const objectKey = uploadKey(userId, recordId, file.endsWith('.mp4') ? 'mp4' : 'webm');
  await createObjectStore(objectsFolder).upload(
    objectKey,
    file,
    'application/octet-stream',
    new AbortController().signal,
  );
  return { owner: { userId, recordId, executionName: 'images-run' }, objectKey };
}

const probedSchema = z.looseObject({ recording: z.unknown() });

/** Stages that can work on a recording alone; every other one needs its event. */
export const eventMakers: {
  readonly [stage: string]: {
    /** Stages that run before, in this order; each answer is handed to `event`. */
    readonly needs: readonly string[];
    readonly event: (stored: StoredRecording, answers: readonly unknown[]) => unknown;
  };
} = {
  'probe-recording': { needs: [], event: ({ objectKey }) => ({ objectKey, sha256: null }) },
  'convert-video': {
    needs: ['probe-recording'],
    event: ({ owner, objectKey }, [probed]) => ({
      owner,
      objectKey,
      recording: probedSchema.parse(probed).recording,
    }),
  },
};

/** @throws WrongUsage for a stage that does not work on recordings */
export function eventMakerOf(stage: string) {
  const maker = eventMakers[stage];
  if (!maker)
    throw new WrongUsage(
      `${stage} does not work on a recording (${Object.keys(eventMakers).join(', ')} do); give it an --event.`,
    );
  return maker;
}
