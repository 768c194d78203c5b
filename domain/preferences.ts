// What does Greenroom remember of a user beside their records? Their own questions, and how long they want to be kept.
import { z } from 'zod';
import { mostOwnSets, questionSetSchema } from './question-sets.ts';

export const preferencesSchema = z.object({
  /** Raised by one with each change; two changes at once are thereby noticed. 0: nothing was ever saved. */
  revision: z.int().nonnegative(),
  questionSets: z.array(questionSetSchema).max(mostOwnSets),
  /** Days after which a new record is deleted with everything that belongs to it; `null`: as long as the system keeps it. */
  retentionDays: z.int().min(1).max(3650).nullable(),
});
export type Preferences = z.infer<typeof preferencesSchema>;

export const noPreferences: Preferences = { revision: 0, questionSets: [], retentionDays: null };
