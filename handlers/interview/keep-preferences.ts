// What does a user want to be asked, and for how long do they want to be remembered?
import { operations } from '../../domain/api/operations.ts';
import type { ProblemCode } from '../../domain/api/problem.ts';
import type { UserSettings } from '../../domain/api/shapes.ts';
import type { UserId } from '../../domain/ids.ts';
import type { Preferences } from '../../domain/preferences.ts';
import { builtInQuestionSets } from '../../domain/question-sets/built-in.ts';
import { withoutQuestionSet, withQuestionSet, type SetRefusal } from '../../domain/question-sets/own-sets.ts';
import { defineApi, defineRoute } from '../support/api.ts';
import { ApiProblem } from '../support/api-problem.ts';
import type { HandlerContext } from '../support/handler.ts';

type Context = HandlerContext<'preferences' | 'keeping'>;

/** How often a change is tried on what somebody else has just changed. */
const mostTries = 4;

/** Reads, changes and saves; another change in between is not undone, this one is made on top of it. */
async function change(
  userId: UserId,
  { services }: HandlerContext<'preferences'>,
  make: (known: Preferences) => Omit<Preferences, 'revision'>,
): Promise<void> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const known = await services.preferences.read(userId);
    const changed = { ...make(known), revision: known.revision + 1 };
    if (await services.preferences.write(userId, changed)) return;
  }
  throw new ApiProblem('CONFLICT', 'This is being changed elsewhere at the same time; please try again.');
}

const refusals = {
  BUILT_IN: ['CONFLICT', 'A built-in set of questions cannot be changed; copy it instead.'],
  TOO_MANY: ['CONFLICT', 'There is no room for more sets of questions; delete one first.'],
  UNKNOWN: ['NOT_FOUND', null],
} as const satisfies { readonly [Refusal in SetRefusal]: readonly [ProblemCode, string | null] };

function allowed<T extends object>(outcome: T | SetRefusal): T {
  if (typeof outcome === 'object') return outcome;
  const [code, detail] = refusals[outcome];
  throw new ApiProblem(code, detail);
}

/** What was chosen while the system kept things for longer is as long as that lasts now. */
const settingsOf = (
  { retentionDays }: Pick<Preferences, 'retentionDays'>,
  { services }: Context,
): UserSettings => {
  const { longestRetentionDays } = services.keeping;
  const chosen = retentionDays ?? Infinity;
  const kept = Math.min(chosen, longestRetentionDays ?? Infinity);
  return { retentionDays: retentionDays === null ? null : kept, longestRetentionDays };
};

export const keepPreferences = defineApi<'preferences' | 'keeping'>([
  defineRoute(operations.listQuestionSets, async ({ userId }, { services }: Context) => {
    const { questionSets } = await services.preferences.read(userId);
    return { questionSets: [...builtInQuestionSets, ...questionSets] };
  }),
  defineRoute(operations.writeQuestionSet, async ({ userId, parameters, body }, context: Context) => {
    const written = { ...body, ...parameters, origin: 'own' } as const;
    await change(userId, context, (known) => allowed(withQuestionSet(known, written)));
    return written;
  }),
  defineRoute(operations.deleteQuestionSet, async ({ userId, parameters }, context: Context) => {
    await change(userId, context, (known) => allowed(withoutQuestionSet(known, parameters.questionSetId)));
    return null;
  }),
  defineRoute(operations.readSettings, async ({ userId }, context: Context) =>
    settingsOf(await context.services.preferences.read(userId), context),
  ),
  defineRoute(operations.writeSettings, async ({ userId, body }, context: Context) => {
    await change(userId, context, (known) => ({ ...known, ...body }));
    return settingsOf(body, context);
  }),
]);
