// Is an image as it should be? Judged from what it says of itself and what is seen inside.
import { z } from 'zod';
import type { ImageFacts } from '../builder.ts';
import { lambdaUser } from '../builder-arguments.ts';
import { readComponents, readFfmpegLock, readImplied } from '../locks.ts';
import { asListed, listedNamesIn, type ListedKind } from './ffmpeg-lists.ts';

const listed = z.record(
  z.enum(['protocols', 'demuxers', 'muxers', 'encoders', 'decoders', 'bsfs', 'filters']),
  z.string(),
);
/** What `look-inside.ts` prints. */
export const insideSchema = z.object({
  uid: z.int(),
  node: z.string(),
  setuid: z.array(z.string()),
  writable: z.array(z.string()),
  handler: z.boolean(),
  ffmpegVersion: z.string(),
  ffprobeVersion: z.string(),
  lists: listed,
  components: z.string(),
  licences: z.array(z.string()),
  limits: z.boolean(),
  parentDeath: z.boolean(),
});
export type Inside = z.infer<typeof insideSchema>;

export interface Finding {
  /** What should be so. */
  readonly rule: string;
  /** Empty when it is so; else what is there instead. */
  readonly fault: string;
}

/** Lambda takes up to 10 GB; every one of these starts slower than the one before it. */
const largestBytes = 450 * 1024 ** 2;

const listKinds: readonly ListedKind[] = [
  'protocols',
  'demuxers',
  'muxers',
  'encoders',
  'decoders',
  'bsfs',
  'filters',
];

const rule = (words: string, isSo: boolean, instead: string): Finding => ({
  rule: words,
  fault: isSo ? '' : instead,
});

function listFinding(kind: ListedKind, text: string): Finding {
  const wanted = asListed([...Object.keys(readComponents()[kind]), ...Object.keys(readImplied()[kind])]);
  const found = listedNamesIn(kind, text);
  const missing = wanted.filter((name) => !found.includes(name));
  const extra = found.filter((name) => !wanted.includes(name));
  return rule(
    `FFmpeg's ${kind} are those of components.json`,
    missing.length + extra.length === 0,
    `missing: ${missing.join(', ') || 'none'}; not asked for: ${extra.join(', ') || 'none'}`,
  );
}

const firstLine = (text: string): string => text.split('\n', 1).join('');

function mediaFindings(inside: Inside): readonly Finding[] {
  const { sources, debianLibraries } = readFfmpegLock();
  const version = sources.find(({ name }) => name === 'ffmpeg')?.version ?? '';
  const components = inside.components.split('\n').slice(1);
  const known = [...sources, ...debianLibraries].map(({ name }) => name);
  return [
    ...listKinds.map((kind) => listFinding(kind, inside.lists[kind])),
    ...(['ffmpeg', 'ffprobe'] as const).map((program) => {
      const said = firstLine(inside[`${program}Version`]);
      return rule(
        `${program} is ${version}`,
        said.startsWith(`${program} version ${version} `),
        said || 'it does not run',
      );
    }),
    rule(
      'every library of FFmpeg is in components.tsv, with its licence beside it',
      known.every(
        (name) => components.some((line) => line.startsWith(`${name}\t`)) && inside.licences.includes(name),
      ),
      `components: ${components.join('; ')}; licences: ${inside.licences.join(', ')}`,
    ),
    rule('limits of the kernel bind in the image', inside.limits, 'prlimit does not work'),
    rule('FFmpeg ends with its parent', inside.parentDeath, 'setpriv does not work'),
  ];
}

export interface Judged {
  readonly facts: ImageFacts;
  readonly inside: Inside;
  readonly architecture: string;
  readonly hasFfmpeg: boolean;
  /** `false` for the media image itself. */
  readonly isStage: boolean;
}

/** Every rule, kept or broken. */
export function findings({ facts, inside, architecture, hasFfmpeg, isStage }: Judged): readonly Finding[] {
  const { sizeBytes, labels } = facts;
  return [
    rule(`the architecture is ${architecture}`, facts.architecture === architecture, facts.architecture),
    rule(
      `the user is ${lambdaUser}, not root`,
      facts.user === lambdaUser && inside.uid !== 0,
      facts.user || 'root',
    ),
    rule(
      'it runs with a read-only root and without capabilities',
      inside.writable.length === 0,
      inside.writable.join(', '),
    ),
    rule('Node is 24', inside.node.startsWith('v24.'), inside.node),
    rule('it is at most 450 MiB', sizeBytes === null || sizeBytes <= largestBytes, String(sizeBytes)),
    rule(
      'its labels say title, version and licences',
      ['title', 'version', 'licenses'].every((name) => labels[`org.opencontainers.image.${name}`]),
      Object.keys(labels).join(', ') || 'no labels',
    ),
    ...(isStage
      ? [
          rule(
            'its command is index.handler, and that file is there',
            facts.command.join(' ') === 'index.handler' && inside.handler,
            facts.command.join(' '),
          ),
        ]
      : []),
    rule('no file is setuid or setgid', inside.setuid.length === 0, inside.setuid.join(', ')),
    ...(hasFfmpeg
      ? mediaFindings(inside)
      : [rule('it carries no FFmpeg', inside.ffmpegVersion === '', 'it does')]),
  ];
}
