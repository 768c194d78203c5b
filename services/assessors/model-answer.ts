// What may a language model answer, and how does it become an assessment that can be trusted?
import { z } from 'zod';
import { assessmentSchema, type Assessment, type Point } from '../../domain/assessment.ts';
import type { Evidence } from '../../domain/figure.ts';
import { formulaNames, type FormulaName } from '../../domain/formulas.ts';
import type { AnswerToAssess } from '../contracts.ts';
import { quoteFinder } from './quotes.ts';

/** Text for the candidate: short, and neither a link nor markup that words in the recording could have asked for. */
const proseSchema = (maximumLength: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(maximumLength)
    .regex(/^(?!.*(?:https?:|www\.|[<>]))/is, 'links and markup are not allowed');

const quotesSchema = z.array(z.string().min(1).max(500)).max(5);

/** The names of the figures that have a value: only these may be cited. */
const citable = (answer: AnswerToAssess): FormulaName[] =>
  formulaNames.filter((name) => typeof answer.figures[name]?.value === 'number');

/** The shape asked of the model. No score and no times: those are found here, not believed. */
function modelAnswerSchema(answer: AnswerToAssess) {
  const [first, ...others] = citable(answer);
  const figure = first === undefined ? z.null() : z.enum([first, ...others]).nullable();
  const point = z.strictObject({ statement: proseSchema(400), figure, quotes: quotesSchema });
  return z.strictObject({
    summary: proseSchema(800),
    star: z.strictObject({
      situation: quotesSchema,
      task: quotesSchema,
      action: quotesSchema,
      result: quotesSchema,
    }),
    wordsToAvoid: z
      .array(z.strictObject({ text: z.string().min(1).max(60), reason: proseSchema(300) }))
      .max(10),
    strengths: z.array(point).max(3),
    weaknesses: z.array(point).max(3),
  });
}
type ModelAnswer = z.infer<ReturnType<typeof modelAnswerSchema>>;

/** Limits that strict structured output does not know everywhere; they are checked here in any case. */
const uncommonKeywords = ['$schema', 'minLength', 'maxLength', 'minItems', 'maxItems', 'pattern'] as const;

/** The same shape as JSON Schema, in the words that structured output of most servers understands. */
export const modelAnswerJsonSchema = (answer: AnswerToAssess): unknown =>
  z.toJSONSchema(modelAnswerSchema(answer), {
    override: ({ jsonSchema }) => {
      for (const keyword of uncommonKeywords) delete jsonSchema[keyword];
    },
  });

/** An assessment, or what is wrong with the answer in words that the model can act on. */
export type Judged = { readonly assessment: Assessment } | { readonly faults: readonly string[] };

/** Servers that only promise "some JSON" tend to put it into a Markdown fence. */
const withoutFence = (text: string): string => text.trim().replace(/^```(?:json)?\s*([\s\S]*?)\s*```$/, '$1');

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(withoutFence(text));
    return value;
  } catch {
    return undefined;
  }
}

interface Resolver {
  readonly first: (quote: string) => Evidence[];
  readonly all: (quote: string) => Evidence[];
  readonly faults: string[];
}

function createResolver(answer: AnswerToAssess): Resolver {
  const find = quoteFinder(answer.transcript);
  const faults: string[] = [];
  const all = (quote: string): Evidence[] => {
    const places = find(quote);
    if (places.length === 0)
      faults.push(`These words do not stand in the transcript: ${JSON.stringify(quote)}`);
    return places;
  };
  return { first: (quote) => all(quote).slice(0, 1), all, faults };
}

function pointOf({ statement, figure, quotes }: ModelAnswer['strengths'][number], resolver: Resolver): Point {
  if (figure === null && quotes.length === 0) {
    resolver.faults.push(`A point needs a quote or a figure: ${JSON.stringify(statement)}`);
  }
  return { statement, figure, evidence: quotes.flatMap(resolver.first) };
}

function assemble(model: ModelAnswer, resolver: Resolver, modelId: string): unknown {
  const star = {
    situation: model.star.situation.flatMap(resolver.first),
    task: model.star.task.flatMap(resolver.first),
    action: model.star.action.flatMap(resolver.first),
    result: model.star.result.flatMap(resolver.first),
  };
  const presentParts = Object.values(star).filter((evidence) => evidence.length > 0).length;
  return {
    provenance: `model:${modelId}`,
    summary: model.summary,
    structureScore: (presentParts / 4) * 100,
    star,
    wordsToAvoid: model.wordsToAvoid.map(({ text, reason }) => ({
      text,
      reason,
      evidence: resolver.all(text),
    })),
    strengths: model.strengths.map((point) => pointOf(point, resolver)),
    weaknesses: model.weaknesses.map((point) => pointOf(point, resolver)),
  };
}

/** Checks a model's text against the schema, the transcript and the figures. Nothing unproven gets through. */
export function judge(text: string, answer: AnswerToAssess, modelId: string): Judged {
  const parsed = modelAnswerSchema(answer).safeParse(parseJson(text));
  if (!parsed.success) {
    return {
      faults: parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'The answer'}: ${message}`),
    };
  }
  const resolver = createResolver(answer);
  const assembled = assemble(parsed.data, resolver, modelId);
  if (resolver.faults.length > 0) return { faults: resolver.faults };
  return { assessment: assessmentSchema.parse(assembled) };
}
