// What must be true of the program itself, whatever it deploys?
import { knownKinds } from '../kinds.ts';
import { stackType } from '../neighbours.ts';
import { at, documentOf, textOf, textsWithin } from '../read.ts';
import { redacted } from '../resource.ts';
import { type Rule, unless } from '../rule.ts';

const provider = 'pulumi:providers:aws';
const wantedTags = ['project', 'stack', 'system', 'managed-by'];

/** What an Output becomes when it is put into a text, and what JavaScript writes for nothing. */
const leaks = [/Calling \[toString\]/, /\[object \w+\]/, /\bundefined\b/, /\bNaN\b/, /Output<T>/];

/** Values that are secrets whatever they are called. */
const secretShapes = [
  /\b(AKIA|ASIA)[0-9A-Z]{16}\b/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\bgh[pousr]_[A-Za-z0-9]{36}/,
  /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\./,
];
/** Names of inputs whose values are secrets; `…Arn` and `…Id` only say where one is. */
const secretNames = /(password|passwd|secret|apikey|privatekey|authtoken|secretkey|secretstring)$/i;

const inputName = (path: string): string =>
  path
    .replaceAll(/\[\d+\]/g, '')
    .split('.')
    .at(-1) ?? '';

export const programRules: readonly Rule[] = [
  {
    name: 'kind-is-known',
    asks: 'Every type of resource stands in policy/kinds.ts.',
    why: 'A new kind needs laws of its own before it is deployed.',
    sources: [],
    severity: 'medium',
    scope: 'resource',
    types: 'all',
    check: ({ type }) =>
      unless(knownKinds.has(type) || type.startsWith('greenroom:'), `${type} is a new kind of resource`),
  },
  {
    name: 'no-leaked-output',
    asks: 'No input holds what JavaScript writes for an Output or for nothing: “Calling [toString]”, “[object Object]”, “undefined”, “NaN”.',
    why: 'The deployment would succeed and the resource would be wrong.',
    sources: [],
    severity: 'high',
    scope: 'resource',
    types: 'all',
    check: ({ inputs }) =>
      [...textsWithin(inputs)]
        .filter(([, text]) => leaks.some((leak) => leak.test(text)))
        .map(
          ([path, text]) => `${path} holds ${leaks.find((leak) => leak.test(text))?.exec(text)?.[0] ?? ''}`,
        ),
  },
  {
    name: 'secrets-stay-secret',
    asks: 'Whatever is a secret is inside Pulumi’s secret wrapper, from its source to every input.',
    why: 'State files and logs would show it.',
    sources: ['C76'],
    severity: 'critical',
    scope: 'plan',
    types: 'all',
    check: ({ inputs }) =>
      [...textsWithin(inputs)]
        .filter(
          ([path, text]) =>
            text !== '' &&
            text !== redacted &&
            (secretNames.test(inputName(path)) || secretShapes.some((shape) => shape.test(text))),
        )
        .map(([path]) => `${path} is a secret that is not marked as one`),
  },
  {
    name: 'outputs-name-no-person',
    asks: 'No output of a stack holds an e-mail address.',
    why: 'Outputs are printed in CI logs and read by other stacks.',
    sources: [],
    severity: 'medium',
    scope: 'plan',
    types: [stackType],
    check: (_stack, { outputs }) =>
      Object.entries(outputs)
        .filter(([, value]) => /[\w.+-]+@[\w-]+\.[\w.]+/.test(JSON.stringify(value) ?? ''))
        .map(([name]) => `the output ${name} holds an e-mail address`),
  },
  {
    name: 'names-are-unique',
    asks: 'No two resources of one type have the same name, in the program or in AWS; components may, since their names come from what they belong to.',
    why: 'AWS would refuse the second, or people would look at the wrong one.',
    sources: [],
    severity: 'medium',
    scope: 'stack',
    types: 'all',
    check: (resource, { resources }) => {
      if (resource.type.startsWith('greenroom:')) return [];
      const name = textOf(resource, 'name');
      const twins = resources.filter(
        (other) =>
          other.urn !== resource.urn &&
          other.type === resource.type &&
          (other.name === resource.name || (name !== undefined && other.inputs['name'] === name)),
      );
      return unless(twins.length === 0, `has the name of ${twins.map(({ urn }) => urn).join(', ')}`);
    },
  },
  {
    name: 'belongs-to-a-component',
    asks: 'Every resource is part of a component.',
    why: 'Loose resources are the ones that nobody finds when their system is changed.',
    sources: [],
    severity: 'low',
    scope: 'stack',
    types: 'all',
    check: ({ type, parent }, { resources }) => {
      if (type === stackType || type.startsWith('pulumi:providers:') || type.startsWith('greenroom:'))
        return [];
      const above = resources.find(({ urn }) => urn === parent);
      return unless(
        above !== undefined && (above.type.startsWith('greenroom:') || above.type.startsWith('awsx:')),
        'is in no component',
      );
    },
  },
  {
    name: 'everything-is-tagged',
    asks: 'Every provider of AWS puts project, stack, system and managed-by on everything it makes.',
    why: 'Costs could not be told apart, nor leftovers be found.',
    sources: ['B54', 'C66'],
    severity: 'low',
    scope: 'resource',
    types: [provider],
    check: (resource) => {
      const tags = at(documentOf(resource, 'defaultTags'), 'tags');
      return wantedTags
        .filter((tag) => typeof at(tags, tag) !== 'string' || at(tags, tag) === '')
        .map((tag) => `does not tag with ${tag}`);
    },
  },
];
