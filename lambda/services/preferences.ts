// Where does a function find what is remembered of a user?
import { createPreferenceTable } from '../../services/aws/preferences.ts';
import type { PreferenceTable } from '../../services/contracts.ts';
import type { FunctionEnvironment } from '../environment.ts';

export const openPreferences = ({
  PREFERENCES_TABLE_NAME: tableName,
}: Pick<FunctionEnvironment, 'PREFERENCES_TABLE_NAME'>): PreferenceTable =>
  createPreferenceTable({ tableName });
