// With which key does a function seal texts?
import { InternalError } from '../../domain/errors.ts';
import { createSealer } from '../../services/aws/sealer.ts';
import type { Sealer } from '../../services/contracts.ts';
import type { FunctionEnvironment } from '../environment.ts';

/** @throws InternalError without a key: a text that nothing seals would be open to everybody */
export function openSealer({
  ENCRYPTION_KEY_ARN: keyArn,
}: Pick<FunctionEnvironment, 'ENCRYPTION_KEY_ARN'>): Sealer {
  if (keyArn === null)
    throw new InternalError('The environment of the function is wrong: ENCRYPTION_KEY_ARN is missing.');
  return createSealer({ keyArn });
}
