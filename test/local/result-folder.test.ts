// Is a file that Greenroom did not write safe in the folder for the results?
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { requireResultFolder } from '../../local/result-folder.ts';
import { WrongUsage } from '../../local/wrong-usage.ts';
import { fixtureReport } from '../fixtures/report.ts';

describe('the folder for the results', () => {
  let out = '';
  beforeEach(async () => {
    out = await mkdtemp(join(tmpdir(), 'greenroom-results-'));
  });
  afterEach(() => rm(out, { recursive: true }));

  const put = (name: string, text = 'mine'): Promise<void> => writeFile(join(out, name), text);
  const refusal = (sources: readonly string[] = []): Promise<unknown> =>
    requireResultFolder(out, sources).then(
      () => null,
      (error: unknown) => error,
    );

  it('may be empty or hold anything with another name', async () => {
    await put('holiday.mp4');
    expect(await refusal()).to.equal(null);
  });

  for (const name of ['playback.mp4', 'captions.vtt', 'poster.jpg', 'report.html', 'report.json'])
    it(`is refused with a ${name} of somebody else`, async () => {
      await put(name, '{"files":["report.json"]}');
      const error = await refusal();
      expect(error).to.be.instanceOf(WrongUsage);
      expect(String(error)).to.include(name);
    });

  it('may hold the results of an earlier run, but nothing that this run did not list', async () => {
    await put('report.json', JSON.stringify({ ...fixtureReport, files: { playback: 'playback.mp4' } }));
    await put('playback.mp4');
    await put('report.html');
    expect(await refusal()).to.equal(null);
    await put('captions.vtt');
    expect(String(await refusal())).to.include('captions.vtt');
  });

  it('is refused when the recording itself would be overwritten, through a link as well', async () => {
    await put('report.json', JSON.stringify(fixtureReport));
    await put('playback.mp4');
    await symlink(join(out, 'playback.mp4'), join(out, 'answer.mp4'));
    expect(String(await refusal([join(out, 'answer.mp4')]))).to.include('overwritten');
  });
});
