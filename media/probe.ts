// What is in this file, and is it a recording that may be analysed?
import { stat } from 'node:fs/promises';
import { z } from 'zod';
import { RecordingRejected } from '../domain/errors.ts';
import {
  limits,
  type AudioStream,
  type Container,
  type Recording,
  type VideoStream,
} from '../domain/recording.ts';
import { roundTo } from '../domain/span.ts';
import { throwUnlessItsOwnEnd } from './child-failure.ts';
import { sha256Of } from './file-hash.ts';
import { mayDecode, memoryGuard, probeLimits, processSeconds, safeInput } from './input-arguments.ts';
import { scanPackets, type PacketScan, type StreamPackets, type TimeBreak } from './packets.ts';
import { collectText, runProcess } from './process.ts';
import { sniff } from './sniff.ts';
import {
  nothingInside,
  tooManyPixels,
  tooManyStreams,
  unreadable,
  unreadableCodec,
} from './probe-refusals.ts';
import { frameWasTooLarge, lossLines, wasCut } from './stderr.ts';
import type { MediaTools } from './tools.ts';

const streamSchema = z.object({
  index: z.int(),
  codec_type: z.string().default('unknown'),
  codec_name: z.string().default('unknown'),
  profile: z.string().optional(),
  pix_fmt: z.string().optional(),
  field_order: z.string().default('unknown'),
  width: z.int().optional(),
  height: z.int().optional(),
  sample_aspect_ratio: z.string().optional(),
  sample_rate: z.coerce.number().optional(),
  channels: z.int().optional(),
  start_time: z.coerce.number().optional(),
  disposition: z.object({ attached_pic: z.int().default(0) }).optional(),
  side_data_list: z.array(z.object({ rotation: z.number().optional() })).default([]),
});
type Stream = z.infer<typeof streamSchema>;
const headersSchema = z.object({ streams: z.array(streamSchema).default([]) });

async function readHeaders(
  source: { readonly path: string; readonly container: Container },
  tools: MediaTools,
  signal: AbortSignal,
): Promise<readonly Stream[]> {
  const { reader, text } = collectText();
  const result = await runProcess({
    command: tools.ffprobe,
    args: [
      '-v',
      'error',
      ...memoryGuard,
      '-show_streams',
      '-of',
      'json',
      ...safeInput(source.path, source.container),
    ],
    signal,
    timeoutSeconds: processSeconds.headers,
    limits: probeLimits,
    onStart: tools.onCommand,
    onStdout: reader,
  });
  const { exitCode, stderr } = result;
  // FFmpeg calls too many streams a want of memory.
  if (/max_streams|stream count exceed/i.test(stderr)) throw tooManyStreams();
  throwUnlessItsOwnEnd(result, 'The look at the headers');
  if (frameWasTooLarge(stderr)) throw tooManyPixels('larger than its header may say');
  if (exitCode !== 0) throw unreadable(stderr);
  return headersSchema.parse(JSON.parse(text())).streams;
}

const decoded = new Set(['video', 'audio', 'subtitle']);

/** Players turn by the display matrix, counter-clockwise in ffprobe's words; rounded to quarter turns. */
function rotationOf(stream: Stream): VideoStream['rotation'] {
  const turned = stream.side_data_list.find((data) => data.rotation !== undefined)?.rotation ?? 0;
  const quarters = (((Math.round(-turned / 90) % 4) + 4) % 4) * 90;
  return quarters === 90 || quarters === 180 || quarters === 270 ? quarters : 0;
}

/** `4:3` as a number; unknown (`0:1`) and absurd ratios count as square. */
function aspectOf({ sample_aspect_ratio: ratio = '1:1' }: Stream): number {
  const [wide = 0, high = 0] = ratio.split(':').map(Number);
  const aspect = wide / high;
  return aspect >= 1 / 4 && aspect <= 4 ? roundTo(aspect, 4) : 1;
}

function videoOf(stream: Stream, packets: StreamPackets): VideoStream {
  const { width = 0, height = 0 } = stream;
  if (width * height > limits.maximumPixels) throw tooManyPixels(`${String(width)} × ${String(height)}`);
  const seconds = packets.endSeconds - packets.startSeconds;
  return {
    index: stream.index,
    codec: stream.codec_name,
    profile: stream.profile ?? null,
    pixelFormat: stream.pix_fmt ?? null,
    width,
    height,
    sampleAspectRatio: aspectOf(stream),
    rotation: rotationOf(stream),
    frameCount: packets.count,
    framesPerSecond: seconds > 0 ? roundTo(packets.count / seconds) : 0,
    longestGapSeconds: roundTo(packets.longestGapSeconds),
    longestKeyframeGapSeconds: roundTo(packets.longestKeyframeGapSeconds),
    interlaced: !['progressive', 'unknown'].includes(stream.field_order),
    startSeconds: roundTo(packets.startSeconds),
    endSeconds: roundTo(packets.endSeconds),
  };
}

const longestEncoderDelaySeconds = 0.1;

