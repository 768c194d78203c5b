// What is wrong with a request, in words that repeat nothing of it?
import type { z } from 'zod';
import type { ProblemDocument } from '../../domain/api/problem.ts';

type RequestError = NonNullable<ProblemDocument['errors']>[number];

/** Whoever gets everything wrong needs no list of everything. */
const most = 20;

const nouns: { readonly [expected: string]: string } = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

const amount = (origin: string, bound: number | bigint): string =>
  origin === 'string'
    ? ` ${String(bound)} characters long`
    : origin === 'array'
      ? ` ${String(bound)} items long`
      : ` ${String(bound)}`;

function sentenceOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${nouns[issue.expected] ?? 'something else'}`;
    case 'too_small':
      return `must be at least${amount(issue.origin, issue.minimum)}`;
    case 'too_big':
      return `must be at most${amount(issue.origin, issue.maximum)}`;
    case 'invalid_format':
      return 'does not have the expected form';
    case 'invalid_value':
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'custom':
    case 'invalid_element':
    case 'invalid_key':
    case 'invalid_union':
    case 'not_multiple_of':
    case 'unrecognized_keys':
      return 'is not valid';
  }
}

/** A name that may be repeated, because it can only be a slip of the pen. */
const plainName = /^[A-Za-z]\w{0,39}$/;

function errorsOf(part: string, issue: z.core.$ZodIssue): RequestError[] {
  const at = [part, ...issue.path.map(String)].join('.');
  if (issue.code !== 'unrecognized_keys') return [{ at, message: sentenceOf(issue) }];
  return issue.keys.map((key) =>
    plainName.test(key)
      ? { at: `${at}.${key}`, message: 'is not known' }
      : { at, message: 'has a field that is not known' },
  );
}

/** The faults that a schema found in a part of a request (`body`, `query`, …), at most twenty. */
export const requestErrors = (part: string, { issues }: z.ZodError): RequestError[] =>
  issues.flatMap((issue) => errorsOf(part, issue)).slice(0, most);
