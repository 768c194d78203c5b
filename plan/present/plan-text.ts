// What does `./greenroom plan` print?
import type { Change } from '../compare/changes.ts';
import { hasReplacementRules } from '../compare/replacements.ts';
import type { PlannedStack } from '../plan-stack.ts';
import { changesText, type Paint } from './changes-text.ts';

export interface PlanReport {
  readonly planned: PlannedStack;
  readonly changes: readonly Change[];
  /** File that it was compared with; `null` if there is none yet. */
  readonly comparedWith: string | null;
  /** The cost section, ready to print. */
  readonly costs: string;
}

const outputsText = ({ outputs }: PlannedStack): string => {
  const names = Object.keys(outputs);
  const width = Math.max(0, ...names.map((name) => name.length));
  return names
    .map((name) => {
      const value = outputs[name];
      return `  ${name.padEnd(width)}  ${typeof value === 'string' ? value : JSON.stringify(value)}`;
    })
    .join('\n');
};

/** What a reader must not take from this plan. */
function limitsText(planned: PlannedStack): string {
  const unknownKinds = [
    ...new Set([
      ...planned.unmodelled,
      ...planned.registrations
        .filter(({ custom, type }) => custom && type.startsWith('aws:') && !hasReplacementRules(type))
        .map(({ type }) => type),
    ]),
  ].toSorted();
  const limits = [
    'It is not made by Pulumi: a small engine of Greenroom runs the program and a model of AWS answers.',
    'It compares with a file, not with the account: what was changed by hand or never deployed is not seen.',
    'Ids, ARNs and random parts of names are made up (account 123456789012).',
    'Whether AWS accepts a value, a quota or a name is not checked, nor are changes of secrets.',
    ...(unknownKinds.length === 0
      ? []
      : [`Nothing is known of what replaces these kinds: ${unknownKinds.join(', ')}.`]),
  ];
  return limits.map((limit) => `  ${limit}`).join('\n');
}

/** The whole text, with a line break at its end. */
export function planText({ planned, changes, comparedWith, costs }: PlanReport, paint: Paint): string {
  const against = comparedWith === null ? 'nothing is committed yet' : `compared with ${comparedWith}`;
  const warnings = planned.log
    .filter(({ severity }) => severity === 'warning')
    .map(({ message }) => paint('yellow', `warning: ${message.trim()}`));
  return [
    paint('bold', `Offline plan of stack ${planned.stack} (${against})`),
    '',
    ...warnings,
    changesText(changes, paint),
    '',
    paint('bold', 'Outputs'),
    outputsText(planned),
    '',
    costs,
    '',
    paint('bold', 'What this plan cannot know'),
    limitsText(planned),
    '',
  ].join('\n');
}
