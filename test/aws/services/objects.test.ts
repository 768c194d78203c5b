// Does a bucket of S3 keep what the contract of an object store promises (A9), and leave the rest to the bucket?
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createObjectStore } from '../../../services/aws/objects.ts';
import { media } from '../../../systems/interview/stores.ts';
import { describeObjectStore } from '../../services/contracts/object-store.ts';
import { openBadNetwork } from '../support/bad-network.ts';
import { record, type RecordedCall } from '../support/recorder.ts';
import '../support/server.ts';
import { makeBucket, s3 } from '../support/stores.ts';

describeObjectStore('S3', async () => createObjectStore({ bucketName: await makeBucket(media) }));

const { signal } = new AbortController();
const objectsModule = new URL('../../../services/aws/objects.ts', import.meta.url).href;

describe('an object of S3', () => {
  let bucketName: string;
  let folder: string;
  let path: string;
  beforeEach(async () => {
    bucketName = await makeBucket(media);
    folder = await mkdtemp(join(tmpdir(), 'greenroom-s3-'));
    path = join(folder, 'file');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  for (const sizeBytes of [0, 3, 9 * 1024 * 1024]) {
    it(`of ${sizeBytes} bytes has its type and a checksum, and no encryption but its bucket’s (A38)`, async () => {
      const calls: RecordedCall[] = [];
      const client = s3();
      record(client, '', calls);
      await writeFile(path, Buffer.alloc(sizeBytes));
      await createObjectStore({ bucketName, client }).upload('a', path, 'video/mp4', signal);
      for (const { input } of calls) {
        expect(input).to.include({ ChecksumAlgorithm: 'CRC32' });
        expect(Object.keys(input).filter((name) => /SSE|Encrypt|ACL/.test(name))).to.deep.equal([]);
      }
      const found = await s3().send(
        new HeadObjectCommand({ Bucket: bucketName, Key: 'a', ChecksumMode: 'ENABLED' }),
      );
      expect(found).to.include({ ContentType: 'video/mp4', ContentLength: sizeBytes });
    });
  }

  it('is private to the user who downloaded it', async () => {
    const store = createObjectStore({ bucketName });
    await store.writeJson('a', {});
    await store.download('a', path, signal);
    expect((await stat(path)).mode & 0o777).to.equal(0o600);
  });

  it('says DISK_FULL when there is no room for it, and leaves nothing', async () => {
    await writeFile(path, Buffer.alloc(2 * 1024 * 1024));
    await createObjectStore({ bucketName }).upload('large', path, 'video/webm', signal);
    const disk = join(folder, 'disk');
    await mkdir(disk);
    const script = `
      import { createObjectStore } from ${JSON.stringify(objectsModule)};
      import { readdir, writeFile } from 'node:fs/promises';
      const [disk, bucketName] = process.argv.slice(1);
      await writeFile(disk + '/file', 'the caller’s');
      const { signal } = new AbortController();
      const error = await createObjectStore({ bucketName }).download('large', disk + '/file', signal).catch((e) => e);
      console.log(JSON.stringify({ name: error?.name, code: error?.code, files: await readdir(disk) }));`;
    const mount = 'mount -t tmpfs -o size=1m none "$1" && exec "$2" --input-type=module -e "$3" "$1" "$4"';
    const args = ['sh', '-c', mount, 'sh', disk, process.execPath, script, bucketName];
    const { stdout } = await promisify(execFile)('unshare', ['--mount', '--map-root-user', ...args]);
    expect(JSON.parse(stdout)).to.deep.equal({
      name: 'TemporaryFailure',
      code: 'DISK_FULL',
      files: ['file'],
    });
    expect(await readdir(disk)).to.deep.equal([]);
  });

  it('lies at a path of the server, not at a name of its own, when a server stands in for S3', async () => {
    const address = process.env['AWS_ENDPOINT_URL'] ?? '';
    const hosts: (string | undefined)[] = [];
    const network = await openBadNetwork(address, ({ host }) => {
      hosts.push(host);
      return null;
    });
    try {
      process.env['AWS_ENDPOINT_URL'] = network.endpoint.replace('127.0.0.1', 'localhost');
      await createObjectStore({ bucketName }).writeJson('a', {});
    } finally {
      process.env['AWS_ENDPOINT_URL'] = address;
      await network.close();
    }
    expect(hosts).to.deep.equal([new URL(network.endpoint.replace('127.0.0.1', 'localhost')).host]);
  });
});
