// In which user pool does a function delete accounts?
import { createAccounts } from '../../services/aws/accounts.ts';
import type { Accounts } from '../../services/contracts.ts';
import type { FunctionEnvironment } from '../environment.ts';

export const openAccounts = ({
  USER_POOL_ID: userPoolId,
}: Pick<FunctionEnvironment, 'USER_POOL_ID'>): Accounts => createAccounts({ userPoolId });
