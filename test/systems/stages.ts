// Which stages do the machines of these tests run?
import { defineStage } from '../../systems/stage.ts';

export interface Input {
  readonly key: string;
  readonly question?: string;
  readonly parts: readonly { readonly name: string; readonly sizeBytes: number }[];
}
export interface Recording {
  readonly key: string;
  readonly durationSeconds: number;
  readonly video: { readonly width: number; readonly height: number } | null;
}
type Job = { readonly status: 'DONE'; readonly words: number } | { readonly status: 'RUNNING' };

const room = {
  image: 'plain',
  memoryMiB: 128,
  timeoutSeconds: 3,
  ephemeralStorageMiB: 512,
  reservedConcurrency: null,
  grants: [],
} as const;
const settings = (name: string) => ({ ...room, name, handler: `handlers/test/${name}.ts` });

export const probe = defineStage<{ key: string; hint?: string }, { recording: Recording }>()(
  settings('probe'),
);
export const convert = defineStage<{ recording: Recording; widthPixels: number }, { playbackKey: string }>()(
  settings('convert'),
);
export const poll = defineStage<{ attempt: number }, Job>()(settings('poll'));
export const measure = defineStage<{ name: string; index: number }, { rate: number }>()(settings('measure'));
export const finish = defineStage<
  { playbackKey: string | null; rates: readonly number[] | null; failure: string | null },
  { status: 'SUCCEEDED' | 'FAILED' }
>()(settings('finish'));
