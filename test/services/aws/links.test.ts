// Do signed forms and addresses allow exactly one thing, for a while (A1, A50)? S3's own rules decide, without S3.
import { S3Client } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import { createLinks } from '../../../services/aws/links.ts';
import type { Links } from '../../../services/contracts.ts';
import { thrownBy } from '../contracts/object-store.ts';
import { refusalOfAddress, refusalOfForm, type Post } from './s3-rules.ts';

const secretAccessKey = 'secret';
const credentials = { accessKeyId: 'AKID', secretAccessKey, sessionToken: 'session' };
const key = 'uploads/user-1/01ARZ3NDEKTSV4RRFFQ69G5FAV.webm';
const report = 'analyses/user-1/r 1/e1/report.json';

const inAnHour = (): Date => new Date(Date.now() + 3_600_000);

/** The client that a function makes for itself, with the environment that Lambda gives it. */
const openIn = (region: string): Links => {
  Object.assign(process.env, {
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
  });
  delete process.env['AWS_ENDPOINT_URL'];
  return createLinks({ bucketName: 'media-1' });
};

describe('links of S3', () => {
  let links: Links;
  let before: NodeJS.ProcessEnv;

  beforeEach(() => {
    before = { ...process.env };
    links = openIn('eu-west-1');
  });
  afterEach(() => {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  });

  const formOf = (sizeBytes = 1000) => links.upload({ key, contentType: 'video/webm', sizeBytes });
  interface Change extends Partial<Pick<Post, 'sizeBytes'>> {
    readonly field?: Readonly<Record<string, string>>;
    readonly secondsLater?: number;
  }
  const post = async ({ field = {}, secondsLater = 0, sizeBytes = 1000 }: Change = {}) => {
    const { fields } = await formOf();
    const now = new Date(Date.now() + secondsLater * 1000);
    return refusalOfForm({ fields: { ...fields, ...field }, sizeBytes, now }, secretAccessKey);
  };

  it('take the one file that a form was made for', async () => {
    expect(await post()).to.equal(null);
  });

  const refused: readonly (readonly [string, Change, RegExp])[] = [
    ['a byte less', { sizeBytes: 999 }, /condition/],
    ['a byte more', { sizeBytes: 1001 }, /condition/],
    ['no bytes', { sizeBytes: 0 }, /condition/],
    ['another type', { field: { 'Content-Type': 'text/html' } }, /condition/],
    ['no type', { field: { 'Content-Type': '' } }, /condition/],
    ['another key', { field: { key: 'uploads/user-2/01ARZ3NDEKTSV4RRFFQ69G5FAV.webm' } }, /condition/],
    ['the name of the file as key', { field: { key: `${key}\${filename}` } }, /condition/],
    ['another bucket', { field: { bucket: 'media-2' } }, /condition/],
    ['another session', { field: { 'X-Amz-Security-Token': 'other' } }, /condition/],
    ['a wish to be public', { field: { acl: 'public-read' } }, /Extra input fields: acl/],
    ['a page to go to', { field: { success_action_redirect: 'https://example.com' } }, /Extra input/],
    ['words of its own', { field: { 'x-amz-meta-note': 'x' } }, /Extra input/],
    ['another policy', { field: { Policy: Buffer.from('{}').toString('base64') } }, /Signature/],
    ['another signature', { field: { 'X-Amz-Signature': '0'.repeat(64) } }, /Signature/],
    ['300 s of waiting', { secondsLater: 301 }, /expired/],
  ];
  for (const [what, change, reason] of refused) {
    it(`do not take ${what}`, async () => {
      expect(await post(change)).to.match(reason);
    });
  }

  it('tell when a form ends, never later than S3 does', async () => {
    const { fields, expiresAt } = await formOf();
    const { expiration } = JSON.parse(Buffer.from(fields['Policy'] ?? '', 'base64').toString()) as {
      expiration: string;
    };
    expect(expiresAt.getTime()).to.be.at.most(Date.parse(expiration));
    expect(expiresAt.getTime()).to.be.closeTo(Date.now() + 300_000, 2000);
  });

  for (const region of ['us-east-1', 'eu-west-1', 'sa-east-1']) {
    it(`lead to the bucket’s own host in ${region}, over TLS`, async () => {
      const there = openIn(region);
      const { url } = await there.upload({ key, contentType: 'video/mp4', sizeBytes: 1 });
      expect(url).to.equal(`https://media-1.s3.${region}.amazonaws.com/`);
      const address = await there.download({ key, contentType: 'video/mp4', expiresAt: inAnHour() });
      expect(new URL(address).origin).to.equal(new URL(url).origin);
    });
  }

  it('serve an object as what is said, to be shown, and carry nothing of the SDK’s own', async () => {
    const address = new URL(
      await links.download({ key: report, contentType: 'application/json', expiresAt: inAnHour() }),
    );
    expect(decodeURIComponent(address.pathname)).to.equal(`/${report}`);
    const { searchParams } = address;
    expect([...searchParams.keys()].toSorted()).to.deep.equal([
      'X-Amz-Algorithm',
      'X-Amz-Content-Sha256',
      'X-Amz-Credential',
      'X-Amz-Date',
      'X-Amz-Expires',
      'X-Amz-Security-Token',
      'X-Amz-Signature',
      'X-Amz-SignedHeaders',
      'response-content-disposition',
      'response-content-type',
      'x-id',
    ]);
    expect(searchParams.get('response-content-type')).to.equal('application/json');
    expect(searchParams.get('response-content-disposition')).to.equal('inline');
    expect(searchParams.get('X-Amz-Content-Sha256')).to.equal('UNSIGNED-PAYLOAD');
    expect(searchParams.get('X-Amz-SignedHeaders')).to.equal('host');
    expect(Number(searchParams.get('X-Amz-Expires'))).to.be.within(3598, 3600);
  });

  it('are signed over everything that they say', async () => {
    const signed = { key: report, contentType: 'text/vtt', expiresAt: inAnHour(), fileName: 'um "ü".vtt' };
    const address = await links.download(signed);
    expect(refusalOfAddress(address, new Date(), secretAccessKey)).to.equal(null);
    const later = new Date(Date.now() + 3_601_000);
    expect(refusalOfAddress(address, later, secretAccessKey)).to.match(/expired/);
    expect(new URL(address).searchParams.get('response-content-disposition')).to.equal(
      `attachment; filename="um ___.vtt"; filename*=UTF-8''um%20%22%C3%BC%22.vtt`,
    );
  });

  for (const [what, milliseconds] of [
    ['that is over', -1000],
    ['of no time at all', 0],
    ['longer than a week', 8 * 86_400_000],
  ] as const) {
    it(`are not made for a time ${what}`, async () => {
      const expiresAt = new Date(Date.now() + milliseconds);
      const error = await thrownBy(links.download({ key: report, contentType: 'text/vtt', expiresAt }));
      expect(error).to.include({ name: 'InternalError' });
    });
  }

  it('are not made for a key into which a browser could put the name of its file', async () => {
    const upload = links.upload({ key: 'uploads/${filename}', contentType: 'video/webm', sizeBytes: 1 });
    expect(await thrownBy(upload)).to.include({ name: 'InternalError' });
    const odd = links.upload({ key: 'uploads/../a', contentType: 'video/webm', sizeBytes: 1 });
    expect(await thrownBy(odd)).to.include({ name: 'ServiceRejected' });
  });

  it('are not made without credentials', async () => {
    const client = new S3Client({
      region: 'us-east-1',
      credentials: () =>
        Promise.reject(Object.assign(new Error('none'), { name: 'CredentialsProviderError' })),
    });
    const error = await thrownBy(
      createLinks({ bucketName: 'b', client }).upload({ key, contentType: 'video/webm', sizeBytes: 1 }),
    );
    expect(error).to.include({ name: 'InternalError' });
  });
});
