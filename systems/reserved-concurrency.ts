// How many copies of a stage may run at once in this stack?
import type { StageSettings } from './stage.ts';

/**
 * Concurrent executions that a stage gets for itself when the stack reserves this share of the specification, rounded
 * up; `null` for a share of what the account has left.
 */
export const reservedConcurrency = (
  { reservedConcurrency: specified }: Pick<StageSettings, 'reservedConcurrency'>,
  percent: number,
): number | null => (specified === null || percent === 0 ? null : Math.ceil((specified * percent) / 100));
