// What are images made of that we did not write? Read from the two lock files.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { projectRoot } from './project-root.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const pinned = z.strictObject({
  reference: z.string().regex(/^[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}$/),
  /** Whether whoever wrote it down pulled the image and compared the digest. */
  pulledHere: z.boolean(),
  /** Where the digest is from, in words. */
  source: z.string().min(20),
});
const baseSchema = z.strictObject({
  lambdaBase: z.strictObject({ amd64: pinned, arm64: pinned }),
  builder: pinned,
});

const ffmpegSchema = z.strictObject({
  sources: z.array(
    z.strictObject({
      name: z.string(),
      version: z.string(),
      /** In Debian's archive. */
      path: z.string().startsWith('pool/main/'),
      sha256,
      upstream: z.url(),
      licence: z.string(),
      licenceFile: z.string(),
    }),
  ),
  debianLibraries: z.array(
    z.strictObject({
      name: z.string(),
      package: z.string(),
      atLeast: z.string(),
      licence: z.string(),
    }),
  ),
});

const read = (path: string): unknown => JSON.parse(readFileSync(join(projectRoot, 'images', path), 'utf8'));

/** The images that ours stand on. */
export const readBaseLock = (): z.infer<typeof baseSchema> => baseSchema.parse(read('base.lock.json'));

/** What is linked into ffmpeg and ffprobe. */
export const readFfmpegLock = (): z.infer<typeof ffmpegSchema> =>
  ffmpegSchema.parse(read('media/ffmpeg.lock.json'));

const componentsSchema = z.strictObject({
  protocols: z.record(z.string(), z.string()),
  demuxers: z.record(z.string(), z.string()),
  muxers: z.record(z.string(), z.string()),
  encoders: z.record(z.string(), z.string()),
  decoders: z.record(z.string(), z.string()),
  parsers: z.record(z.string(), z.string()),
  bsfs: z.record(z.string(), z.string()),
  filters: z.record(z.string(), z.string()),
});

/** What FFmpeg is made to be able to do: names as its `configure` knows them, each with the reason. */
export const readComponents = (): z.infer<typeof componentsSchema> =>
  componentsSchema.parse(read('media/ffmpeg/components.json'));

/** What those components bring along, in the same words. */
export const readImplied = (): z.infer<typeof componentsSchema> =>
  componentsSchema.parse(read('media/ffmpeg/implied.json'));
