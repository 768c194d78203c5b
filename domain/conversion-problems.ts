// What did a recording lose when it was converted, in words for the candidate?
import type { Recording } from './recording.ts';
import { damaged, type Problem } from './report.ts';

const undecodable: { readonly [Stream in 'picture' | 'sound']: Problem } = {
  picture: { code: 'NO_VIDEO', message: 'The picture of the recording cannot be decoded.' },
  sound: { code: 'NO_AUDIO', message: 'The sound of the recording cannot be decoded.' },
};

/** What the look at the recording has already said is not said twice. */
export function conversionProblems(
  pass: { readonly undecodable: 'picture' | 'sound' | null; readonly losses: readonly string[] },
  { truncated, warnings }: Recording,
): Problem[] {
  const isKnown = truncated || warnings.length > 0;
  return [
    ...(pass.undecodable ? [undecodable[pass.undecodable]] : []),
    ...(pass.losses.length > 0 && !isKnown ? [damaged(pass.losses)] : []),
  ];
}
