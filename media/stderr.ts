// Which of FFmpeg's complaints mean that something of the recording was lost?

/**
 * FFmpeg exits with 0 after damage, so its words decide. A recording by Chromium in Matroska prints
 * "non monotonically increasing dts" at error level and is whole: only words that mean loss count.
 */
const lossPatterns: readonly RegExp[] = [
  /File ended prematurely/i,
  /partial file/i,
  /EBML (?:number|header)|Element at 0x|Invalid EBML|Unknown EBML|Unexpected EOF/i,
  /Invalid data found|Invalid length 0x/i,
  /error while decoding|Error decoding|decode_slice|concealing|error submitting packet/i,
  /Invalid NAL|missing picture|no frame!|non-existing PPS|co located POCs unavailable/i,
  /corrupt|damaged|truncat|Discarding .* packet|Packet corrupt/i,
  /Invalid (?:frame|header|packet|start code|partition|sync code)|Header size larger|Insufficient data|Not all references/i,
  /Error parsing Opus|Error applying|channel element .* is not allocated|Number of bands/i,
];

/** The file simply stops in the middle of something. */
const cutPatterns: readonly RegExp[] = [
  /File ended prematurely/i,
  /partial file/i,
  /Unexpected EOF/i,
  /moov atom not found/i,
  /: End of file$/m,
];

/** Newer versions put several in a row: the stream's, then the decoder's. */
const decorations = /^(?:\[[^\]]*\] ?)+/;
const maximumLines = 10;

/** The first lines that mean loss, without FFmpeg's addresses (they change from run to run), each once. */
export function lossLines(stderr: string): string[] {
  const lines = new Set<string>();
  for (const raw of stderr.split('\n')) {
    const line = raw.trim().replace(decorations, '');
    if (lossPatterns.some((pattern) => pattern.test(line))) lines.add(line.slice(0, 200));
    if (lines.size === maximumLines) break;
  }
  return [...lines];
}

export const wasCut = (stderr: string): boolean => cutPatterns.some((pattern) => pattern.test(stderr));

/** The machine's fault, not the file's: there was no room to write. */
export const diskWasFull = (stderr: string): boolean =>
  /No space left on device|Disk quota exceeded|File too large/i.test(stderr);

/** The codec that a forbidden stream is written in, as FFmpeg calls it, or `null`. */
export const unsupportedCodec = (stderr: string): string | null =>
  /Codec \((\w+)\) not on whitelist/.exec(stderr)?.[1] ?? null;

/** A frame is larger than was allowed, whatever the header says. */
export const frameWasTooLarge = (stderr: string): boolean =>
  /exceeds specified max pixel count|Picture size \S+ is invalid/i.test(stderr);

export const memoryWasFull = (stderr: string): boolean =>
  /Cannot allocate memory|out of memory/i.test(stderr);
