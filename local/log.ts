// Where does a process of this machine write its log? One line of JSON each on standard error.
import type { Log } from '../handlers/support/handler.ts';

export const writeLog: Log = (event, facts) => {
  process.stderr.write(`${JSON.stringify({ event, ...facts })}\n`);
};
