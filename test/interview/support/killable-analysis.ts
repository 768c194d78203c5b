// Runs one analysis in a process of its own that ends itself with SIGKILL right after its N-th new event.
//
// argv: a JSON text {file, out, transcript, killAfter}. Standard output, a line of JSON each: `{event}` for a new
// event of the history, `{start}` for each call of a stage. It ends with 1 when there is no report.
import { writeSync } from 'node:fs';
import { z } from 'zod';
import { analyze } from '../../../local/analyze.ts';
import { readEnvironment } from '../../../local/environment.ts';

const { file, out, transcript, killAfter } = z
  .object({ file: z.string(), out: z.string(), transcript: z.string(), killAfter: z.int().nullable() })
  .parse(JSON.parse(process.argv[2] ?? ''));

/** Written at once: what stands in a buffer would die with the process. */
const say = (fact: object): void => void writeSync(1, `${JSON.stringify(fact)}\n`);

let events = 0;
const progress = new Map<string, number>();
const outcome = await analyze({
  file,
  out,
  question: null,
  language: 'en',
  transcriber: { kind: 'file', path: transcript, language: 'en' },
  environment: readEnvironment(process.env),
  signal: new AbortController().signal,
  log: (entry, facts) => void writeSync(2, `${entry} ${JSON.stringify(facts)}\n`),
  // The host says 0 when it calls a stage; the stage itself may say so some more times at its beginning.
  onProgress: (stateName, fraction) => {
    if (fraction === 0 && progress.get(stateName) !== 0) say({ start: stateName });
    progress.set(stateName, fraction);
  },
  onEvent: (event) => {
    events += 1;
    say({ event });
    if (events === killAfter) process.kill(process.pid, 'SIGKILL');
  },
});
if (outcome.status === 'FAILED') throw new Error(JSON.stringify(outcome.problems));
