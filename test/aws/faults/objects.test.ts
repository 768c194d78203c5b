// What becomes of an object when S3 is busy, slow or gone in the middle of it (A57)?
import { ListMultipartUploadsCommand, S3Client } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { attempts, clientOptions, transfer, type Patience } from '../../../services/aws/clients.ts';
import { createObjectStore } from '../../../services/aws/objects.ts';
import type { ObjectStore } from '../../../services/contracts.ts';
import { media } from '../../../systems/interview/stores.ts';
import { thrownBy } from '../../services/contracts/object-store.ts';
import { openBadNetwork, type BadNetwork, type Fault, type Request } from '../support/bad-network.ts';
import { endpoint } from '../support/server.ts';
import { makeBucket, s3 } from '../support/stores.ts';

const { signal } = new AbortController();
const bytes = randomBytes(3_000_000);
const largeBytes = randomBytes(20 * 1024 * 1024);

const xml = (status: number, code: string, message = ''): Fault => ({
  kind: 'answer',
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`,
});
const slowDown = xml(503, 'SlowDown');

const nameOf = (fault: Fault): string => (fault.kind === 'answer' ? `HTTP ${fault.status}` : fault.kind);
const isPart = ({ url }: Request): boolean => url.includes('partNumber=');

/** How many large uploads were begun and neither completed nor given up. */
async function openUploads(Bucket: string): Promise<number> {
  const { Uploads = [] } = await s3().send(new ListMultipartUploadsCommand({ Bucket }));
  return Uploads.length;
}

describe('objects over a bad network', () => {
  let folder: string;
  let bucketName: string;
  let network: BadNetwork;
  let faultFor: (request: Request) => Fault | null;
  let store: ObjectStore;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'greenroom-bad-network-'));
    path = join(folder, 'file');
    bucketName = await makeBucket(media);
    faultFor = () => null;
    network = await openBadNetwork(endpoint(), (request) => faultFor(request));
    store = storeWith({ requestMs: 2000, silenceMs: 600 });
    await writeFile(path, 'old');
    await store.upload('file', path, 'video/webm', signal);
    await writeFile(path, bytes);
  });
  afterEach(async () => {
    await network.close();
    await rm(folder, { recursive: true, force: true });
  });

  const storeWith = (patience: Patience): ObjectStore => {
    const options = { ...clientOptions(patience), forcePathStyle: true, endpoint: network.endpoint };
    return createObjectStore({ bucketName, client: new S3Client(options) });
  };
  /** From now on the first `times` requests go wrong. */
  const goWrong = (fault: Fault, times = Number.POSITIVE_INFINITY): void => {
    const first = network.requests.length;
    faultFor = ({ index }) => (index < first + times ? fault : null);
  };
  const goWell = (): void => {
    faultFor = () => null;
  };
  const requestsOf = async (call: Promise<unknown>): Promise<number> => {
    const before = network.requests.length;
    await call;
    return network.requests.length - before;
  };
  const stored = async (): Promise<Buffer> => {
    goWell();
    const copy = join(folder, 'copy');
    await store.download('file', copy, signal);
    return readFile(copy);
  };

  const passing: readonly Fault[] = [
    slowDown,
    xml(500, 'InternalError'),
    { kind: 'cut request' },
    { kind: 'lose answer' },
    { kind: 'silence' },
  ];
  const duringAnAnswer: readonly Fault[] = [
    { kind: 'cut answer' },
    { kind: 'stall answer' },
    { kind: 'spoil answer' },
  ];
  for (const fault of [...passing, ...duringAnAnswer]) {
    it(`downloads the whole file after two times “${nameOf(fault)}”`, async () => {
      await store.upload('file', path, 'video/webm', signal);
      const target = join(folder, 'target');
      goWrong(fault, 2);
      expect(await requestsOf(store.download('file', target, signal))).to.equal(3);
      expect((await readFile(target)).equals(bytes)).to.equal(true);
    });
  }

  for (const fault of passing) {
    it(`stores the whole file after two times “${nameOf(fault)}”`, async () => {
      goWrong(fault, 2);
      expect(await requestsOf(store.upload('file', path, 'video/webm', signal))).to.equal(3);
      expect((await stored()).equals(bytes)).to.equal(true);
    });
  }

  const lasting: readonly (readonly [Fault, object])[] = [
    [slowDown, { name: 'TemporaryFailure', code: 'THROTTLED' }],
    [xml(500, 'InternalError'), { name: 'TemporaryFailure', code: 'UPSTREAM' }],
    [{ kind: 'cut request' }, { name: 'TemporaryFailure', code: 'UPSTREAM' }],
    [{ kind: 'silence' }, { name: 'TemporaryFailure', code: 'UPSTREAM' }],
    [{ kind: 'cut answer' }, { name: 'TemporaryFailure', code: 'UPSTREAM' }],
    [{ kind: 'stall answer' }, { name: 'TemporaryFailure', code: 'UPSTREAM' }],
    [{ kind: 'spoil answer' }, { name: 'ServiceRejected', code: 'CHECKSUM' }],
    [
      xml(403, 'AccessDenied', 'not authorized to perform: kms:Decrypt'),
      { name: 'InternalError', code: 'BUG' },
    ],
    [xml(404, 'NoSuchBucket'), { name: 'InternalError', code: 'BUG' }],
    [xml(403, 'AccessDenied', 'not authorized to perform: s3:ListBucket'), { name: 'ServiceRejected' }],
    [xml(404, 'NoSuchKey'), { name: 'ServiceRejected', code: 'UPSTREAM' }],
    [xml(400, 'InvalidRequest'), { name: 'ServiceRejected', code: 'UPSTREAM' }],
  ];
  for (const [fault, error] of lasting) {
    const body = fault.kind === 'answer' ? fault.body.replaceAll(/<[^>]+>/g, ' ').trim() : '';
    it(`gives up a download for “${nameOf(fault)} ${body}” and leaves the caller’s file`, async () => {
      await store.upload('file', path, 'video/webm', signal);
      await writeFile(path, 'the caller’s');
      goWrong(fault);
      const isRetried = !body.startsWith('NoSuch') && !/^(?:AccessDenied|InvalidRequest)/.test(body);
      const download = thrownBy(store.download('file', path, signal));
      expect(await requestsOf(download)).to.equal(isRetried ? attempts : 1);
      expect(await download).to.include(error);
      expect(await readdir(folder)).to.deep.equal(['file']);
      expect(await readFile(path, 'utf8')).to.equal('the caller’s');
    });
  }

  for (const fault of [slowDown, { kind: 'cut request' }, { kind: 'silence' }] as const) {
    it(`gives up an upload for “${nameOf(fault)}” and leaves the old version`, async () => {
      goWrong(fault);
      const upload = thrownBy(store.upload('file', path, 'video/webm', signal));
      expect(await requestsOf(upload)).to.equal(attempts);
      expect(await upload).to.include({ name: 'TemporaryFailure' });
      expect((await stored()).toString()).to.equal('old');
    });
  }

  it('stops a download in the middle when it is aborted, and leaves nothing', async () => {
    await store.upload('file', path, 'video/webm', signal);
    goWrong({ kind: 'stall answer' });
    const stop = new AbortController();
    const download = thrownBy(store.download('file', join(folder, 'target'), stop.signal));
    await delay(100);
    stop.abort(new Error('the execution was stopped'));
    expect(await download).to.have.property('message', 'the execution was stopped');
    expect(await readdir(folder)).to.deep.equal(['file']);
  });

  it('says that a HEAD without words, as S3 sends it for a missing key, is a missing key', async () => {
    goWrong({ kind: 'answer', status: 403, body: '' });
    expect(await thrownBy(store.head('file'))).to.include({ name: 'ServiceRejected' });
  });

  it('reads no JSON of more than 32 MiB, and does not even fetch it', async () => {
    const headers = { 'content-length': String(33 * 1024 * 1024) };
    goWrong({ kind: 'answer', status: 200, body: '{"a":', headers });
    expect(await thrownBy(store.readJson('file'))).to.include({ name: 'ServiceRejected', code: 'UPSTREAM' });
  });

  it('answers a caller without a signal within 15 s, whatever the server does', async () => {
    await store.writeJson('drips', 'x'.repeat(10_000));
    const patient = storeWith(transfer);
    faultFor = ({ url }) => ({ kind: url.includes('drips') ? 'drip answer' : 'silence' });
    const startedAt = performance.now();
    const calls = [
      patient.readJson('drips'),
      patient.readJson('silent'),
      patient.head('silent'),
      patient.writeJson('silent', {}),
    ];
    for (const error of await Promise.all(calls.map(thrownBy)))
      expect(error).to.include({ name: 'TemporaryFailure', code: 'UPSTREAM' });
    expect(performance.now() - startedAt).to.be.within(12_000, 15_500);
  }).timeout(20_000);

  it('is a TemporaryFailure when nobody listens at all', async () => {
    await network.close();
    expect(await thrownBy(store.head('file'))).to.include({ name: 'TemporaryFailure', code: 'UPSTREAM' });
  });

  describe('in parts', () => {
    beforeEach(async () => {
      store = storeWith({ requestMs: 10_000, silenceMs: 10_000 });
      await writeFile(path, largeBytes);
    });

    it('stores a large file although one of its parts breaks off', async () => {
      let broken = 0;
      faultFor = (request) => (isPart(request) && (broken += 1) === 2 ? { kind: 'cut request' } : null);
      expect(await requestsOf(store.upload('file', path, 'video/mp4', signal))).to.equal(3 + 1 + 2);
      expect((await stored()).equals(largeBytes)).to.equal(true);
      expect(await openUploads(bucketName)).to.equal(0);
    });

    it('gives up all parts when one of them cannot be sent, and leaves the old version', async () => {
      faultFor = (request) => (request.url.includes('partNumber=2') ? slowDown : null);
      const error = await thrownBy(store.upload('file', path, 'video/mp4', signal));
      expect(error).to.include({ name: 'TemporaryFailure', code: 'THROTTLED' });
      expect(await openUploads(bucketName)).to.equal(0);
      expect((await stored()).toString()).to.equal('old');
    });

    it('gives up all parts when it is aborted', async () => {
      // Parts that are on their way at that moment end by themselves.
      store = storeWith({ requestMs: 1000, silenceMs: 1000 });
      faultFor = (request) => (isPart(request) ? { kind: 'silence' } : null);
      const stop = new AbortController();
      const upload = thrownBy(store.upload('file', path, 'video/mp4', stop.signal));
      while (!network.requests.some(isPart)) await delay(10);
      expect(await openUploads(bucketName)).to.equal(1);
      stop.abort(new Error('the execution was stopped'));
      expect(await upload).to.have.property('message', 'the execution was stopped');
      goWell();
      for (let waits = 0; (await openUploads(bucketName)) > 0 && waits < 80; waits += 1) await delay(100);
      expect(await openUploads(bucketName)).to.equal(0);
      expect((await stored()).toString()).to.equal('old');
    }).timeout(20_000);
  });
});
