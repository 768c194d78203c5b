// What does the page of a run show of an execution?
import { z } from 'zod';
import type { RunState, RunView } from '../api/run-view.ts';
import type { ExecutionEvent, ExecutionRun } from './execution-run.ts';
import { graphOf, type GraphState } from './graph.ts';
import { withoutAccounts, withoutAccountsOrNull } from './without-accounts.ts';
import { visitsOf, type Visit } from './visits.ts';

/** Every try of a task begins so, whichever kind of resource it has. */
const isTry = ({ type }: ExecutionEvent): boolean => /^(?:Task|LambdaFunction|Activity)Scheduled$/.test(type);

/** `TaskFailed`, `LambdaFunctionTimedOut`, `ParallelStateFailed`, `EvaluationFailed`, … */
const isFailure = ({ type }: ExecutionEvent): boolean =>
  /(?:Failed|TimedOut)$/.test(type) && !type.startsWith('Execution');

const isSuccess = ({ type }: ExecutionEvent): boolean => type.endsWith('Succeeded');

const outputSchema = z.object({ commands: z.array(z.array(z.string())) });

/** What a stage says it has run. */
function commandsIn(output: string | null): string[][] {
  if (output === null) return [];
  try {
    const read = outputSchema.safeParse(JSON.parse(output));
    return (read.data?.commands ?? []).map((command) => command.map(withoutAccounts));
  } catch {
    return [];
  }
}

/** The failure that a visit ended with; one that was tried again and succeeded is none. */
function failureOf({ events }: Visit): ExecutionEvent | null {
  const last = events.findLast((event) => isFailure(event) || isSuccess(event));
  return last && isFailure(last) ? last : null;
}

/** The visits of each state, in their order. */
type Visits = ReadonlyMap<string, readonly Visit[]>;

/** What a state contains ends with it, be it left or not. */
function isOver({ parent }: GraphState, visits: Visits): boolean {
  const around = parent === null ? undefined : visits.get(parent)?.at(-1);
  return around !== undefined && (around.exited !== null || failureOf(around) !== null);
}

function statusOf(visit: Visit, known: GraphState, run: ExecutionRun, visits: Visits): RunState['status'] {
  if (visit.exited) return failureOf(visit) ? 'CAUGHT' : 'SUCCEEDED';
  // A Fail is never left: to be reached is to fail.
  if (known.type === 'Fail') return 'FAILED';
  if (run.summary.status === 'RUNNING' && !isOver(known, visits)) return 'RUNNING';
  return failureOf(visit) ? 'FAILED' : 'ABORTED';
}

const untouched = {
  status: 'NOT_REACHED',
  entries: 0,
  attempts: 0,
  enteredAt: null,
  exitedAt: null,
  input: null,
  output: null,
  error: null,
  cause: null,
  commands: [],
} as const satisfies Partial<RunState>;

const errorOutputSchema = z.object({ Error: z.string(), Cause: z.string().nullable().default(null) });

/** What a Catch hands on, if a text is that. */
function errorIn(text: string | null | undefined): Pick<RunState, 'error' | 'cause'> | null {
  try {
    const { Error: error, Cause: cause } = errorOutputSchema.parse(JSON.parse(text ?? ''));
    return { error, cause };
  } catch {
    return null;
  }
}

/** A Fail, and a Parallel that failed, have no event that says why: what a Catch handed on does. */
function reasonOf(visit: Visit, { type }: GraphState, run: ExecutionRun): Pick<RunState, 'error' | 'cause'> {
  const failure = failureOf(visit);
  if (failure && failure.error !== null) return { error: failure.error, cause: failure.cause };
  if (failure) return errorIn(visit.exited?.output) ?? { error: null, cause: null };
  if (type !== 'Fail') return { error: null, cause: null };
  return errorIn(visit.entered.input) ?? { error: run.summary.error, cause: run.summary.cause };
}

function stateOf(known: GraphState, run: ExecutionRun, all: Visits): RunState {
  const visits = all.get(known.name) ?? [];
  const last = visits.at(-1);
  if (!last) return { ...known, ...untouched, commands: [] };
  const { error, cause } = reasonOf(last, known, run);
  const result = last.events.findLast(isSuccess)?.output ?? last.exited?.output ?? null;
  return {
    ...known,
    status: statusOf(last, known, run, all),
    entries: visits.length,
    attempts: visits.flatMap(({ events }) => events.filter(isTry)).length,
    enteredAt: last.entered.timestamp,
    exitedAt: last.exited?.timestamp ?? null,
    input: withoutAccountsOrNull(last.entered.input),
    output: withoutAccountsOrNull(last.exited?.output ?? null),
    error: withoutAccountsOrNull(error),
    cause: withoutAccountsOrNull(cause),
    commands: commandsIn(result),
  };
}

/** The machine as a graph with what happened in each state; nothing in it names an account or a resource of it. */
export function runView(run: ExecutionRun): RunView {
  const { startAt, states, transitions } = graphOf(run.definition);
  const visits = Map.groupBy(visitsOf(run.events), ({ state }) => state);
  const { name, status, startedAt, stoppedAt, error, cause } = run.summary;
  return {
    executionName: name,
    status,
    startedAt,
    stoppedAt,
    error: withoutAccountsOrNull(error),
    cause: withoutAccountsOrNull(cause),
    startAt,
    states: states.map((state) => stateOf(state, run, visits)),
    transitions: [...transitions],
  };
}
