// Does `./greenroom` do from the first word to the last file what its user was promised?
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import sharp from 'sharp';
import { z } from 'zod';
import { reportSchema, type Report } from '../../domain/report.ts';
import {
  greenroom,
  makeFolder,
  projectFolder,
  readReport,
  run,
  withoutVision,
  type Said,
} from './support/command-line.ts';
import { boxesOf, cuesOf, decodedSeconds, ffprobe } from './support/produced-files.ts';
import { shortClip, speakingClip } from './support/recordings.ts';

const everyFile = [
  'captions.vtt',
  'playback.mp4',
  'poster.jpg',
  'poster.webp',
  'report.html',
  'report.json',
  'speech.wav',
  'storyboard.jpg',
  'storyboard.vtt',
];
const withoutCaptions = everyFile.filter((name) => name !== 'captions.vtt');
const question = 'What slowed your team down?';
/** What is said in the first four seconds of the sample. */
const words = 'Um, at my last company our nightly build';
const vtt = `WEBVTT\n\n00:00.700 --> 00:03.307\n${words}\n`;

let folder: Awaited<ReturnType<typeof makeFolder>>;
let speaking: string;
let short: string;
const at = (...names: string[]): string => join(folder.path, ...names);
/** A file of the one whole analysis. */
const out = (name: string): string => at('whole', name);

before(async function () {
  this.timeout(20_000);
  folder = await makeFolder('journey');
  speaking = await speakingClip(folder.path);
  short = await shortClip(folder.path);
  await writeFile(at('words.vtt'), vtt);
});
after(() => folder.remove());

