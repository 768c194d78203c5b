// Is a bucket private, encrypted, cleaned up, and open to exactly the pages of its own site?
import { expect } from 'chai';
import { AccessLogBucket } from '../../components/access-log-bucket.ts';
import { ObjectStore, type ObjectStoreArgs } from '../../components/object-store.ts';
import { media } from '../../systems/interview/stores.ts';
import { capture, type CapturedStack, only, statementsIn } from './captured-stack.ts';

const keyArn = 'arn:aws:kms:us-east-1:123456789012:key/1';
const accountId = '123456789012';

const storeWith = (changes: Partial<ObjectStoreArgs> = {}): Promise<CapturedStack> =>
  capture(() => {
    const accessLogs = new AccessLogBucket('logs', { accountId, durability: 'disposable', retentionDays: 7 });
    new ObjectStore('media', {
      bucket: media,
      keyArn,
      durability: 'disposable',
      retentionDays: { uploads: 14, analyses: 28, transcriptions: 7, records: 14 },
      oldVersionDays: 3,
      accessLogs,
      siteOrigins: ['https://example.com'],
      transferAcceleration: true,
      ...changes,
    });
  });

const s3 = (kind: string): string => `aws:s3/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`;

/** Every resource of S3 that is a setting of a bucket. */
const settingsIn = ({ resources }: CapturedStack) =>
  resources.filter(({ type }) => type.startsWith('aws:s3/') && type !== s3('Bucket'));

describe('a bucket', () => {
  let store: CapturedStack;
  const inputsOf = (kind: string, name: string) => only(store, s3(kind), name).inputs;
  before(async () => {
    store = await storeWith();
  });

  it('is never public, whatever a policy says (A38)', () => {
    expect(inputsOf('BucketPublicAccessBlock', 'media-access')).to.deep.equal({
      bucket: 'media',
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    expect(inputsOf('BucketOwnershipControls', 'media-ownership')['rule']).to.deep.equal({
      objectOwnership: 'BucketOwnerEnforced',
    });
  });

  it('encrypts with the customer key, asked once for many objects (A38, B63)', () => {
    expect(inputsOf('BucketServerSideEncryptionConfiguration', 'media-encryption')['rules']).to.deep.equal([
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: keyArn },
        bucketKeyEnabled: true,
      },
    ]);
  });

  it('refuses requests without TLS 1.2, foreign keys and keys of the caller (A38, B62)', () => {
    const statements = statementsIn(inputsOf('BucketPolicy', 'media-policy')['policy']);
    expect(statements.map(({ Sid, Effect }) => `${String(Effect)} ${String(Sid)}`)).to.deep.equal([
      'Deny OnlyTls',
      'Deny OnlyTls12',
      'Deny NoForeignKmsKey',
      'Deny NoKeyOfTheCaller',
    ]);
    expect(statements[0]?.['Condition']).to.deep.equal({ Bool: { 'aws:SecureTransport': 'false' } });
    expect(statements[1]?.['Condition']).to.deep.equal({ NumericLessThan: { 's3:TlsVersion': '1.2' } });
    expect(statements[2]?.['Condition']).to.deep.equal({
      Null: { 's3:x-amz-server-side-encryption-aws-kms-key-id': 'false' },
      StringNotEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': keyArn },
    });
  });

  it('forgets objects by prefix, old versions, and uploads that were given up (A39)', () => {
    const rules = inputsOf('BucketLifecycleConfiguration', 'media-lifecycle')['rules'];
    expect(rules).to.deep.equal([
      {
        id: 'clean',
        status: 'Enabled',
        filter: { prefix: '' },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
        noncurrentVersionExpiration: { noncurrentDays: 3 },
        expiration: { expiredObjectDeleteMarker: true },
      },
      { id: 'expire-uploads', status: 'Enabled', filter: { prefix: 'uploads/' }, expiration: { days: 14 } },
      { id: 'expire-analyses', status: 'Enabled', filter: { prefix: 'analyses/' }, expiration: { days: 28 } },
      {
        id: 'expire-transcriptions',
        status: 'Enabled',
        filter: { prefix: 'transcriptions/' },
        expiration: { days: 7 },
      },
    ]);
  });

  it('lets the pages of the site use the methods of the specification, and no other page (A37)', () => {
    expect(inputsOf('BucketCorsConfiguration', 'media-cors')['corsRules']).to.deep.equal([
      {
        allowedMethods: ['GET', 'HEAD', 'POST'],
        allowedOrigins: ['https://example.com'],
        allowedHeaders: ['content-type', 'range'],
        exposeHeaders: ['ETag', 'Content-Length', 'Content-Range', 'Accept-Ranges'],
        maxAgeSeconds: 3600,
      },
    ]);
  });

  it('sends its events to EventBridge, and notes every access (A9)', () => {
    expect(inputsOf('BucketNotification', 'media-events')['eventbridge']).to.equal(true);
    expect(inputsOf('BucketLogging', 'media-access-log')).to.deep.include({
      targetBucket: 'logs',
      targetPrefix: 'media/',
    });
  });

  it('takes uploads at the nearest edge (A36)', () => {
    expect(inputsOf('BucketAccelerateConfiguration', 'media-acceleration')['status']).to.equal('Enabled');
  });

  it('that stays in AWS keeps every one of its settings (B14)', async () => {
    const kept = settingsIn(await storeWith({ durability: 'kept' })).filter(({ name }) =>
      name.startsWith('media'),
    );
    expect(kept).to.have.length(10);
    expect(kept.filter(({ retainOnDelete }) => !retainOnDelete).map(({ name }) => name)).to.deep.equal([]);
    expect(kept.filter(({ protect }) => protect)).to.deep.equal([]);
    expect(settingsIn(store).filter(({ retainOnDelete }) => retainOnDelete)).to.deep.equal([]);
  });

  const absent: readonly (readonly [name: string, changes: Partial<ObjectStoreArgs>, kind: string])[] = [
    ['is closed to browsers where there is no site', { siteOrigins: [] }, 'BucketCorsConfiguration'],
    [
      'is closed to browsers where they have no method',
      { bucket: { ...media, browserMethods: [] } },
      'BucketCorsConfiguration',
    ],
    ['sends no events unless it is to', { bucket: { ...media, sendsEvents: false } }, 'BucketNotification'],
    [
      'is not accelerated unless it is to be',
      { transferAcceleration: false },
      'BucketAccelerateConfiguration',
    ],
  ];
  for (const [name, changes, kind] of absent) {
    it(name, async () => {
      const { resources } = await storeWith(changes);
      expect(resources.filter(({ type }) => type === s3(kind))).to.deep.equal([]);
    });
  }

  it('of access logs has the only key that S3 writes them with, and takes them from this account alone', () => {
    expect(inputsOf('BucketServerSideEncryptionConfiguration', 'logs-encryption')['rules']).to.deep.equal([
      { applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } },
    ]);
    const writer = statementsIn(inputsOf('BucketPolicy', 'logs-policy')['policy']).at(-1);
    expect(writer).to.deep.include({
      Effect: 'Allow',
      Principal: { Service: 'logging.s3.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': accountId } },
    });
  });
});
