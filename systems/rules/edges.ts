// Which ways lead out of a state, and what is assigned on each?
import type { State } from '../asl.ts';
import type { ScopePlace } from './finding.ts';

/** One way out of a state: by Next or Default (`exit`), a rule of a Choice, or a row of a Catch. */
export interface Way {
  readonly from: string;
  readonly to: string;
  /** Where in the state: `Next`, `Choices[0].Next`. */
  readonly at: string;
  /** Names of the variables that are assigned on it. */
  readonly assigns: readonly string[];
}

interface Assigning {
  readonly Assign?: { readonly [variable: string]: unknown };
}
export const namesAssigned = ({ Assign }: Assigning): readonly string[] => Object.keys(Assign ?? {});

/** The ways out of a state, in the order in which they stand there. */
export function waysOut(from: string, state: State): readonly Way[] {
  if (state.Type === 'Fail' || state.Type === 'Succeed') return [];
  const assigns = namesAssigned(state);
  if (state.Type === 'Choice') {
    const rules = state.Choices.map((rule, index) => ({
      from,
      to: rule.Next,
      at: `Choices[${index}].Next`,
      assigns: namesAssigned(rule),
    }));
    return state.Default === undefined
      ? rules
      : [...rules, { from, to: state.Default, at: 'Default', assigns }];
  }
  const next = state.Next === undefined ? [] : [{ from, to: state.Next, at: 'Next', assigns }];
  if (!('Catch' in state)) return next;
  const caught = (state.Catch ?? []).map((row, index) => ({
    from,
    to: row.Next,
    at: `Catch[${index}].Next`,
    assigns: namesAssigned(row),
  }));
  return [...next, ...caught];
}

export const waysIn = (place: ScopePlace): readonly Way[] =>
  Object.entries(place.scope.States).flatMap(([name, state]) => waysOut(name, state));

/** The states that can be reached from these, themselves included. */
export function reachable(starts: readonly string[], ways: readonly Way[]): ReadonlySet<string> {
  const seen = new Set(starts);
  for (const name of seen) {
    for (const way of ways) if (way.from === name) seen.add(way.to);
  }
  return seen;
}

/** Everything that a scope assigns anywhere outside its inner scopes. */
export const assignedIn = (place: ScopePlace): ReadonlySet<string> =>
  new Set([
    ...waysIn(place).flatMap(({ assigns }) => assigns),
    ...Object.values(place.scope.States).flatMap((state) =>
      state.Type === 'Fail' ? [] : namesAssigned(state),
    ),
  ]);
