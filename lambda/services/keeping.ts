// How long does the system of a function keep a record at most?
import type { Services } from '../../services/contracts.ts';
import type { FunctionEnvironment } from '../environment.ts';

export const openKeeping = ({
  RECORD_RETENTION_DAYS: longestRetentionDays,
}: Pick<FunctionEnvironment, 'RECORD_RETENTION_DAYS'>): Services['keeping'] => ({ longestRetentionDays });
