// What does a function without FFmpeg get in its place? Names at which there is nothing.
import type { HandlerContext } from '../handlers/support/handler.ts';

/** For stages on the plain image; a handler that runs a program anyway is told that it is not installed. */
export const noMedia: HandlerContext['media'] = {
  tools: { ffmpeg: 'no-ffmpeg-in-a-plain-image', ffprobe: 'no-ffprobe-in-a-plain-image', threads: 1 },
  openVision: null,
};
