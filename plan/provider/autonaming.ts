// What is a resource called in the cloud when the program does not say?
import { PlanFailed } from '../plan-failed.ts';
import { pseudoRandom, pseudoUuid, type Alphabet } from './pseudo-random.ts';

export interface NamingContext {
  readonly project: string;
  readonly stack: string;
  /** `pulumi:autonaming` of the configuration, as JSON; `undefined` is Pulumi's default. */
  readonly autonaming: string | undefined;
}

/** Pulumi's default: the logical name, a hyphen and seven hexadecimal digits. */
const defaultPattern = '${name}-${hex(7)}';

function patternOf(autonaming: string | undefined): string {
  if (autonaming === undefined) return defaultPattern;
  const settings = JSON.parse(autonaming) as { pattern?: string; mode?: string };
  if (settings.pattern !== undefined) return settings.pattern;
  if (settings.mode === 'verbatim') return '${name}';
  if (settings.mode === undefined || settings.mode === 'default') return defaultPattern;
  throw new PlanFailed(`the offline plan does not know the autonaming mode ${settings.mode}`);
}

/**
 * The physical name: the pattern of pulumi:autonaming with a random part that depends on the URN alone.
 * @throws PlanFailed when it is longer than AWS takes, as the AWS provider does.
 */
export function autoname(
  context: NamingContext,
  resource: { readonly urn: string; readonly name: string },
  maxLength: number,
): string {
  const words: { readonly [word: string]: string } = {
    name: resource.name,
    project: context.project,
    stack: context.stack,
    organization: 'organization',
    uuid: pseudoUuid(resource.urn),
  };
  const name = patternOf(context.autonaming).replaceAll(
    /\$\{(?<word>[a-z]+)(?:\((?<length>\d+)\))?\}/gu,
    (_, word: string, length: string | undefined) =>
      length === undefined
        ? (words[word] ?? '')
        : pseudoRandom(resource.urn, word as Alphabet, Number(length)),
  );
  if (name.length > maxLength)
    throw new PlanFailed(
      `${name} has ${String(name.length)} characters; AWS takes ${String(maxLength)} for it`,
    );
  return name;
}
