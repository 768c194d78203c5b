// What does a measurement of the words give: a value with its evidence, or why there is none?
import type { Evidence } from '../figure.ts';

export type Finding =
  { readonly value: number; readonly evidence: readonly Evidence[] } | { readonly reason: string };
