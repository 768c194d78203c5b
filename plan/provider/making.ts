// What does a kind of resource need to know to answer as AWS would?
import type { WireObject } from '../engine/wire.ts';
import type { Created } from '../engine/provider.ts';
import { pseudoRandom, type Alphabet } from './pseudo-random.ts';

/** One resource that is to be made, and the words that AWS builds its answer from. */
export interface Making {
  readonly urn: string;
  /** Logical name. */
  readonly name: string;
  readonly inputs: WireObject;
  readonly region: string;
  readonly account: string;
  /** The name that the program gives in this property, else one by autonaming of at most so many characters. */
  readonly named: (property: string, maxLength: number) => string;
}

export type Kind = (making: Making) => Created;

/** The property if it is text, else `''`. */
export const text = (inputs: WireObject, property: string): string => {
  const value = inputs[property];
  return typeof value === 'string' ? value : '';
};

/** Letters that look random and depend on the URN alone. */
export const random = ({ urn }: Making, alphabet: Alphabet, length: number): string =>
  pseudoRandom(urn, alphabet, length);

export const arnOf = ({ region, account }: Making, service: string, resource: string): string =>
  `arn:aws:${service}:${region}:${account}:${resource}`;

/** IAM, budgets and dashboards belong to the account, not to a region. */
export const globalArnOf = ({ account }: Making, service: string, resource: string): string =>
  `arn:aws:${service}::${account}:${resource}`;
