// Which names and kinds of file may an argument have?
import { execFile } from 'node:child_process';
import { chmod, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { clip, copyClip } from './clips.ts';
import { succeeds, type CorpusCase, type Expectation } from './corpus-case.ts';

const run = promisify(execFile);
const noFile: Expectation = { status: 'FAILED', code: ['NOT_MEDIA', 'EMPTY'], mayBeUsageError: true };
const isRoot = process.getuid?.() === 0;

/** A file of this name, made by commands hidden in other names, proves that a shell or a template ran. */
export const provedInjection = 'pwned';

const names: readonly (readonly [name: string, fileName: string, why: string, byBareName?: true])[] = [
  ['spaces in its name', 'my second  answer .webm', 'Splitting at spaces loses it.'],
  ['unicode in its name', 'réponse-答え-🎤-e\u0301.webm', 'Names are bytes, and é has two spellings.'],
  ['%2F and %20 in its name', 'a%2Fb%20c.webm', 'Decoding it would name another file.'],
  ['a leading - in its name', '-y.webm', 'It looks like an option of ours or of FFmpeg.', true],
  ['quotes in its name', `it's "my" answer.webm`, 'Quotes end strings.'],
  ['a line break in its name', 'first\nsecond.webm', 'Lists of files are split at lines.'],
  ['$(…) in its name', `$(touch ${provedInjection}).webm`, 'A shell would run it.', true],
  [
    '` and ; in its name',
    `\`touch ${provedInjection}\`;touch ${provedInjection};.webm`,
    'A shell would run it.',
    true,
  ],
  ['a name of 250 letters', `${'n'.repeat(245)}.webm`, 'A suffix makes it too long for the file system.'],
  ['a name like a pattern', 'frame-%03d.webm', 'FFmpeg reads patterns as lists of pictures.'],
  [
    'a name like an address',
    'concat:one.webm|two.webm',
    'FFmpeg reads what stands before a colon as a protocol.',
    true,
  ],
  ['a name like a filter option', `a:b,c;[d]=e\\f.webm`, 'These characters end an option in a filter graph.'],
  ['no ending in its name', 'recording', 'The ending says nothing.'],
  ['a wrong ending in its name', 'recording.m3u8', 'The ending says nothing.'],
  ['a dot before its name', '.webm', 'The whole name is the ending.'],
];

const places: readonly CorpusCase[] = [
  {
    name: 'a directory',
    fileName: 'folder.webm',
    make: async (file) => mkdir(file),
    expect: noFile,
    why: 'It can be opened and not read.',
  },
  {
    name: 'a missing file',
    fileName: 'missing.webm',
    make: async () => undefined,
    expect: noFile,
    why: 'A mistyped name.',
  },
  {
    name: 'a FIFO',
    fileName: 'pipe.webm',
    make: async (file) => void (await run('mkfifo', [file])),
    expect: noFile,
    why: 'Opening it waits for ever.',
  },
  {
    name: 'a link to a recording',
    fileName: 'link.webm',
    make: async (file) => symlink(await clip('short.webm'), file),
    expect: succeeds,
    why: 'The user means the recording.',
  },
  {
    name: 'a link to itself',
    fileName: 'loop.webm',
    make: async (file) => symlink(file, file),
    expect: noFile,
    why: 'It leads nowhere.',
  },
  {
    name: 'a link to a device without end',
    fileName: 'zero.webm',
    make: async (file) => symlink('/dev/zero', file),
    expect: noFile,
    why: 'It has no size and never ends.',
  },
  {
    name: 'a file that may not be read',
    fileName: 'private.webm',
    make: unreadable,
    expect: isRoot ? succeeds : noFile,
    why: 'Permissions; root may read it all the same.',
  },
];

async function unreadable(file: string): Promise<void> {
  await copyClip('short.webm', file);
  await chmod(file, 0o000);
}

export const placeCases: readonly CorpusCase[] = [
  ...names.map(([name, fileName, why, byBareName = false]) => ({
    name,
    fileName,
    expect: succeeds,
    why: `${why} The recording itself is good.`,
    make: async (file: string) => copyClip('short.webm', file),
    byBareName,
  })),
  ...places,
];

/** Where the commands in the names would leave their proof. */
export const injectionProofIn = (directory: string): string => join(directory, provedInjection);
