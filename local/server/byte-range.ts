// Which bytes does a Range header ask for (RFC 9110, section 14)?

/** First and last byte, both included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

const pattern = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/;

/**
 * `null` for the whole: no header, or one that a server may ignore, such as several ranges, another unit or one that is
 * malformed. `UNSATISFIABLE` when no byte of it exists.
 */
export function parseRange(
  header: string | undefined,
  sizeBytes: number,
): ByteRange | 'UNSATISFIABLE' | null {
  const [, from = '', to = ''] = pattern.exec(header ?? '') ?? [];
  if (from === '' && to === '') return null;
  if (from === '') {
    const length = Math.min(Number(to), sizeBytes);
    return length === 0 ? 'UNSATISFIABLE' : { first: sizeBytes - length, last: sizeBytes - 1 };
  }
  const first = Number(from);
  const last = to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1);
  if (to !== '' && Number(to) < first) return null;
  return first >= sizeBytes ? 'UNSATISFIABLE' : { first, last };
}

/** The size in `Content-Range: bytes 0-99/1000`. */
export const contentRange = ({ first, last }: ByteRange, sizeBytes: number): string =>
  `bytes ${String(first)}-${String(last)}/${String(sizeBytes)}`;
