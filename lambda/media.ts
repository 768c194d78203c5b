// Do the media programs of this image work? They are tried once, before the first call (A30).
import { HandlerFailed, type HandlerContext } from '../handlers/support/handler.ts';
import { InternalError } from '../domain/errors.ts';
import { collectText, runProcess } from '../media/process.ts';
import { openVision } from '../media/vision/open-vision.ts';
import type { HostEnvironment } from './environment.ts';

/** Lambda gives one vCPU for each of these. */
const memoryOfOneCpuMiB = 1769;

/** Lambda gives the start of a function 10 s. */
const patienceSeconds = 8;

const threadsOf = (memoryMiB: number): number => Math.max(1, Math.round(memoryMiB / memoryOfOneCpuMiB));

async function tryProgram(command: string): Promise<void> {
  const { reader, text } = collectText();
  const { exitCode, killedBy, stderr } = await runProcess({
    command,
    args: ['-version'],
    signal: AbortSignal.timeout(patienceSeconds * 1000),
    timeoutSeconds: patienceSeconds,
    onStdout: reader,
  });
  if (exitCode !== 0 || !/^ff(?:mpeg|probe) version /.test(text()))
    throw new InternalError(
      `${command} -version ended with ${String(exitCode ?? killedBy)}: ${stderr.trim() || 'no word'}`,
    );
}

async function tryVision(bundleDirectory: string): Promise<void> {
  const signal = AbortSignal.timeout(patienceSeconds * 1000);
  const session = await openVision({ bundleDirectory, signal, width: 320, height: 180, samplesPerSecond: 1 });
  await session.close();
}

/**
 * FFmpeg and the vision models of this image, after each was tried. `visionDirectory` is `null` for a stage that looks
 * for no faces.
 * @throws HandlerFailed with a sentence that names what does not work; Lambda reports it as the function's start error
 */
export async function openMedia(
  environment: HostEnvironment,
  visionDirectory: string | null,
): Promise<HandlerContext['media']> {
  const { GREENROOM_FFMPEG: ffmpeg, GREENROOM_FFPROBE: ffprobe } = environment;
  try {
    await Promise.all([
      tryProgram(ffmpeg),
      tryProgram(ffprobe),
      ...(visionDirectory === null ? [] : [tryVision(visionDirectory)]),
    ]);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new HandlerFailed(new InternalError(`This image does not work: ${reason}`, { cause: error }));
  }
  return {
    tools: { ffmpeg, ffprobe, threads: threadsOf(environment.AWS_LAMBDA_FUNCTION_MEMORY_SIZE) },
    openVision:
      visionDirectory === null
        ? null
        : (options) => openVision({ ...options, bundleDirectory: visionDirectory }),
  };
}
