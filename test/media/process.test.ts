// Does every child process end, keep within its limits and leave nothing behind?
import { spawn } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { InternalError } from '../../domain/errors.ts';
import { collectText, readLines, runProcess, type ProcessOptions } from '../../media/process.ts';
import { scratchPath } from './support/clips.ts';

const { signal } = new AbortController();
const sh = (script: string, more: Partial<ProcessOptions> = {}) =>
  runProcess({ command: 'sh', args: ['-c', script], signal, timeoutSeconds: 20, ...more });
const node = (script: string, more: Partial<ProcessOptions> = {}) =>
  runProcess({ command: process.execPath, args: ['-e', script], signal, timeoutSeconds: 20, ...more });

/** A zombie counts as gone: whoever inherits it has only not yet looked. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${String(pid)}/status`, 'utf8'));
  } catch {
    return false;
  }
}

async function goneWithin(pid: number, ms: number): Promise<boolean> {
  for (let waited = 0; waited < ms && isAlive(pid); waited += 20) await sleep(20);
  return !isAlive(pid);
}

const caught = (running: Promise<unknown>): Promise<unknown> =>
  running.then(
    () => 'no error',
    (error: unknown) => error,
  );

/** Aborts as soon as the child has written a line, and gives the numbers in it. */
async function abortAfterPids(script: string): Promise<{ pids: number[]; error: unknown; seconds: number }> {
  const abort = new AbortController();
  let pids: number[] = [];
  let abortedAt = 0;
  const error = await caught(
    sh(script, {
      signal: abort.signal,
      onStdout: readLines((line) => {
        pids = line.split(' ').map(Number);
        abortedAt = performance.now();
        abort.abort(new Error('cancelled'));
      }),
    }),
  );
  return { pids, error, seconds: (performance.now() - abortedAt) / 1000 };
}

const onLinux = process.platform === 'linux';
const describeNothing = (): void => undefined;
const limits = { cpuSeconds: 60, addressSpaceBytes: 2 ** 33, fileBytes: 2 ** 30 };

