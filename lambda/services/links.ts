// For which bucket does a function sign forms and addresses?
import { createLinks } from '../../services/aws/links.ts';
import type { Links } from '../../services/contracts.ts';
import type { FunctionEnvironment } from '../environment.ts';

export const openLinks = ({ BUCKET_NAME: bucketName }: Pick<FunctionEnvironment, 'BUCKET_NAME'>): Links =>
  createLinks({ bucketName });
