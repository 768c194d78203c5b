// Which FFmpeg do we run, and with how many threads?

/** The two executables and the threads an encode may use (memory grows with them: 132, 154, 187 MB for 1, 2, 6). */
export interface MediaTools {
  readonly ffmpeg: string;
  readonly ffprobe: string;
  readonly threads: number;
  /** Hears of each command when it is run, program first; what confines it is left out. */
  readonly onCommand?: ((argv: readonly string[]) => void) | undefined;
}