describe('greenroom analyze', function () {
  this.timeout(60_000);
  let said: Said;
  let report: Report;
  before(async () => {
    const flags = ['--question', question, '--transcript', 'words.vtt', '--language', 'en-US', '--json'];
    said = await run(greenroom, ['analyze', 'speaking.webm', '--out', 'whole', ...flags], {
      cwd: folder.path,
    });
    expect(said.code, said.stderr).to.equal(0);
    report = await readReport(at('whole'));
  });

  it('writes every file and nothing else', async () => {
    expect((await readdir(at('whole'))).toSorted()).to.deep.equal(everyFile);
  });

  it('prints the report with --json and nothing else', () => {
    expect(reportSchema.parse(JSON.parse(said.stdout))).to.deep.equal(report);
    expect(said.stderr).to.equal('');
  });

  it('prints a report that fits the published JSON Schema', async () => {
    const schema: unknown = JSON.parse(
      await readFile(join(projectFolder, 'docs/report.schema.json'), 'utf8'),
    );
    const published = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
    const printed = JSON.parse(said.stdout) as Report;
    expect(published.safeParse(printed).error?.issues).to.equal(undefined);
    expect(published.safeParse({ ...printed, status: 'PERFECT' }).success).to.equal(false);
  });

  it('makes an H.264 and AAC video that starts at once and is as long as the recording', async () => {
    const [made, recorded] = await Promise.all([ffprobe(out('playback.mp4')), ffprobe(speaking)]);
    const [video, audio] = made.streams;
    expect(made.streams).to.have.length(2);
    expect(video).to.deep.include({
      codec_name: 'h264',
      profile: 'High',
      pix_fmt: 'yuv420p',
      width: 1280,
      height: 720,
    });
    expect(audio).to.deep.include({ codec_name: 'aac', sample_rate: '48000', channels: 1 });
    expect(video?.['nb_read_packets']).to.equal(recorded.streams[0]?.['nb_read_packets']);
    expect(report.playback?.frameCount).to.equal(Number(video?.['nb_read_packets']));
    const [playable, original] = await Promise.all([
      decodedSeconds(out('playback.mp4')),
      decodedSeconds(speaking),
    ]);
    expect(playable).to.be.closeTo(original, 0.2);
    const boxes = await boxesOf(out('playback.mp4'));
    expect(boxes.indexOf('moov')).to.be.within(0, boxes.indexOf('mdat') - 1);
  });

  it('makes a poster of the size of the video and a storyboard whose tiles lie on its sheet', async () => {
    for (const [name, format] of [
      ['poster.jpg', 'jpeg'],
      ['poster.webp', 'webp'],
    ] as const)
      expect(await sharp(out(name)).metadata()).to.deep.include({ format, width: 1280, height: 720 });
    const sheet = await sharp(out('storyboard.jpg')).metadata();
    const cues = await cuesOf(out('storyboard.vtt'));
    expect(cues).to.have.length(report.storyboard?.tileCount ?? 0);
    for (const { text } of cues) {
      const [, file, ...numbers] = /^(.+)#xywh=(\d+),(\d+),(\d+),(\d+)$/.exec(text) ?? [];
      const [x = 0, y = 0, width = 0, height = 0] = numbers.map(Number);
      expect(file).to.equal('storyboard.jpg');
      expect([width, height]).to.deep.equal([160, 90]);
      expect(x + width, text).to.be.at.most(sheet.width);
      expect(y + height, text).to.be.at.most(sheet.height);
    }
    expect(new Set(cues.map(({ text }) => text))).to.have.property('size', cues.length);
    expect(cues.at(-1)?.endSeconds).to.be.closeTo(report.playback?.durationSeconds ?? 0, 0.1);
  });

  it('makes a speech file of 16 kHz mono and captions with the words of the transcript', async () => {
    const { streams, format } = await ffprobe(out('speech.wav'));
    expect(streams).to.have.length(1);
    expect(streams[0]).to.deep.include({ codec_name: 'pcm_s16le', sample_rate: '16000', channels: 1 });
    expect(Number(format['duration'])).to.be.closeTo(report.recording.durationSeconds, 0.2);
    const cues = await cuesOf(out('captions.vtt'));
    expect(cues.map(({ text }) => text.replaceAll(/\s+/g, ' ')).join(' ')).to.equal(words);
    expect(cues[0]?.startSeconds).to.equal(0.7);
  });

  it('puts the question, the language and the face into the report', () => {
    expect(report.question).to.equal(question);
    expect(report.transcript).to.deep.include({ language: 'en-US', source: 'file:vtt' });
    expect(report.figures.wordCount).to.deep.include({ value: 8 });
    expect(report.figures.facePresence).to.deep.include({ value: 1, provenance: 'vision' });
    expect(report.poster?.reason).to.include('face');
  });

  it('makes a page that asks nobody for anything', async () => {
    const page = await readFile(out('report.html'), 'utf8');
    expect(page).to.include(question).and.include('data:video/mp4;base64,');
    expect(page).not.to.match(/(?:src|href)="(?:https?:)?\/\//);
  });

  it('replaces the results of an earlier run and removes what has become stale', async () => {
    await writeFile(out('notes.txt'), 'mine');
    const second = await run(greenroom, ['analyze', short, '--out', at('whole')], { env: withoutVision });
    expect(second.code, second.stderr).to.equal(0);
    expect((await readdir(at('whole'))).toSorted()).to.deep.equal(
      [...withoutCaptions, 'notes.txt'].toSorted(),
    );
    const replaced = await readReport(at('whole'));
    expect(replaced.recordId).not.to.equal(report.recordId);
    expect(await sharp(out('poster.jpg')).metadata()).to.deep.include({ width: 160 });
    expect(await readFile(out('report.html'), 'utf8')).not.to.include(question);
  });
});

describe('greenroom analyze without a transcript', function () {
  this.timeout(30_000);
  let said: Said;
  let report: Report;
  before(async () => {
    said = await run(greenroom, ['analyze', speaking], { cwd: folder.path, env: withoutVision });
    expect(said.code, said.stderr).to.equal(0);
    report = await readReport(at('speaking.webm.report'));
  });

  it('leaves the figures of the words empty, says why, and still has the syllable rate (A64)', () => {
    const figures = Object.values(report.figures);
    const ofWords = figures.filter(({ provenance }) => provenance === 'transcript');
    expect(ofWords.length).to.be.at.least(8);
    for (const { value, formula, ...rest } of ofWords) {
      expect(value, formula).to.equal(null);
      expect('reason' in rest && rest.reason, formula).to.match(/No speech recogniser is configured/);
    }
    expect(report.transcript).to.equal(null);
    expect(report.assessment).to.equal(null);
    expect(report.assessmentReason).to.match(/transcript/);
    expect(report.figures.syllableRate).to.include({ provenance: 'audio-only' });
    expect(report.figures.syllableRate?.value).to.be.within(2, 7);
  });

  it('says that looking for faces was switched off', () => {
    for (const name of ['facePresence', 'attention', 'framing'] as const)
      expect(report.figures[name]).to.deep.include({
        value: null,
        reason: 'looking for faces was switched off',
      });
  });

  it('writes beside the caller and says where, in words that can be read', () => {
    expect(said.stdout)
      .to.include('speaking.webm.report/report.html')
      .and.include('speaking.webm.report/playback.mp4');
    expect(said.stdout).to.match(/Syllables per second.*\d/);
    expect(said.stderr).to.match(/^ {2}0 % {2}checking the recording$/m);
  });
});

describe('greenroom analyze with other transcripts', function () {
  this.timeout(30_000);
  const srt = `1\n00:00:00,700 --> 00:00:03,307\n${words}\n`;
  const json = JSON.stringify({
    words: words
      .split(' ')
      .map((text, index) => ({ text, startSeconds: 0.7 + index / 4, endSeconds: 0.9 + index / 4 })),
  });
  for (const [name, text] of Object.entries({ srt, json }))
    it(`reads .${name}`, async () => {
      await writeFile(at(`words.${name}`), text);
      const args = [
        'analyze',
        short,
        '--out',
        at(name),
        '--transcript',
        at(`words.${name}`),
        '--language',
        'en',
      ];
      const said = await run(greenroom, args, { env: withoutVision });
      expect(said.code, said.stderr).to.equal(0);
      const report = await readReport(at(name));
      expect(report.transcript?.source).to.equal(`file:${name}`);
      expect(report.figures.fillersPer100Words).to.include({ provenance: 'transcript' });
      expect(report.figures.wordCount?.value).to.equal(8);
    });
});

describe('greenroom, used wrongly', function () {
  this.timeout(30_000);
  const cases: { [name: string]: { args: string[]; env?: { [name: string]: string }; says: RegExp } } = {
    'no file': { args: ['analyze'], says: /missing required argument 'file'/ },
    'a file that is not there': {
      args: ['analyze', 'nowhere.webm'],
      says: /There is no file .*nowhere\.webm/,
    },
    'a folder': { args: ['analyze', '.'], says: /is not a file/ },
    'an unknown option': { args: ['analyze', 'short.webm', '--fast'], says: /unknown option '--fast'/ },
    'an unknown command': { args: ['analyse', 'short.webm'], says: /unknown command 'analyse'/ },
    'two files': { args: ['analyze', 'short.webm', 'speaking.webm'], says: /too many arguments/ },
    'no language tag': {
      args: ['analyze', 'short.webm', '--language', 'English, please'],
      says: /A language is written like en-US/,
    },
    'a transcript that is not there': {
      args: ['analyze', 'short.webm', '--transcript', 'nowhere.vtt'],
      says: /transcript nowhere\.vtt/,
    },
    'a transcript that is none': {
      args: ['analyze', 'short.webm', '--transcript', 'short.webm'],
      says: /transcript|line/,
    },
    'a file as the folder for the results': {
      args: ['analyze', 'short.webm', '--out', 'words.vtt'],
      says: /words\.vtt is no folder that can be written to/,
    },
    'an unknown transcriber': {
      args: ['analyze', 'short.webm'],
      env: { GREENROOM_TRANSCRIBER: 'magic' },
      says: /GREENROOM_TRANSCRIBER/,
    },
    'a model without a name': {
      args: ['analyze', 'short.webm'],
      env: { GREENROOM_MODEL_URL: 'http://127.0.0.1:1/v1' },
      says: /GREENROOM_MODEL_URL needs GREENROOM_MODEL/,
    },
  };
  for (const [name, { args, env = {}, says }] of Object.entries(cases))
    it(`ends with 2 and a sentence for ${name}`, async () => {
      const said = await run(greenroom, args, { cwd: folder.path, env });
      expect(said.code, said.stderr).to.equal(2);
      expect(said.stderr).to.match(says);
      expect(said.stderr).not.to.match(/^\s+at /m);
      expect(said.stdout).to.equal('');
      expect(existsSync(at('short.webm.report'))).to.equal(false);
    });

  it('ends with 3 and a sentence for a file that is no recording, and keeps what was there', async () => {
    await writeFile(at('letter.webm'), 'Dear team,\n'.repeat(200));
    await mkdir(at('letter'));
    await writeFile(at('letter', 'notes.txt'), 'earlier');
    const said = await run(greenroom, ['analyze', 'letter.webm', '--out', 'letter', '--json'], {
      cwd: folder.path,
    });
    expect(said.code).to.equal(3);
    expect(said.stderr).to.match(/^NOT_MEDIA: [^\n]+\.\n$/);
    expect(JSON.parse(said.stdout)).to.deep.include({ status: 'FAILED' });
    expect(await readdir(at('letter'))).to.deep.equal(['notes.txt']);
    expect(await readFile(at('letter', 'notes.txt'), 'utf8')).to.equal('earlier');
  });

  it('ends with 1 when the fault is not in the file, and says so', async () => {
    const broken = { GREENROOM_FFMPEG: '/bin/false', ...withoutVision };
    const said = await run(greenroom, ['analyze', 'short.webm'], { cwd: folder.path, env: broken });
    expect([said.code, said.stdout]).to.deep.equal([1, '']);
    expect(said.stderr).to.include('This is a fault of Greenroom, not of your file.');
    expect(existsSync(at('short.webm.report'))).to.equal(false);
  });

  it('ends with 3 for an empty file and leaves no folder', async () => {
    await writeFile(at('empty.mp4'), '');
    const said = await run(greenroom, ['analyze', 'empty.mp4'], { cwd: folder.path });
    expect([said.code, said.stdout]).to.deep.equal([3, '']);
    expect(said.stderr).to.match(/EMPTY: [^\n]+\.\n$/);
    expect(existsSync(at('empty.mp4.report'))).to.equal(false);
  });
});

describe('greenroom on a terminal', function () {
  this.timeout(30_000);

  it('shows percent, state and the time left while it works', async () => {
    const command = `stty cols 100; ${greenroom} analyze ${short} --out ${at('terminal')}`;
    const { code, stdout } = await run('script', ['-qec', command, '/dev/null'], { env: withoutVision });
    expect(code, stdout).to.equal(0);
    expect(stdout).to.match(/\r▕[█░]{10}▏ \d+ % {2}converting, watching and listening/);
    expect(stdout).to.match(/\d:\d\d left/);
    // The line is gone when the report comes.
    expect(stdout.lastIndexOf('\r\u001b[K')).to.be.greaterThan(stdout.lastIndexOf('▏'));
  });
});

describe('greenroom doctor', function () {
  this.timeout(30_000);

  it('says what is installed and which settings there are, and no secret', async () => {
    const said = await run(greenroom, ['doctor'], { env: { GREENROOM_MODEL_KEY: 'sesame' } });
    expect(said.code, said.stderr).to.equal(0);
    for (const tool of ['node', 'ffmpeg', 'ffprobe', '@vladmandic/human', 'sharp'])
      expect(said.stdout).to.match(new RegExp(`^✓ ${tool} +\\d`, 'm'));
    expect(said.stdout).to.include('GREENROOM_TRANSCRIBER').and.not.include('sesame');
  });

  it('says with 1 what is missing and what that costs', async () => {
    const said = await run(greenroom, ['doctor'], { env: { GREENROOM_FFMPEG: '/nowhere/ffmpeg' } });
    expect(said.code).to.equal(1);
    expect(said.stdout).to.match(/^✗ ffmpeg +missing .*nothing can be analysed/m);
  });
});
