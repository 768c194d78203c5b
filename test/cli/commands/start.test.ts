// Does `./greenroom start` keep what it was given, whatever becomes of its processes?
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { openDeadLetters } from '../../../local/dead-letters.ts';
import { reportSchema } from '../../../domain/report.ts';
import { operations } from '../../../domain/api/operations.ts';
import { bundledSample, longClip, shortClip } from '../../interview/support/recordings.ts';
import { makeFolder, processesNaming, projectFolder, run } from '../../interview/support/command-line.ts';
import {
  failToStart,
  isClosed,
  startGreenroom,
  until,
  upload,
  type Running,
  type StartOptions,
} from '../../local/server/running-server.ts';

const isConverting = ({ progress }: { progress: { step: string; percent: number } | null }): boolean =>
  progress?.step === 'CONVERTING' && progress.percent > 10;

async function notMedia(folder: string): Promise<string> {
  const path = join(folder, 'text.webm');
  await writeFile(path, 'no recording at all');
  return path;
}

describe('./greenroom start', function () {
  this.timeout(120_000);
  let folder: Awaited<ReturnType<typeof makeFolder>>;
  let data: string;
  const servers: Running[] = [];
  beforeEach(async () => {
    folder = await makeFolder('start');
    data = join(folder.path, 'data');
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.kill();
    for (let looks = 0; looks < 100 && (await processesNaming(data)).length > 0; looks += 1) await delay(50);
    expect(await processesNaming(data)).to.deep.equal([]);
    await folder.remove();
  });
  const start = async (options: Partial<StartOptions> = {}): Promise<Running> => {
    const server = await startGreenroom({ data, ...options });
    servers.push(server);
    return server;
  };
  const pidOfAnalyses = async (): Promise<number> => {
    const found = await processesNaming(data);
    return found.find(({ command }) => command.includes('analysis/main.ts'))?.pid ?? 0;
  };

  it('takes the sample through its form to a report that can be fetched (A9, A51)', async () => {
    const server = await start();
    const recordId = await upload(server, bundledSample.recording);
    const record = await until(server, recordId, isClosed);
    expect([record.status, record.hasReport, record.problems]).to.deep.equal(['SUCCEEDED', true, []]);
    const answer = await server.ask('POST', `/records/${recordId}/downloads`);
    const { files } = operations.createDownloads.answer.body.parse(await answer.json());
    const report: unknown = await (await fetch(`${server.url}${files.report ?? ''}`)).json();
    expect(reportSchema.parse(report).recordId).to.equal(recordId);
    const video = await fetch(`${server.url}${files.playback ?? ''}`, { headers: { range: 'bytes=0-99' } });
    expect([video.status, (await video.arrayBuffer()).byteLength]).to.deep.equal([206, 100]);
    const seen = await server.ask('GET', `/records/${recordId}/run`);
    expect(operations.readRun.answer.body.parse(await seen.json()).status).to.equal('SUCCEEDED');
  });

  it('goes on with an analysis in whose middle it was killed', async () => {
    const server = await start();
    const recordId = await upload(server, await longClip(folder.path));
    await until(server, recordId, isConverting);
    await server.kill();
    const again = await start();
    expect(again.token).to.equal(server.token);
    expect((await until(again, recordId, isClosed)).status).to.equal('SUCCEEDED');
  });

  it('starts the process of the analyses again when that one is killed', async () => {
    const server = await start();
    const recordId = await upload(server, await longClip(folder.path));
    await until(server, recordId, isConverting);
    const pid = await pidOfAnalyses();
    process.kill(pid, 'SIGKILL');
    expect((await until(server, recordId, isClosed)).status).to.equal('SUCCEEDED');
    expect(await pidOfAnalyses()).not.to.equal(pid);
    expect(server.said()).to.contain('ended unexpectedly');
  });

  it('ends within five seconds when it is told to, and goes on at the next start', async () => {
    const server = await start();
    const recordId = await upload(server, await longClip(folder.path));
    await until(server, recordId, isConverting);
    const startedAt = performance.now();
    expect(await server.stop()).to.equal(0);
    expect(performance.now() - startedAt).to.be.lessThan(5000);
    expect(await processesNaming(data)).to.deep.equal([]);
    const again = await start();
    expect((await until(again, recordId, isClosed)).status).to.equal('SUCCEEDED');
  });

  it('finds an upload that nobody was told of', async () => {
    const server = await start();
    process.kill(await pidOfAnalyses(), 'SIGSTOP');
    const recordId = await upload(server, await shortClip(folder.path));
    await server.kill();
    process.kill(await pidOfAnalyses(), 'SIGKILL');
    const again = await start();
    expect((await until(again, recordId, isClosed)).status).to.equal('SUCCEEDED');
  });

  it('stops an analysis so that nothing of it runs on (A63)', async () => {
    const server = await start();
    const recordId = await upload(server, await longClip(folder.path));
    await until(server, recordId, isConverting);
    const answer = await server.ask('POST', `/records/${recordId}/cancel`);
    expect(answer.status).to.equal(202);
    const encoders = (await processesNaming(data)).filter(({ command }) => command.includes('ffmpeg'));
    expect(encoders).to.deep.equal([]);
    const record = await until(server, recordId, isClosed);
    expect(record.problems.map(({ code }) => code)).to.deep.equal(['CANCELLED']);
  });

  it('says where it already runs, and ends with a code of its own', async () => {
    const server = await start();
    const { code, said } = await failToStart({ data });
    expect(code).to.equal(4);
    expect(said)
      .to.contain(`Greenroom is already running on ${server.url}`)
      .and.contain(`#token=${server.token}`);
  });

  it('says that a port is taken, and which one to try', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const port = String((other.address() as { port: number }).port);
    const { code, said } = await failToStart({ data, args: ['--port', port] });
    other.close();
    expect([code, said.includes(`Port ${port} is taken`), said.includes('--port 0')]).to.deep.equal([
      2,
      true,
      true,
    ]);
  });

  it('says so when its data cannot be kept where it is told to', async () => {
    const { code, said } = await failToStart({ data: await notMedia(folder.path) });
    expect([code, said.includes('is no folder that can be written to')]).to.deep.equal([2, true]);
  });

  it('lets an operator look at its data, and change nothing meanwhile', async () => {
    const server = await start();
    const recordId = await upload(server, await notMedia(folder.path));
    await until(server, recordId, isClosed);
    const cli = (...args: readonly string[]) =>
      run(process.execPath, [join(projectFolder, 'cli/main.ts'), ...args, '--data', data]);
    const status = await cli('status', '--json');
    expect([status.code, JSON.parse(status.stdout).executions]).to.deep.equal([0, { FAILED: 1 }]);
    const letters = openDeadLetters(join(data, 'dead-letters.sqlite'));
    letters.keep({ id: 'l1', queue: 'uploads', body: '{}', sentAt: '2026-01-01T00:00:00Z', error: 'no' });
    letters.close();
    const replay = await cli('dlq', 'replay', '--all');
    expect([replay.code, replay.stderr.includes(`in use by Greenroom on ${server.url}`)]).to.deep.equal([
      2,
      true,
    ]);
    await server.stop();
    expect((await cli('dlq', 'replay', '--all')).stdout).to.contain('0 of 1 dead letters');
  });

  it('keeps its secrets for its user alone', async () => {
    const server = await start();
    expect(await readFile(join(data, 'session-token'), 'utf8')).to.equal(server.token);
    const { stdout } = await run('find', [data, '-type', 'f', '-perm', '/077']);
    expect(stdout).to.equal('');
  });
});
