// Which things are in the picture? Asked of a service frame by frame; the analysis goes on without it.
import { codeOf } from '../../domain/errors.ts';
import { derivedKey } from '../../domain/ids.ts';
import { joinLabels, type LabelledFrame } from '../../domain/picture-labels.ts';
import type { Owner, StageIo } from '../../domain/stage-io.ts';
import type { PictureLabels } from '../../services/contracts.ts';
import { withDeadline, type Deadline } from '../../media/deadline.ts';
import type { PassResult } from '../../media/pass.ts';
import { sampleFrames, secondsPerFrame } from '../../media/pictures/sample-frames.ts';
import type { SampledFrame } from '../../media/pictures/sample-frames.ts';
import type { HandlerContext } from './handler.ts';

/** Sixty frames, four at a time and a second each, take 15 s; the rest is for a service that is busy. */
const mostSeconds = 120;
/** Enough for the time limit, far below what the service allows an account (5 to 50 calls a second, by region). */
const atOnce = 4;

type Labels = StageIo['convert']['out']['labels'];

/** Labels every frame; the first failure ends the others. */
async function labelAll(
  frames: readonly SampledFrame[],
  service: PictureLabels,
  signal: AbortSignal,
): Promise<{ provider: string; frames: LabelledFrame[] }> {
  const waiting = frames.values();
  const labelled: LabelledFrame[] = [];
  const stop = new AbortController();
  const shared = AbortSignal.any([signal, stop.signal]);
  let provider = '';
  const work = async (): Promise<void> => {
    for (const { atSeconds, jpeg } of waiting) {
      const found = await service.label(jpeg, shared);
      ({ provider } = found);
      labelled.push({ atSeconds, labels: found.labels });
    }
  };
  const workers = Array.from({ length: atOnce }, () => work().catch((error: unknown) => stop.abort(error)));
  await Promise.all(workers);
  // What came first: the end of the time, or the first failure.
  shared.throwIfAborted();
  return { provider, frames: labelled.toSorted((a, b) => a.atSeconds - b.atSeconds) };
}

interface Labelling {
  readonly pass: PassResult;
  readonly folder: string;
  readonly owner: Owner;
  readonly context: HandlerContext<'objects' | 'pictureLabels'>;
  readonly deadline: Deadline;
}

/**
 * Stores which things were seen when, if somebody is to look for them. Whatever goes wrong is a problem of the report
 * and never the end of the analysis; only the caller's own abort is thrown.
 */
export async function labelPictures({ pass, folder, owner, context, deadline }: Labelling): Promise<Labels> {
  const { services, media, log } = context;
  const { pictureLabels } = services;
  if (!pictureLabels || !pass.storyboard) return { found: false, problem: null };
  const { playback } = pass;
  const limit = { signal: deadline.signal, seconds: Math.min(mostSeconds, deadline.secondsLeft()) };
  try {
    return await withDeadline(limit, async ({ signal, secondsLeft }) => {
      const shared = { playback, folder, tools: media.tools, signal };
      const frames = await sampleFrames({ ...shared, timeoutSeconds: secondsLeft() });
      const labelled = await labelAll(frames, pictureLabels, signal);
      const { durationSeconds } = playback;
      const rate = { secondsPerFrame: secondsPerFrame(durationSeconds), durationSeconds };
      await services.objects.writeJson(derivedKey(owner, 'labels'), joinLabels({ ...labelled, ...rate }));
      return { found: true, problem: null };
    });
  } catch (error) {
    context.signal.throwIfAborted();
    log('pictures not labelled', { code: codeOf(error), message: String(error) });
    const message = 'The service that names the things in the picture failed.';
    return { found: false, problem: { code: codeOf(error), message } };
  }
}
