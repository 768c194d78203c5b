// Which figure follows from the things that a service saw in the picture?
import type { Figure } from './figure.ts';
import { knownFigure, missingFigure } from './figures.ts';
import type { Measurements } from './measurements.ts';
import type { SeenLabels } from './picture-labels.ts';
import type { Problem } from './report.ts';
import { noPicture } from './video-metrics.ts';

const notLookedFor =
  'objects are not looked for: the detector that comes with the face models has no licence, and no service is configured';

/** The number of kinds, with every time that a thing was to be seen; `null` with the reason when nobody looked. */
export function labelsFigure(
  { picture, pictureReason }: Pick<Measurements, 'picture' | 'pictureReason'>,
  seen: SeenLabels | null,
  problem: Problem | null,
): { readonly objects: Figure } {
  if (!seen) {
    const reason = picture ? (problem?.message ?? notLookedFor) : (pictureReason ?? noPicture);
    return { objects: missingFigure('objects', 'vision', reason) };
  }
  const evidence = seen.things.flatMap(({ name, spans }) => spans.map((span) => ({ ...span, text: name })));
  return { objects: knownFigure('objects', seen.things.length, `model:${seen.provider}`, evidence) };
}
