// Does a function get the machine code of its own architecture, and only what the lock file names?
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { nativeFiles } from '../../images/bundle/native-packages.ts';

const project = join(import.meta.dirname, '../..');
/** e_machine of an ELF file, little endian. */
const machines = { x86_64: 0x3e, arm64: 0xb7 } as const;

const lock = (): Promise<string> => readFile(join(project, 'package-lock.json'), 'utf8');

describe('the native packages of a function', function () {
  this.timeout(120_000);
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'greenroom-native-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  for (const architecture of ['x86_64', 'arm64'] as const)
    it(`are got for ${architecture} on any machine and with any npm (B3)`, async () => {
      // A folder without node_modules: everything must come through npm.
      await writeFile(join(root, 'package-lock.json'), await lock());
      const { files, source } = await nativeFiles(root, architecture);
      expect(source).to.equal(join(root, '.greenroom', 'native', architecture));
      const code = [...files].filter(([path]) => /\.node$|\.so(?:\.\d+)*$/.test(path));
      expect(code.length).to.be.at.least(2);
      for (const [path, bytes] of code) {
        expect(Buffer.from(bytes.subarray(0, 4)).toString('latin1'), path).to.equal('\u007fELF');
        expect(Buffer.from(bytes).readUInt16LE(18), path).to.equal(machines[architecture]);
      }
    });

  it('are refused when they are not what the lock file says', async () => {
    const other = (await lock()).replaceAll(
      /("node_modules\/detect-libc": \{[^}]*?"integrity": "sha512-)[^"]+/g,
      '$1AAAA',
    );
    await writeFile(join(root, 'package-lock.json'), other);
    const failed = await nativeFiles(root, 'arm64').catch((error: unknown) => error);
    expect(failed).to.have.property('message').that.contains('detect-libc');
    expect(failed).to.have.property('message').that.contains('is not the package of package-lock.json');
  });
});