describe('runProcess', function () {
  this.timeout(20_000);

  it('gives exit code, signal and words', async () => {
    expect(await sh('echo oops >&2; exit 7')).to.deep.equal({
      exitCode: 7,
      killedBy: null,
      timedOut: false,
      stderr: 'oops\n',
    });
    expect(await sh('kill -USR1 $$')).to.include({ exitCode: null, killedBy: 'SIGUSR1' });
  });

  it('keeps the last 64 KiB of a megabyte of standard error', async () => {
    const { stderr } = await node(`
      for (let n = 0; n < 1024; n += 1) process.stderr.write(String(n).padStart(1023, '.') + '\\n')`);
    expect(stderr).to.have.lengthOf(64 * 1024);
    expect(stderr.endsWith('.1023\n')).to.equal(true);
    expect(stderr.startsWith(`${'.'.repeat(1020)}960\n`)).to.equal(true);
  });

  it('reads extra pipes to the end, at the pace of a slow reader', async () => {
    let seen = 0;
    let largestLead = 0;
    const counters: number[] = [];
    await node(
      `const fs = require('node:fs');
       const block = Buffer.alloc(65536);
       for (let n = 1; n <= 64; n += 1) {
         for (let at = 0; at < block.length;)
           try { at += fs.writeSync(3, block, at) } catch (error) { if (error.code !== 'EAGAIN') throw error }
         fs.writeSync(4, n + '\\n');
       }`,
      {
        pipes: [
          async (stream) => {
            for await (const chunk of stream) {
              seen += (chunk as Buffer).length;
              largestLead = Math.max(largestLead, (counters.at(-1) ?? 0) * 65_536 - seen);
              await sleep(1);
            }
          },
          readLines((line) => counters.push(Number(line))),
        ],
      },
    );
    expect(seen).to.equal(64 * 65_536);
    expect(counters).to.have.lengthOf(64);
    expect(largestLead).to.be.lessThan(16 * 65_536);
  });

  it('says clearly that a command is not installed', async () => {
    for (const more of [{}, { limits }]) {
      const error = await caught(
        runProcess({ command: 'no-such-command', args: [], signal, timeoutSeconds: 5, ...more }),
      );
      expect(error).to.be.instanceOf(InternalError);
      expect(error).to.have.property(
        'message',
        'no-such-command is not installed; ./greenroom doctor says what is missing',
      );
    }
    expect(await sh('exit 127')).to.include({ exitCode: 127 });
  });

  it('ends a child when its time is over, and says so', async () => {
    expect(await sh('sleep 30', { timeoutSeconds: 0.1 })).to.include({
      exitCode: null,
      killedBy: 'SIGTERM',
      timedOut: true,
    });
  });

  it('starts nothing when the signal was aborted before, and throws its reason', async () => {
    const reason = new Error('cancelled');
    const path = scratchPath('never');
    expect(await caught(sh(`touch ${path}`, { signal: AbortSignal.abort(reason) }))).to.equal(reason);
    expect(() => statSync(path)).to.throw('ENOENT');
  });

  it('ends the whole group on abort: the child, its child, and what that one left', async () => {
    const { pids, error, seconds } = await abortAfterPids(`sleep 30 & (sleep 31 & echo $$ $! ) ; wait`);
    expect(error).to.have.property('message', 'cancelled');
    expect(pids).to.have.lengthOf(2);
    for (const pid of pids) expect(await goneWithin(pid, 500), `process ${pid}`).to.equal(true);
    expect(seconds).to.be.lessThan(3);
  });

  it('kills after 5 s what ignores SIGTERM, also when only a grandchild does', async () => {
    const runs = await Promise.all([
      abortAfterPids(`trap '' TERM; echo $$; while :; do sleep 0.1; done`),
      abortAfterPids(`sh -c "trap '' TERM; echo $$ \\$\\$; while :; do sleep 0.1; done" & wait`),
    ]);
    for (const { pids, error, seconds } of runs) {
      expect(error).to.have.property('message', 'cancelled');
      expect(seconds).to.be.within(4.9, 8);
      for (const pid of pids) expect(await goneWithin(pid, 500), `process ${pid}`).to.equal(true);
    }
  });

  it('leaves no grandchild that ignores SIGTERM and holds no pipe', async () => {
    const { pids, seconds } = await abortAfterPids(
      `sh -c "trap '' TERM; echo \\$\\$; exec >/dev/null 2>&1; while :; do sleep 0.1; done" & wait`,
    );
    expect(await goneWithin(pids[0] ?? 0, 500)).to.equal(true);
    expect(seconds).to.be.lessThan(3);
  });

  it('ends a child whose reader fails, and throws what the reader threw', async () => {
    const failure = new Error('unreadable');
    const abort = new AbortController();
    let pid = 0;
    const error = await caught(
      sh('echo $$ >&3; while :; do echo more; done', {
        signal: abort.signal,
        onStdout: () => Promise.reject(failure),
        pipes: [readLines((line) => (pid = Number(line)))],
      }),
    );
    expect(error).to.equal(failure);
    if (pid > 0) expect(await goneWithin(pid, 500)).to.equal(true);
  });

  it('cuts lines across chunks and gives the last one without a line feed', async () => {
    const lines: string[] = [];
    const { reader, text } = collectText();
    await sh(`printf 'ä\\nb'; sleep 0.1; printf 'c\\n\\nd'`, {
      onStdout: readLines((line) => lines.push(line)),
    });
    await sh(`printf 'whole'`, { onStdout: reader });
    expect(lines).to.deep.equal(['ä', 'bc', '', 'd']);
    expect(text()).to.equal('whole');
  });

  // Elsewhere the kernel sets no such limits and only the wall clock binds: there is nothing to test.
  (onLinux ? describe : describeNothing)('on Linux', () => {
    it('ends a child that uses more CPU time than it may', async () => {
      const result = await sh('while :; do :; done', { limits: { ...limits, cpuSeconds: 1 } });
      expect(result).to.include({ killedBy: 'SIGXCPU', timedOut: false });
    });

    it('ends a child that writes more than it may', async () => {
      const path = scratchPath('large');
      const result = await sh(`exec head -c 3000000 /dev/zero > ${path}`, {
        limits: { ...limits, fileBytes: 1_000_000 },
      });
      expect(result.exitCode).to.not.equal(0);
      expect(statSync(path).size).to.equal(1_000_000);
    });

    it('refuses memory beyond the limit', async () => {
      const result = await runProcess({
        command: process.execPath,
        args: ['-e', '0'],
        signal,
        timeoutSeconds: 20,
        limits: { ...limits, addressSpaceBytes: 100_000_000 },
      });
      expect(result.exitCode === 0 && result.killedBy === null).to.equal(false);
    });

    it('leaves no child when Greenroom itself is killed', async () => {
      const parent = spawn(
        process.execPath,
        [
          '--input-type=module',
          '-e',
          `import { runProcess } from ${JSON.stringify(new URL('../../media/process.ts', import.meta.url).href)};
           await runProcess({
             command: 'sh',
             args: ['-c', 'echo $$ >&3; exec sleep 30'],
             signal: new AbortController().signal,
             timeoutSeconds: 60,
             pipes: [async (stream) => { for await (const chunk of stream) process.stdout.write(chunk); }],
           });`,
        ],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      const pid = await new Promise<number>((resolve) => {
        parent.stdout.once('data', (data: Buffer) => resolve(Number(data.toString())));
      });
      expect(isAlive(pid)).to.equal(true);
      parent.kill('SIGKILL');
      expect(await goneWithin(pid, 2000)).to.equal(true);
    });
  });
});
