// How long do the figures of 1,500 words take?
import { textFigures } from '../domain/text-metrics/text-figures.ts';
import type { Transcript } from '../domain/transcript.ts';

const wordCount = 1500;
const runs = 15;

/** Sentences of an answer with fillers, hedges, repeats and numbers, until there are 1,500 words. */
function longAnswer(): Transcript {
  const sentence =
    'Um, at my last company we had, like, 40 builds a day, and I think the the deployment was, you know, far too slow for part';
  const words = Array.from({ length: wordCount }, (_, index) => {
    const parts = sentence.split(' ');
    const text = index % parts.length === 0 ? `number${index}.` : (parts[index % parts.length] ?? 'word');
    return { text, startSeconds: index * 0.4, endSeconds: index * 0.4 + 0.3 };
  });
  return { language: 'en-US', source: 'file:json', timing: 'word', words };
}

/** CPU milliseconds of `textFigures` on 1,500 words: the median of 15 runs after 15 that warm the process up. */
export async function measureTextMetrics(): Promise<{ millisecondsPer1500Words: number }> {
  const transcript = longAnswer();
  const times = Array.from({ length: 2 * runs }, () => {
    const start = process.cpuUsage();
    textFigures({ transcript, reason: null, audio: null });
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
  const sorted = times.slice(runs).toSorted((a, b) => a - b);
  return Promise.resolve({ millisecondsPer1500Words: sorted[Math.floor(runs / 2)] ?? NaN });
}
