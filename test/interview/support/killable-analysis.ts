// Runs one analysis in a process of its own that ends itself with SIGKILL right after its N-th new event.
//
// argv: a JSON text {file, out, transcript, killAfter}. Standard output: one line of JSON for each new event and for
// each log entry of the handlers, and the outcome as the last.
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
const outcome = await analyze({
  file,
  out,
  question: null,
  language: 'en',
  transcriber: { kind: 'file', path: transcript, language: 'en' },
  environment: readEnvironment(process.env),
  signal: new AbortController().signal,
  log: (entry) => say({ log: entry }),
  onEvent: ({ type, stateEnteredEventDetails: entered }) => {
    events += 1;
    say({ event: type, state: entered?.name ?? null });
    if (events === killAfter) process.kill(process.pid, 'SIGKILL');
  },
});
say({ status: outcome.status });
