// How is a case that one ffmpeg command makes written in one row?
import { picture, tone } from './clips.ts';
import type { Expectation } from './corpus-case.ts';

export type Row = readonly [
  name: string,
  fileName: string,
  args: readonly string[],
  why: string,
  expect?: Expectation,
];

/** Picture and tone of the same length. */
export const both = (size: string, seconds = 2): readonly string[] => [
  ...picture(size, seconds),
  ...tone(seconds),
];
