// How do canned answers stand in for the work of an execution's tasks?

import type { Json } from '../../systems/asl.ts';
import type { Clock } from './clock.ts';
import type { Invoke, TaskCall } from './execution.ts';
import type { TaskTokens } from './task-tokens.ts';

/** One answer: a result or an error, given at once or after `delaySeconds` on the execution's clock. */
interface CannedAnswer {
  readonly result?: Json;
  readonly error?: string;
  readonly cause?: string;
  readonly delaySeconds?: number;
}

/** The answers for a Task's state name or, when there are none for that, its resource; used in turn. */
export type CannedTasks = { readonly [stateOrResource: string]: readonly CannedAnswer[] };

/** The tasks file does not have the shape of CannedTasks; the message says where. */
export class CannedTasksRejected extends Error {
  override readonly name = 'CannedTasksRejected';
}

class CannedError extends Error {
  constructor(name: string, cause: string | undefined) {
    super(cause ?? '', cause === undefined ? {} : { cause });
    this.name = name;
  }
}

/** Checks what was read from a file. Throws CannedTasksRejected. */
export function checkCannedTasks(value: unknown): CannedTasks {
  if (!isObject(value)) throw new CannedTasksRejected('it is not an object of lists of answers');
  for (const [name, answers] of Object.entries(value)) {
    if (!Array.isArray(answers)) throw new CannedTasksRejected(`'${name}' is not a list of answers`);
    for (const [i, answer] of answers.entries()) checkAnswer(answer, `answer ${i + 1} of '${name}'`);
  }
  return value as unknown as CannedTasks;
}

function checkAnswer(answer: unknown, place: string): void {
  if (!isObject(answer)) throw new CannedTasksRejected(`${place} is not an object`);
  const unknown = Object.keys(answer).find(
    (key) => !['result', 'error', 'cause', 'delaySeconds'].includes(key),
  );
  if (unknown !== undefined) throw new CannedTasksRejected(`${place} has the unknown field '${unknown}'`);
  if ('result' in answer === 'error' in answer) {
    throw new CannedTasksRejected(`${place} must have either "result" or "error"`);
  }
  for (const field of ['error', 'cause']) {
    if (field in answer && typeof answer[field] !== 'string') {
      throw new CannedTasksRejected(`${place} has a ${field} that is not a string`);
    }
  }
  const delay = answer['delaySeconds'];
  if (delay !== undefined && (typeof delay !== 'number' || delay < 0)) {
    throw new CannedTasksRejected(`${place} has a delaySeconds that is not a number from 0`);
  }
}

/**
 * Answers every task from the lists. A task without answers fails with `CannedAnswerMissing`, one called more often
 * than it has answers with `CannedAnswersUsedUp`; both say so in the cause. For `.waitForTaskToken` the answer comes
 * through the token.
 */
export function cannedInvoke(
  tasks: CannedTasks,
  { clock, tokens }: { readonly clock: Clock; readonly tokens: TaskTokens },
): Invoke {
  const used = new Map<string, number>();
  return async (call) => {
    const key = Object.hasOwn(tasks, call.stateName) ? call.stateName : call.resource;
    const count = (used.get(key) ?? 0) + 1;
    used.set(key, count);
    const answer = answerTo(call, tasks[key], count);
    const delayed = clock.sleepUntil(clock.now() + (answer.delaySeconds ?? 0) * 1000, call.signal);
    const { taskToken } = call;
    if (taskToken !== undefined) {
      void delayed.then(() => give(tokens, taskToken, answer)).catch(() => undefined);
      return {};
    }
    await delayed;
    if (answer.error !== undefined) throw new CannedError(answer.error, answer.cause);
    return answer.result;
  };
}

function answerTo(call: TaskCall, answers: readonly CannedAnswer[] | undefined, count: number): CannedAnswer {
  if (answers === undefined) {
    throw new CannedError(
      'CannedAnswerMissing',
      `The tasks have no answer for the state '${call.stateName}' (resource ${call.resource}).`,
    );
  }
  const answer = answers[count - 1];
  if (answer !== undefined) return answer;
  throw new CannedError(
    'CannedAnswersUsedUp',
    `The state '${call.stateName}' was called ${count} times, but the tasks have only ${answers.length} ` +
      `answer${answers.length === 1 ? '' : 's'} for it.`,
  );
}

function give(tokens: TaskTokens, token: string, { error, cause, result }: CannedAnswer): void {
  if (error === undefined) tokens.sendTaskSuccess(token, result ?? null);
  else tokens.sendTaskFailure(token, { error, ...(cause === undefined ? {} : { cause }) });
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
