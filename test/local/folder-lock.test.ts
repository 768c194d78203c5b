// Does a process hold a folder for itself, until it ends?
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'chai';
import { lockFolder } from '../../local/folder-lock.ts';
import { makeFolder } from '../interview/support/command-line.ts';

const module = join(import.meta.dirname, '../../local/folder-lock.ts');

describe('the lock of a folder', function () {
  this.timeout(20_000);
  let folder: Awaited<ReturnType<typeof makeFolder>>;
  beforeEach(async () => {
    folder = await makeFolder('lock');
  });
  afterEach(() => folder.remove());

  /** What another process sees: it runs `script` with `lockFolder` and `folder`, and its exit code is the answer. */
  const elsewhere = (script: string): number | null => {
    const text = `import { lockFolder } from ${JSON.stringify(module)};\nconst folder = process.argv[1];\n${script}`;
    const args = ['--disable-warning=ExperimentalWarning', '--expose-gc', '--input-type=module', '-e', text];
    return spawnSync(process.execPath, [...args, folder.path], { encoding: 'utf8' }).status;
  };
  const isFree = (): boolean => elsewhere('process.exit(lockFolder(folder) ? 0 : 7)') === 0;

  it('keeps other processes out until it is closed', () => {
    const lock = lockFolder(folder.path);
    expect([lock?.isHeld(), isFree()]).to.deep.equal([true, false]);
    lock?.close();
    expect([lock?.isHeld(), isFree()]).to.deep.equal([false, true]);
  });

  it('goes with the process that had it, however that one ends', () => {
    elsewhere('lockFolder(folder); process.kill(process.pid, "SIGKILL")');
    expect(isFree()).to.equal(true);
  });

  it('is held although nobody refers to it', () => {
    const second = `spawnSync(process.execPath, ['--input-type=module', '-e', again, folder]).status`;
    const again = `import { lockFolder } from ${JSON.stringify(module)}; process.exit(lockFolder(process.argv[1]) ? 0 : 7)`;
    const script = `const { spawnSync } = await import('node:child_process'); const again = ${JSON.stringify(again)};
      lockFolder(folder); await new Promise((go) => setTimeout(go, 10)); gc(); gc(); await new Promise((go) => setTimeout(go, 10));
      process.exit(${second});`;
    expect(elsewhere(script)).to.equal(7);
  });
});
