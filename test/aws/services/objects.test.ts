// Does a bucket of S3 keep what the contract of an object store promises (A9)?
import { createObjectStore } from '../../../services/aws/objects.ts';
import { media } from '../../../systems/interview/stores.ts';
import { describeObjectStore } from '../../services/contracts/object-store.ts';
import '../support/server.ts';
import { makeBucket } from '../support/stores.ts';

describeObjectStore('S3', async () => createObjectStore({ bucketName: await makeBucket(media) }));
