// Does a child process end when it must, and leave nothing behind?
import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { runChild } from '../../../services/local/child.ts';
import { thrownBy } from '../contracts/object-store.ts';

const { signal } = new AbortController();
const whenMissing = 'install the program';
const sh = (script: string, options: { signal?: AbortSignal; timeLimitSeconds?: number } = {}) =>
  runChild({ command: 'sh', args: ['-c', script], signal, whenMissing, ...options });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'greenroom-child-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** The process ids that a script wrote to a file, once there are as many as wanted. */
async function pidsIn(path: string, count: number): Promise<number[]> {
  for (;;) {
    const text = await readFile(path, 'utf8').catch(() => '');
    const pids = text.split('\n').filter(Boolean).map(Number);
    if (pids.length >= count) return pids;
    await wait(10);
  }
}

/** Dead, or dead and not yet collected by its parent. */
async function isGone(pid: number): Promise<boolean> {
  const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  return state === null || /\) [ZX] /.test(state);
}

async function waitUntilGone(pids: readonly number[]): Promise<void> {
  for (const pid of pids) while (!(await isGone(pid))) await wait(20);
}

describe('a child process', () => {
  it('gives its exit code, its whole output and the end of its errors', async () => {
    const result = await sh('printf é; printf "%020000d" 0 >&2; printf end >&2; exit 7');
    expect(result).to.include({ exitCode: 7, stdout: 'é' });
    expect(result.stderrTail).to.have.lengthOf(16_384).and.match(/end$/);
  });

  it('gets its arguments untouched and nothing to read', async () => {
    const args = ['-c', 'cat; printf "%s|" "$@"', 'sh', '$(id)', '; ls', '', '*', '-n', 'a b\n'];
    const { stdout } = await runChild({ command: 'sh', args, signal, whenMissing });
    expect(stdout).to.equal('$(id)|; ls||*|-n|a b\n|');
  });

  it('has no exit code when a signal ended it', async () => {
    expect((await sh('kill -SEGV $$')).exitCode).to.equal(null);
  });

  it('that is not installed is rejected with the sentence for the user', async () => {
    for (const command of ['/nowhere/whisper-cli', 'no-such-program-7f3a', '/etc/passwd']) {
      const error = await thrownBy(runChild({ command, args: [], signal, whenMissing }));
      expect(error).to.include({ name: 'ServiceRejected', message: whenMissing });
    }
  });

  it('is stopped with its own children by an abort', async () => {
    const controller = new AbortController();
    const script = `sleep 60 & echo $$ $! | tr ' ' '\\n' > ${folder}/pids; wait`;
    const run = thrownBy(sh(script, { signal: controller.signal }));
    const pids = await pidsIn(join(folder, 'pids'), 2);
    controller.abort(new Error('stopped'));
    expect(await run).to.have.property('message', 'stopped');
    await waitUntilGone(pids);
  });

  it('that ignores SIGTERM is killed after five seconds', async () => {
    const controller = new AbortController();
    const script = `trap '' TERM; (trap '' TERM; echo $$ > ${folder}/pids; while :; do sleep 1; done)`;
    const run = thrownBy(sh(script, { signal: controller.signal }));
    const pids = await pidsIn(join(folder, 'pids'), 1);
    const start = performance.now();
    controller.abort(new Error('stopped'));
    expect(await run).to.have.property('message', 'stopped');
    expect(performance.now() - start).to.be.within(4500, 8000);
    await waitUntilGone(pids);
  }).timeout(15_000);

  it('that takes too long is a TIMEOUT', async () => {
    expect(await thrownBy(sh('sleep 30', { timeLimitSeconds: 0.2 }))).to.include({
      name: 'TemporaryFailure',
      code: 'TIMEOUT',
    });
  });

  it('that writes without end is stopped', async () => {
    expect(await thrownBy(sh('cat /dev/zero'))).to.include({ name: 'TemporaryFailure', code: 'UPSTREAM' });
  });

  it('starts nothing when the signal is aborted already', async () => {
    await thrownBy(sh(`touch ${folder}/ran`, { signal: AbortSignal.abort(new Error('stopped')) }));
    expect(await readFile(join(folder, 'ran')).catch(() => null)).to.equal(null);
  });

  it('does not outlive us when we are killed', async () => {
    const module = new URL('../../../services/local/child.ts', import.meta.url).href;
    const script = `
      import { runChild } from ${JSON.stringify(module)};
      const { signal } = new AbortController();
      const args = ['-c', 'sleep 60 & echo $$ $! | tr " " "\\n" > "$1"; wait', 'sh', process.argv[1]];
      await runChild({ command: 'sh', args, signal, whenMissing: '' });`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script, join(folder, 'pids')]);
    const pids = await pidsIn(join(folder, 'pids'), 2);
    parent.kill('SIGKILL');
    await once(parent, 'close');
    await waitUntilGone(pids);
  });
});
