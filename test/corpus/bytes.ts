// How are EBML elements, MP4 boxes and damaged bytes written by hand?

/** An EBML element; the size takes four bytes, or is "unknown" where no content is given. */
export function element(id: number, content?: Buffer): Buffer {
  const name = Buffer.from(
    id.toString(16).padStart(id > 0xffff ? (id > 0xffffff ? 8 : 6) : id > 0xff ? 4 : 2, '0'),
    'hex',
  );
  if (content === undefined) return Buffer.concat([name, Buffer.from('01ffffffffffffff', 'hex')]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(0x10000000 + content.length);
  return Buffer.concat([name, size, content]);
}

/** An EBML unsigned integer of four bytes. */
export function ebmlNumber(id: number, value: number): Buffer {
  const content = Buffer.alloc(4);
  content.writeUInt32BE(value);
  return element(id, content);
}

export const ebmlText = (id: number, value: string): Buffer => element(id, Buffer.from(value, 'utf8'));

/** The header every Matroska file starts with. */
export function ebmlHeader(docType: string): Buffer {
  const version = [
    ebmlNumber(0x4286, 1),
    ebmlNumber(0x42f7, 1),
    ebmlNumber(0x42f2, 4),
    ebmlNumber(0x42f3, 8),
  ];
  const type = [ebmlText(0x4282, docType), ebmlNumber(0x4287, 4), ebmlNumber(0x4285, 2)];
  return element(0x1a45dfa3, Buffer.concat([...version, ...type]));
}

export const ebmlId = {
  segment: 0x18538067,
  info: 0x1549a966,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackNumber: 0xd7,
  trackUid: 0x73c5,
  trackType: 0x83,
  codecId: 0x86,
  cluster: 0x1f43b675,
  chapters: 0x1043a770,
} as const;

interface Position {
  readonly id: number;
  readonly at: number;
  readonly body: number;
  readonly end: number;
}

/** An EBML number of one to eight bytes; `undefined` stands for the size "unknown". */
function readNumber(
  data: Buffer,
  at: number,
): { readonly value: number | undefined; readonly length: number } {
  const length = Math.clz32(data.readUInt8(at)) - 23;
  const raw = data.subarray(at, at + length);
  const value = raw.reduce(
    (sum, byte, index) => sum * 256 + (index === 0 ? byte & (0xff >> length) : byte),
    0,
  );
  return { value: value === 2 ** (7 * length) - 1 ? undefined : value, length };
}

/** The elements of a Matroska file up to its first Cluster, the Segment opened and its children listed. */
function elementsOf(data: Buffer): Position[] {
  const found: Position[] = [];
  for (let at = 0; at < data.length && found.at(-1)?.id !== ebmlId.cluster;) {
    const idLength = readNumber(data, at).length;
    const id = data.readUIntBE(at, idLength);
    const size = readNumber(data, at + idLength);
    const body = at + idLength + size.length;
    const end = id === ebmlId.segment ? body : body + (size.value ?? 0);
    found.push({ id, at, body, end });
    at = end;
  }
  return found;
}

/** Where the first such element of the Segment stands, or an error that says which is missing. */
export function positionOf(data: Buffer, id: number): Position {
  const found = elementsOf(data).find((one) => one.id === id);
  if (found === undefined) throw new Error(`no element ${id.toString(16)} before the media of this file`);
  return found;
}

/** What stands before the first Cluster without SeekHead and Void: as a browser starts a recording. */
export function headAsABrowserWritesIt(data: Buffer): Buffer {
  const written = new Set<number>([0x1a45dfa3, ebmlId.segment, ebmlId.info, ebmlId.tracks]);
  const kept = elementsOf(data).filter(({ id }) => written.has(id));
  return Buffer.concat(kept.map(({ at, end }) => data.subarray(at, end)));
}

/** An MP4 box. */
export function box(type: string, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
}

/** The boxes that stand one after the other in these bytes. */
export function boxesOf(data: Buffer): { readonly type: string; readonly body: Buffer }[] {
  const found = [];
  for (let at = 0; at + 8 <= data.length; at += data.readUInt32BE(at)) {
    const size = data.readUInt32BE(at);
    if (size < 8) throw new Error('this box has no plain 32-bit size');
    found.push({ type: data.toString('latin1', at + 4, at + 8), body: data.subarray(at + 8, at + size) });
  }
  return found;
}

const containers = new Set(['moov', 'trak', 'mdia', 'minf', 'dinf']);

/** The same boxes with every box of one type, however deep in the movie header, given another body. */
export function replaceBoxes(data: Buffer, type: string, body: (old: Buffer) => Buffer): Buffer {
  const replaced = boxesOf(data).map((one) => {
    if (one.type === type) return box(one.type, body(one.body));
    return box(one.type, containers.has(one.type) ? replaceBoxes(one.body, type, body) : one.body);
  });
  return Buffer.concat(replaced);
}

/** A seeded generator (mulberry32) of numbers in [0, 1): the same damage in every run. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A copy with this many bits turned over, all behind `from`. */
export function flipBits(
  data: Buffer,
  { count, seed, from = 0 }: { count: number; seed: number; from?: number },
): Buffer {
  const next = seeded(seed);
  const copy = Buffer.from(data);
  for (let index = 0; index < count; index += 1) {
    const at = from + Math.floor(next() * (copy.length - from));
    copy.writeUInt8(copy.readUInt8(at) ^ (1 << Math.floor(next() * 8)), at);
  }
  return copy;
}

/** Bytes without any pattern, the same in every run. */
export function noise(length: number, seed: number): Buffer {
  const next = seeded(seed);
  return Buffer.from(Array.from({ length }, () => Math.floor(next() * 256)));
}

const vp8KeyFrameStart = Buffer.from([0x9d, 0x01, 0x2a]);

/** Positions of the width in every VP8 key frame header; the height stands two bytes further. */
export function vp8Sizes(data: Buffer): number[] {
  const found: number[] = [];
  for (let at = data.indexOf(vp8KeyFrameStart); at >= 0; at = data.indexOf(vp8KeyFrameStart, at + 3))
    found.push(at + 3);
  return found;
}

/** Writes a picture size into a VP8 key frame header at a position that {@link vp8Sizes} gave. */
export function writeVp8Size(data: Buffer, at: number, side: number): void {
  data.writeUInt16LE(side, at);
  data.writeUInt16LE(side, at + 2);
}
