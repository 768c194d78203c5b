// Can the image's FFmpeg do all that media asks of it, and only that? Compared with the commands that media writes.
import { readFileSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Recording } from '../../domain/recording.ts';
import { readComponents } from '../../images/locks.ts';
import { projectRoot } from '../../images/project-root.ts';
import { passCommand } from '../../media/pass-command.ts';
import { planPass } from '../../media/plan.ts';

const recording = {
  container: 'webm',
  sizeBytes: 1,
  sha256: '0'.repeat(64),
  durationSeconds: 10,
  truncated: false,
  usableBytes: null,
  warnings: [],
  video: {
    index: 0,
    codec: 'vp8',
    profile: null,
    pixelFormat: 'yuv420p',
    width: 640,
    height: 480,
    sampleAspectRatio: 1,
    rotation: 0,
    frameCount: 300,
    framesPerSecond: 30,
    longestGapSeconds: 0,
    longestKeyframeGapSeconds: 1,
    interlaced: true,
    startSeconds: 0,
    endSeconds: 10,
  },
  audio: { index: 1, codec: 'opus', sampleRateHz: 48_000, channels: 1, startSeconds: 0, endSeconds: 10 },
} satisfies Recording;

const command = passCommand(planPass('/in', recording), { folder: '/out', threads: 1 });
const after = (option: string): readonly string[] =>
  command.filter((_, index) => command[index - 1]?.replace(/:[va]$/, '') === option);

/** What FFmpeg puts into a graph without being asked (`ffmpeg_select` of its configure, and avfiltergraph.c). */
const putInByFfmpeg = 'null anull trim atrim crop transpose hflip vflip rotate premultiply_dynamic'.split(
  ' ',
);

describe('the FFmpeg of the image', () => {
  const wanted = readComponents();

  it('has every filter of the pass over an interlaced recording, and no other', () => {
    const graphs = after('-filter_complex')
      .join(';')
      .replaceAll(/\[\w+(?::\d+)?\]/g, '');
    const used = graphs.split(/[;,]/).map((filter) => filter.split('=', 1).join(''));
    expect(Object.keys(wanted.filters)).to.have.members([...new Set([...used, ...putInByFfmpeg])]);
  });

  it('has every encoder of the pass, and those that the null muxer asks for', () => {
    const used = after('-c').filter((name) => name !== 'copy');
    expect(Object.keys(wanted.encoders)).to.have.members([...new Set([...used, 'wrapped_avframe'])]);
  });

  it('has every muxer that media names, and the one of the poster', () => {
    const sources = globSync('media/**/*.ts', { cwd: projectRoot });
    const named = sources.flatMap((path) =>
      [...readFileSync(join(projectRoot, path), 'utf8').matchAll(/'-f', '(\w+)'/g)].map(([, name]) => name),
    );
    expect(Object.keys(wanted.muxers)).to.have.members([...new Set(named)]);
  });
});
