// How does a curve of the time line become an SVG path?
import type { Curve } from './lanes.ts';

/** The viewBox that the paths are made for: time to the right, height upwards. */
export const curveBox = { width: 1000, height: 100 } as const;

/** A line through the points; the loudness is an area down to the foot of the row. */
export function curvePath({ name, points }: Curve, lengthSeconds: number): string {
  const drawn = points.map(
    ({ atSeconds, height }) =>
      `${Math.round((atSeconds / lengthSeconds) * curveBox.width * 10) / 10},${Math.round((1 - height) * curveBox.height * 10) / 10}`,
  );
  const first = drawn[0]?.split(',')[0] ?? '0';
  const last = drawn.at(-1)?.split(',')[0] ?? '0';
  const area = name === 'loudness' ? ` L${last},${curveBox.height} L${first},${curveBox.height} Z` : '';
  return `M${drawn.join(' L')}${area}`;
}
