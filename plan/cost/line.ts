// What is one line of a bill?
import type { Resource } from '../../policy/resource.ts';
import type { PlannedStack } from '../plan-stack.ts';
import { assumptions, type AssumptionName } from './assumptions.ts';
import { prices, type PriceName } from './prices.ts';

export interface CostLine {
  readonly what: string;
  readonly quantity: number;
  readonly price: PriceName;
  readonly usd: number;
}

/** Value of an assumption. */
export const assume = (name: AssumptionName): number => assumptions[name].value;

/** So much of something at its price. */
export const line = (what: string, quantity: number, price: PriceName): CostLine => ({
  what,
  quantity,
  price,
  usd: quantity * prices[price].usd,
});

/** Resources of a type. */
export const ofType = (planned: PlannedStack, type: string): readonly Resource[] =>
  planned.resources.filter((resource) => resource.type === type);
