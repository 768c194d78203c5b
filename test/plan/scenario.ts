// How does a test plan one of the scenarios?
import { join } from 'node:path';
import { asBaseline } from '../../plan/compare/baseline.ts';
import { changesAgainst, type Change } from '../../plan/compare/changes.ts';
import { planStack, type PlannedStack, type PlanOptions } from '../../plan/plan-stack.ts';

const folder = join(import.meta.dirname, 'fixtures', 'scenarios');

/** Runs the program of test/plan/fixtures/scenarios with one of its scenarios. */
export const planScenario = (scenario: string, options: Partial<PlanOptions> = {}): Promise<PlannedStack> =>
  planStack({ stack: 'dev', folder, ...options, overrides: { 'scenarios:scenario': scenario } });

/** What would happen to a stack of the first scenario if the second were deployed. */
export async function changesBetween(before: string, after: string): Promise<readonly Change[]> {
  const [old, next] = [await planScenario(before), await planScenario(after)];
  return changesAgainst(next, asBaseline(old, true));
}
