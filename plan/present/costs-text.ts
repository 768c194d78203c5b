// How are the costs of a stack told to a person?
import { assumptions } from '../cost/assumptions.ts';
import { totalUsd, type CostModel } from '../cost/cost.ts';
import type { CostLine } from '../cost/line.ts';
import type { Paint } from './changes-text.ts';

/** Lines of less than a hundredth of the whole are told as one. */
const smallestShare = 0.01;

function section(lines: readonly CostLine[], digits: number): string {
  const total = totalUsd(lines);
  const large = lines.filter(({ usd }) => usd >= total * smallestShare);
  const rest = lines.filter((line) => !large.includes(line));
  const rows: readonly (readonly [string, number])[] = [
    ...large.toSorted((a, b) => b.usd - a.usd).map(({ what, usd }) => [what, usd] as const),
    ...(rest.length === 0 ? [] : [[`${String(rest.length)} smaller lines`, totalUsd(rest)] as const]),
    ['together', total],
  ];
  return rows.map(([what, usd]) => `  ${what.padEnd(28)} ${usd.toFixed(digits).padStart(9)}`).join('\n');
}

/** Both tables in USD. */
export const costsText = ({ monthly, perMinute }: CostModel, paint: Paint): string =>
  [
    paint('bold', 'Modelled cost in USD (us-east-1, without free tiers and taxes; plan/cost/)'),
    '  a month without any use',
    section(monthly, 2),
    `  a minute of video, in recordings of ${String(assumptions.recordingMinutes.value)} minutes, without Bedrock`,
    section(perMinute, 5),
  ].join('\n');
