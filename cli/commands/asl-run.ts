// How does `./greenroom asl run` run a definition with canned tasks and show what happened?

import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import type { CannedTasks } from '../../local/interpreter/canned-tasks.ts';
import { cannedInvoke, CannedTasksRejected, checkCannedTasks } from '../../local/interpreter/canned-tasks.ts';
import type { Clock } from '../../local/interpreter/clock.ts';
import { realClock, VirtualClock } from '../../local/interpreter/clock.ts';
import { DefinitionRejected } from '../../local/interpreter/definition-rejected.ts';
import type { ExecutionOutcome } from '../../local/interpreter/run-execution.ts';
import { runExecution } from '../../local/interpreter/run-execution.ts';
import { TaskTokens } from '../../local/interpreter/task-tokens.ts';
import { WrongUsage } from '../../local/wrong-usage.ts';
import type { Json } from '../../systems/asl.ts';
import { historyTable } from './asl-history-table.ts';

/** What the command line says; paths as given. */
interface Flags {
  readonly input?: string;
  readonly tasks?: string;
  readonly json?: true;
  readonly realTime?: true;
}

/**
 * The `asl` command with its subcommand `run`. Ends with 0 when the execution SUCCEEDED, 3 when it ended otherwise,
 * and throws WrongUsage when the files cannot be used (exit code 2). Waits cost no time unless --real-time.
 */
export function aslCommand(): Command {
  const asl = new Command('asl').description('run Amazon States Language definitions on this machine');
  asl
    .command('run')
    .description('run a JSONata definition, its tasks answered from a file')
    .argument('<definition>', 'file with the definition (JSON, QueryLanguage JSONata)')
    .option('--input <file>', 'file with the execution input (JSON)')
    .option('--tasks <file>', 'file that maps state names or resources to lists of answers (JSON)')
    .option('--json', 'print {status, output, error, cause, history} as JSON')
    .option('--real-time', 'wait out Wait states, retries and delays instead of skipping the time')
    .action(async (definition: string, flags: Flags) => {
      const outcome = await run(definition, flags);
      process.stdout.write(`${flags.json === true ? jsonOf(outcome) : historyTable(outcome)}\n`);
      process.exitCode = outcome.status === 'SUCCEEDED' ? 0 : 3;
    });
  return asl;
}

async function run(definitionFile: string, flags: Flags): Promise<ExecutionOutcome> {
  if (flags.input === undefined)
    throw new WrongUsage('asl run needs --input FILE, the execution input as JSON.');
  const definition = await readJson(definitionFile, 'definition');
  const input = await readJson(flags.input, 'input');
  const tasks = flags.tasks === undefined ? {} : await readTasks(flags.tasks);
  const clock: Clock = flags.realTime === true ? realClock : new VirtualClock();
  const tokens = new TaskTokens();
  const interrupt = new AbortController();
  const stop = (): void =>
    interrupt.abort({ error: 'Interrupted', cause: 'The run was stopped from the keyboard.' });
  process.once('SIGINT', stop);
  try {
    return await runExecution({
      definition,
      input,
      clock,
      tokens,
      invoke: cannedInvoke(tasks, { clock, tokens }),
      writeResults: ({ arguments: where }) => where,
      signal: interrupt.signal,
    });
  } catch (error) {
    if (error instanceof DefinitionRejected) throw new WrongUsage(`${definitionFile}: ${error.message}`);
    throw error;
  } finally {
    process.removeListener('SIGINT', stop);
  }
}

async function readTasks(file: string): Promise<CannedTasks> {
  const value = await readJson(file, 'tasks');
  try {
    return checkCannedTasks(value);
  } catch (error) {
    if (!(error instanceof CannedTasksRejected)) throw error;
    throw new WrongUsage(`The tasks file ${file} cannot be used: ${error.message}.`);
  }
}

async function readJson(file: string, what: string): Promise<Json> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new WrongUsage(`The ${what} file ${file} cannot be read (${code}).`);
  }
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    const reason = error instanceof Error ? error.message.replaceAll(/\s+/g, ' ') : String(error);
    throw new WrongUsage(`The ${what} file ${file} is not valid JSON: ${reason}.`);
  }
}

function jsonOf({ status, output, error, cause, history }: ExecutionOutcome): string {
  return JSON.stringify({ status, output, error, cause, history }, null, 2);
}
