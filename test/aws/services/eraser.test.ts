// Does everything of a prefix go from a versioned bucket, and nothing beside it (A43)?
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { expect } from 'chai';
import { clientOptions } from '../../../services/aws/clients.ts';
import { createObjectEraser } from '../../../services/aws/eraser.ts';
import { media } from '../../../systems/interview/stores.ts';
import { createObjectStore } from '../../../services/aws/objects.ts';
import { describeObjectEraser } from '../../services/contracts/object-eraser.ts';
import { thrownBy } from '../../services/contracts/object-store.ts';
import { openBadNetwork, type Fault } from '../support/bad-network.ts';
import { record, type RecordedCall } from '../support/recorder.ts';
import { endpoint } from '../support/server.ts';
import { makeBucket, s3 } from '../support/stores.ts';

describeObjectEraser('A versioned bucket of S3', async () => {
  const bucketName = await makeBucket(media);
  return { store: createObjectStore({ bucketName }), eraser: createObjectEraser({ bucketName }) };
});

const answerOfDelete = (code: string): Fault => ({
  kind: 'answer',
  status: 200,
  headers: { 'content-type': 'application/xml' },
  body: `<DeleteResult><Error><Key>uploads/u/a.webm</Key><Code>${code}</Code></Error></DeleteResult>`,
});

describe('the eraser of a versioned bucket', () => {
  let Bucket: string;
  beforeEach(async () => {
    Bucket = await makeBucket(media);
  });
  const put = async (Key: string, Body = 'x') => s3().send(new PutObjectCommand({ Bucket, Key, Body }));
  const left = async (): Promise<string[]> => {
    const { Versions = [], DeleteMarkers = [] } = await s3().send(new ListObjectVersionsCommand({ Bucket }));
    return [...Versions, ...DeleteMarkers].map(({ Key = '' }) => Key);
  };
  const eraser = (client = s3()) => createObjectEraser({ bucketName: Bucket, client });

  it('takes old versions and delete markers with it, and counts what had bytes', async () => {
    await put('uploads/u/a.webm', 'first');
    const { VersionId } = await put('uploads/u/a.webm', 'second');
    await s3().send(new DeleteObjectCommand({ Bucket, Key: 'uploads/u/a.webm' }));
    await put('uploads/u/b.webm');
    expect(await eraser().erase('uploads/u/')).to.deep.equal({ objects: 2, versions: 3 });
    expect(await left()).to.deep.equal([]);
    const old = s3().send(new GetObjectCommand({ Bucket, Key: 'uploads/u/a.webm', VersionId }));
    expect(await thrownBy(old)).to.be.instanceOf(Error);
    expect(await eraser().erase('uploads/u/')).to.deep.equal({ objects: 0, versions: 0 });
  });

  it('takes a lonely delete marker away too', async () => {
    await s3().send(new DeleteObjectCommand({ Bucket, Key: 'uploads/u/a.webm' }));
    expect(await eraser().erase('uploads/u/')).to.deep.equal({ objects: 0, versions: 0 });
    expect(await left()).to.deep.equal([]);
  });

  it('erases more than fits into one call, each page in one deletion', async () => {
    const keys = Array.from({ length: 1003 }, (_, index) => `uploads/u/${String(index)}`);
    for (let start = 0; start < keys.length; start += 50)
      await Promise.all(keys.slice(start, start + 50).map((key) => put(key)));
    const calls: RecordedCall[] = [];
    const client = s3();
    record(client, '', calls);
    expect(await eraser(client).erase('uploads/u/')).to.deep.equal({ objects: 1003, versions: 1003 });
    expect(calls.map(({ command }) => command)).to.deep.equal([
      'ListObjectVersionsCommand',
      'DeleteObjectsCommand',
      'ListObjectVersionsCommand',
      'DeleteObjectsCommand',
    ]);
    expect(await left()).to.deep.equal([]);
  }).timeout(60_000);

  const failures: readonly (readonly [string, string])[] = [
    ['InternalError', 'TemporaryFailure'],
    ['SlowDown', 'TemporaryFailure'],
    ['AccessDenied', 'InternalError'],
    ['InvalidObjectState', 'ServiceRejected'],
  ];
  for (const [code, family] of failures) {
    it(`does not take ${code} of one key for a success, although the call is one`, async () => {
      await put('uploads/u/a.webm');
      const network = await openBadNetwork(endpoint(), ({ method }) =>
        method === 'POST' ? answerOfDelete(code) : null,
      );
      const client = new S3Client({
        ...clientOptions({ requestMs: 3000, silenceMs: 3000 }),
        endpoint: network.endpoint,
        forcePathStyle: true,
      });
      try {
        const error = await thrownBy(eraser(client).erase('uploads/u/'));
        expect(error).to.include({ name: family });
        expect(String(error)).to.include('uploads/u/a.webm').and.to.include(code);
      } finally {
        await network.close();
      }
    });
  }
});
