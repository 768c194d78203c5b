// Where does a function erase objects?
import { createObjectEraser } from '../../services/aws/eraser.ts';
import type { ObjectEraser } from '../../services/contracts.ts';
import type { FunctionEnvironment } from '../environment.ts';

export const openEraser = ({
  BUCKET_NAME: bucketName,
}: Pick<FunctionEnvironment, 'BUCKET_NAME'>): ObjectEraser => createObjectEraser({ bucketName });
