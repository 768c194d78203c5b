// Which events does a subscription take, in the words of EventBridge?
import type { SubscriptionSpecification } from './system.ts';

/** `Value` is the text of a name or an ARN, or whatever becomes that text during a deployment. */
export interface EventPattern<Value> {
  readonly source: readonly string[];
  readonly 'detail-type': readonly string[];
  readonly detail:
    | {
        readonly bucket: { readonly name: readonly Value[] };
        readonly object: { readonly key: readonly { readonly wildcard: string }[] };
      }
    | { readonly stateMachineArn: readonly Value[]; readonly status: readonly string[] };
}

/** In a wildcard a star and a backslash stand for themselves only after a backslash. */
const literal = (text: string): string => text.replaceAll(/[\\*]/g, String.raw`\$&`);

/**
 * The pattern of a rule, ready for JSON; `null` for a clock, whose rule has a schedule instead. `nameOf` gives what
 * EventBridge calls the source: a bucket's physical name, or a state machine's ARN. Prefix and suffix make one
 * wildcard, because two filters in a list mean "either".
 */
export function eventPatternOf<Value>(
  { source, detailType, from }: SubscriptionSpecification,
  nameOf: (storeOrMachine: string) => Value,
): EventPattern<Value> | null {
  if ('everyHours' in from) return null;
  const detail =
    'bucket' in from
      ? {
          bucket: { name: [nameOf(from.bucket)] },
          object: {
            key: from.keys.map(({ prefix, suffix }) => ({
              wildcard: `${literal(prefix)}*${literal(suffix)}`,
            })),
          },
        }
      : { stateMachineArn: [nameOf(from.machine)], status: from.statuses };
  return { source: [source], 'detail-type': [detailType], detail };
}
