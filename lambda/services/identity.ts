// Whose tokens does a function accept?
import { createIdentity } from '../../services/aws/identity.ts';
import type { Identity } from '../../services/contracts.ts';
import type { FunctionEnvironment } from '../environment.ts';

export const openIdentity = ({
  USER_POOL_ID: userPoolId,
  USER_POOL_CLIENT_ID: clientId,
}: Pick<FunctionEnvironment, 'USER_POOL_ID' | 'USER_POOL_CLIENT_ID'>): Identity =>
  createIdentity({ userPoolId, clientId });
