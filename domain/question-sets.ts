// What is asked in a practice session? Sets of questions: built in, or a user's own.
import { z } from 'zod';

/** Languages that the app and the built-in questions come in. */
export const appLanguages = ['en', 'pt'] as const;
export const appLanguageSchema = z.enum(appLanguages);
export type AppLanguage = z.infer<typeof appLanguageSchema>;

const text = (longest: number) => z.string().trim().min(1).max(longest);

/** Longest question that is kept with a record. */
export const longestQuestion = 500;

/** What a user writes: a title and 1 to 50 questions. */
export const questionSetDraftSchema = z.object({
  title: text(120),
  language: appLanguageSchema,
  questions: z.array(text(longestQuestion)).min(1).max(50),
});
export type QuestionSetDraft = z.infer<typeof questionSetDraftSchema>;

export const questionSetIdSchema = z.string().regex(/^[a-z0-9-]{1,64}$/);

export const questionSetSchema = questionSetDraftSchema
  .extend({
    questionSetId: questionSetIdSchema,
    origin: z.enum(['built-in', 'own']).describe('`built-in` sets cannot be changed.'),
  })
  .meta({ id: 'QuestionSet' });
export type QuestionSet = z.infer<typeof questionSetSchema>;

/** Most sets of a user's own. */
export const mostOwnSets = 50;
