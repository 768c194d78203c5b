// Is the work of a killed run found again by the same request, and by no other?
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openWorkFolder, type Request, type WorkFolder } from '../../local/work-folder.ts';
import { WrongUsage } from '../../local/wrong-usage.ts';

const request: Request = {
  path: '/recordings/answer.webm',
  sizeBytes: 100,
  modifiedMs: 1,
  question: null,
  language: 'en-US',
  transcriber: { kind: 'none' },
  settings: ['on', null],
};

const differences: { readonly [what: string]: Partial<Request> } = {
  'another file': { path: '/recordings/other.webm' },
  'a file of another size': { sizeBytes: 101 },
  'a file that was written since': { modifiedMs: 2 },
  'another question': { question: 'Why?' },
  'another language': { language: 'de-DE' },
  'another transcriber': { transcriber: { kind: 'pocketsphinx' } },
  'another setting': { settings: ['off', null] },
};

describe('the work folder', () => {
  let out: string;
  let opened: WorkFolder[];
  beforeEach(async () => {
    out = await mkdtemp(join(tmpdir(), 'greenroom-work-'));
    opened = [];
  });
  afterEach(async () => {
    for (const work of opened) await work.remove();
    await rm(out, { recursive: true, force: true });
  });

  async function open(wanted: Request): Promise<WorkFolder> {
    const work = await openWorkFolder(out, wanted);
    opened.push(work);
    return work;
  }

  /** Leaves what a killed run leaves: its files without its lock, which the kernel takes back. */
  async function leave(wanted: Request): Promise<string> {
    const { path, recordId, remove } = await openWorkFolder(out, wanted);
    await writeFile(join(path, 'half-done'), 'work');
    await cp(path, join(out, 'copy'), { recursive: true });
    await remove();
    await rename(join(out, 'copy'), path);
    return recordId;
  }

  it('is private, and gone when it is removed', async () => {
    const work = await open(request);
    expect((await stat(work.path)).mode & 0o777).to.equal(0o700);
    await work.remove();
    expect(await readdir(out)).to.deep.equal([]);
  });

  it('is taken up again by the same request, with its record and its files', async () => {
    const recordId = await leave(request);
    const work = await open({ ...request });
    expect(work.recordId).to.equal(recordId);
    expect(existsSync(join(work.path, 'half-done'))).to.equal(true);
  });

  for (const [what, difference] of Object.entries(differences))
    it(`is emptied for ${what}`, async () => {
      const recordId = await leave(request);
      const work = await open({ ...request, ...difference });
      expect(work.recordId).not.to.equal(recordId);
      expect(existsSync(join(work.path, 'half-done'))).to.equal(false);
    });

  for (const [what, note] of Object.entries({
    'is no JSON': '{"finger',
    'names no record': '{"fingerprint":"x"}',
  }))
    it(`is emptied when its note ${what}`, async () => {
      await leave(request);
      await writeFile(join(out, '.greenroom-work', 'request.json'), note);
      const work = await open(request);
      expect(existsSync(join(work.path, 'half-done'))).to.equal(false);
    });

  it('belongs to one run at a time', async () => {
    const first = await open(request);
    await writeFile(join(first.path, 'half-done'), 'work');
    for (const wanted of [request, { ...request, question: 'Why?' }]) {
      const refusal = await open(wanted).catch((error: unknown) => error);
      expect(refusal)
        .to.be.instanceOf(WrongUsage)
        .with.property('message', `Another analysis is writing into ${out}.`);
    }
    expect(existsSync(join(first.path, 'half-done'))).to.equal(true);
    await first.remove();
    expect((await open(request)).recordId).not.to.equal(first.recordId);
  });
});
