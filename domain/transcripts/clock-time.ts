// How are the times of captions written?
import { TranscriptUnreadable } from './transcript-unreadable.ts';

const latestSeconds = 24 * 3600;

const clock = String.raw`(-?)(?:(\d{1,4}):)?([0-5]?\d):([0-5]?\d)(?:[.,](\d{1,9}))?`;
const clockOnly = new RegExp(`^${clock}$`);
const timing = new RegExp(String.raw`^\s*(\S{1,30})\s*-->\s*(\S{1,30})(?:\s|$)`);

/** Seconds of `hh:mm:ss.mmm`, hours optional, comma or point; `null` when it is no time. May be negative. */
export function parseClock(text: string): number | null {
  const match = clockOnly.exec(text);
  if (!match) return null;
  const [, sign, hours = '0', minutes, seconds, fraction = '0'] = match;
  const value = Number(hours) * 3600 + Number(minutes) * 60 + Number(`${seconds}.${fraction}`);
  return sign === '-' ? -value : value;
}

/**
 * Start and end of a cue from its line with `-->`; a start before the recording becomes 0.
 * @throws TranscriptUnreadable when a time is none, ends before the recording or lies beyond 24 hours.
 */
export function parseCueTiming(text: string, line: number): { startSeconds: number; endSeconds: number } {
  const [, from, to] = timing.exec(text) ?? [];
  const startSeconds = parseClock(from ?? '');
  const endSeconds = parseClock(to ?? '');
  if (startSeconds === null || endSeconds === null)
    throw new TranscriptUnreadable('a time such as 00:00:01.000 --> 00:00:02.500 is expected', line);
  if (endSeconds < 0) throw new TranscriptUnreadable('the caption ends before the recording starts', line);
  if (startSeconds > latestSeconds || endSeconds > latestSeconds)
    throw new TranscriptUnreadable('the time lies beyond 24 hours', line);
  return { startSeconds: Math.max(0, startSeconds), endSeconds };
}

/** A time in seconds from JSON, a start before the recording made 0. @throws TranscriptUnreadable beyond 24 hours. */
export function checkedSeconds(seconds: number, where: string): number {
  if (!(seconds <= latestSeconds)) throw new TranscriptUnreadable(`${where} lies beyond 24 hours`);
  return Math.max(0, seconds);
}

/** `hh:mm:ss.mmm` for WebVTT, rounded to milliseconds. */
export function formatClock(seconds: number): string {
  const milliseconds = Math.max(0, Math.round(seconds * 1000));
  const part = (divisor: number, modulus: number, digits: number): string =>
    String(Math.floor(milliseconds / divisor) % modulus).padStart(digits, '0');
  const hours = String(Math.floor(milliseconds / 3_600_000)).padStart(2, '0');
  return `${hours}:${part(60_000, 60, 2)}:${part(1000, 60, 2)}.${part(1, 1000, 3)}`;
}
