// Where do a function's objects lie? In its bucket, or in the folder that `./greenroom images run` gives it.
import { join } from 'node:path';
import { createObjectStore } from '../../services/aws/objects.ts';
import type { ObjectStore } from '../../services/contracts.ts';
import { createObjectStore as createLocalObjectStore } from '../../services/local/objects.ts';
import type { FunctionEnvironment, HostEnvironment } from '../environment.ts';

export const openObjects = ({
  BUCKET_NAME: bucketName,
  GREENROOM_STORE: folder,
}: Pick<FunctionEnvironment, 'BUCKET_NAME'> & HostEnvironment): ObjectStore =>
  folder === null ? createObjectStore({ bucketName }) : createLocalObjectStore(join(folder, 'objects'));