/** Newer FFmpeg begins the time line after the sound that an encoder puts in front (6.5 ms of Opus), and says so. */
function beginningOf({ codec_type, start_time }: Stream, { startSeconds }: StreamPackets): number {
  if (codec_type !== 'audio' || start_time === undefined) return startSeconds;
  const delay = start_time - startSeconds;
  return delay > 0 && delay < longestEncoderDelaySeconds ? start_time : startSeconds;
}

const audioOf = (stream: Stream, packets: StreamPackets): AudioStream => ({
  index: stream.index,
  codec: stream.codec_name,
  sampleRateHz: stream.sample_rate ?? 0,
  channels: stream.channels ?? 0,
  startSeconds: roundTo(beginningOf(stream, packets)),
  endSeconds: roundTo(packets.endSeconds),
});

/** The first stream of a kind that has packets; a cover picture is no video. */
function firstOf(
  streams: readonly Stream[],
  kind: 'video' | 'audio',
  scan: PacketScan,
): readonly [Stream, StreamPackets] | null {
  for (const stream of streams) {
    const packets = scan.streams.get(stream.index);
    const usable = kind === 'video' ? (stream.width ?? 0) > 0 : (stream.sample_rate ?? 0) > 0;
    if (stream.codec_type === kind && stream.disposition?.attached_pic !== 1 && packets && usable)
      return [stream, packets];
  }
  return null;
}

/** A Matroska file may be cut anywhere; an MP4 has its index at one of its ends, and its times never restart. */
const usableBytesOf = (container: Container, breaks: TimeBreak | null): number | null =>
  container === 'mp4' ? null : (breaks?.atByte ?? null);

/** FFmpeg counts from the earliest picture or sound of the file, of streams that are not used as well. */
const startOf = (streams: readonly Stream[], scan: PacketScan): number =>
  Math.min(
    ...streams
      .filter(({ codec_type }) => codec_type === 'video' || codec_type === 'audio')
      .flatMap((stream) => {
        const packets = scan.streams.get(stream.index);
        return packets ? beginningOf(stream, packets) : [];
      }),
  );

/**
 * The facts of a file, or a `RecordingRejected` that says in one sentence why it cannot be analysed:
 * EMPTY, NOT_MEDIA, TRUNCATED, TOO_LARGE, TOO_LONG or TOO_MANY_PIXELS. Never follows what the file refers to.
 * @throws ResourceExhausted, TemporaryFailure when ffprobe was ended before it had read the file
 */
export async function probe(path: string, tools: MediaTools, signal: AbortSignal): Promise<Recording> {
  const { size } = await stat(path);
  if (size > limits.maximumBytes) throw new RecordingRejected('TOO_LARGE', 'The file is larger than 2 GiB.');
  const source = { path, container: await sniff(path) };
  const streams = await readHeaders(source, tools, signal);
  if (streams.length > limits.maximumStreams) throw tooManyStreams();
  for (const { codec_type: kind, codec_name: codec } of streams)
    if (decoded.has(kind) && codec !== 'unknown' && !mayDecode(codec)) throw unreadableCodec(codec);
  const scan = await scanPackets(source, tools, signal);
  const cut = wasCut(scan.stderr);
  const video = firstOf(streams, 'video', scan);
  const audio = firstOf(streams, 'audio', scan);
  if (!video && !audio)
    throw nothingInside(cut || streams.some(({ codec_type: kind }) => kind === 'video' || kind === 'audio'));
  const found = [video, audio].filter((entry) => entry !== null).map(([, packets]) => packets);
  const startSeconds = startOf(streams, scan);
  const durationSeconds = Math.max(...found.map((packets) => packets.endSeconds)) - startSeconds;
  const claimedSeconds = Math.max(durationSeconds, scan.latestSeconds - startSeconds);
  if (claimedSeconds > limits.maximumSeconds)
    throw new RecordingRejected(
      'TOO_LONG',
      `The recording is ${String(Math.round(claimedSeconds / 60))} minutes long; Greenroom accepts up to ${String(limits.maximumSeconds / 60)}.`,
    );
  // FFmpeg would fill the hole with thousands of pictures, and an MP4 cannot be cut by bytes.
  if (source.container === 'mp4' && scan.breaks?.kind === 'hole')
    throw new RecordingRejected(
      'TRUNCATED',
      'For more than a minute in its middle the MP4 holds nothing at all; Greenroom cannot read across that.',
    );
  return {
    container: source.container,
    sizeBytes: size,
    sha256: await sha256Of(path, signal),
    durationSeconds: Math.max(roundTo(durationSeconds), 0.001),
    // ffprobe reads up to what it cannot make sense of, and then fails.
    truncated: cut || scan.breaks !== null || scan.exitCode !== 0,
    usableBytes: usableBytesOf(source.container, scan.breaks),
    warnings: lossLines(scan.stderr),
    video: video && videoOf(...video),
    audio: audio && audioOf(...audio),
  };
}
