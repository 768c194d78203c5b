// Are tokens, sealed texts and the secret behind them this machine's own, and nobody else's?
import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createAccounts } from '../../../services/local/accounts.ts';
import {
  createSessionIdentity,
  localUser,
  readOrMakeSessionToken,
} from '../../../services/local/identity.ts';
import { createSealer } from '../../../services/local/sealer.ts';
import { deriveKey, readOrMakeSecret } from '../../../services/local/secret.ts';
import { describeIdentity } from '../contracts/identity.ts';
import { thrownBy } from '../contracts/object-store.ts';
import { describeSealer } from '../contracts/sealer.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'greenroom-secrets-'));
});
after(() => rm(folder, { recursive: true, force: true }));

const secret = Buffer.alloc(32, 1);
describeSealer('this machine', async () => createSealer({ secret }), {
  makeOther: async () => createSealer({ secret: randomBytes(32) }),
});

describeIdentity('this machine', async () => {
  const token = await readOrMakeSessionToken(join(folder, 'identity', 'token'));
  return {
    identity: createSessionIdentity({ token }),
    token,
    userId: localUser,
    refused: { 'of another data folder': await readOrMakeSessionToken(join(folder, 'other', 'token')) },
  };
});

const module = new URL('../../../services/local/secret.ts', import.meta.url).href;

/** The secret as another process reads or makes it. */
function inAnotherProcess(path: string): Promise<string> {
  const script = `
    import { readOrMakeSecret } from ${JSON.stringify(module)};
    process.stdout.write((await readOrMakeSecret(process.argv[1])).toString('hex'));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return text(child.stdout);
}

describe('the secret of this machine', () => {
  it('is made once, of 32 bytes, private to its user, and stays', async () => {
    const path = join(folder, 'made', 'secret');
    const made = await readOrMakeSecret(path);
    expect(made).to.have.length(32);
    expect((await readOrMakeSecret(path)).equals(made)).to.equal(true);
    expect((await stat(path)).mode & 0o777).to.equal(0o600);
    expect((await stat(join(path, '..'))).mode & 0o777).to.equal(0o700);
    expect(await readdir(join(path, '..'))).to.deep.equal(['secret']);
  });

  it('is the same for processes and callers that ask for it at once', async () => {
    const path = join(folder, 'at-once', 'secret');
    const here = Array.from({ length: 10 }, async () => (await readOrMakeSecret(path)).toString('hex'));
    const all = await Promise.all([...here, ...Array.from({ length: 4 }, () => inAnotherProcess(path))]);
    expect(new Set(all)).to.have.length(1);
    expect(await readdir(join(path, '..'))).to.deep.equal(['secret']);
  });

  it('is made private again when somebody opened it to others', async () => {
    const path = join(folder, 'opened', 'secret');
    const made = await readOrMakeSecret(path);
    await chmod(path, 0o644);
    expect((await readOrMakeSecret(path)).equals(made)).to.equal(true);
    expect((await stat(path)).mode & 0o777).to.equal(0o600);
  });

  it('is never replaced: a file with something else is refused and stays', async () => {
    const path = join(folder, 'something');
    for (const content of ['', 'short', `${'A'.repeat(43)}\n`, 'A'.repeat(44), 'ß'.repeat(43)]) {
      await writeFile(path, content);
      expect(await thrownBy(readOrMakeSecret(path))).to.include({ name: 'InternalError' });
      expect(await readFile(path, 'utf8')).to.equal(content);
    }
  });

  it('gives keys that differ by purpose and by secret, and are always the same', () => {
    const keys = [
      deriveKey(secret, 'sealer'),
      deriveKey(secret, 'upload form'),
      deriveKey(Buffer.alloc(32, 2), 'sealer'),
    ].map((key) => key.toString('hex'));
    expect(new Set([...keys, secret.toString('hex')])).to.have.length(4);
    expect(deriveKey(secret, 'sealer').toString('hex')).to.equal(keys[0]);
  });
});

describe('the accounts of this machine', () => {
  it('are none, so there is none to remove', async () => {
    expect(await createAccounts().remove(localUser)).to.equal(false);
  });
});
