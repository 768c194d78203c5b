// What can `./greenroom` do?
import { Command, CommanderError } from 'commander';
import { WrongUsage } from '../local/wrong-usage.ts';
import { analyzeCommand } from './commands/analyze.ts';
import { aslCommand } from './commands/asl-run.ts';
import { benchCommand } from './commands/bench.ts';
import { demoCommand } from './commands/demo.ts';
import { doctorCommand } from './commands/doctor.ts';
import { dlqCommand } from './commands/operate/dlq.ts';
import { reconcileCommand } from './commands/operate/reconcile.ts';
import { redriveCommand } from './commands/operate/redrive.ts';
import { statusCommand } from './commands/operate/status.ts';
import { imagesCommand } from './commands/images.ts';
import { planCommand } from './commands/plan.ts';
import { startCommand } from './commands/start.ts';
import { testCommand } from './commands/test.ts';
import { exitCodes } from './run-analysis.ts';

const program = new Command('greenroom')
  .description('Practice answers in, a converted video and an honest report out.')
  .showHelpAfterError('(--help shows what is possible)');

for (const command of [
  startCommand(),
  demoCommand(),
  analyzeCommand(),
  aslCommand(),
  statusCommand(),
  redriveCommand(),
  dlqCommand(),
  reconcileCommand(),
  imagesCommand(),
  planCommand(),
  benchCommand(),
  testCommand(),
  doctorCommand(),
])
  program.addCommand(command);

/** Commander inherits this only to commands that are made by their parent. */
function exitByThrowing(command: Command): void {
  command.exitOverride().copyInheritedSettings(program);
  for (const child of command.commands) exitByThrowing(child);
}
exitByThrowing(program);

// Whoever reads only the beginning (`| head`) has read enough: that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : exitCodes.usage;
  else if (error instanceof WrongUsage) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = exitCodes.usage;
  } else {
    const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(
      `This is a fault of Greenroom, not of your file. Please report it with these lines:\n${details}\n`,
    );
    process.exitCode = exitCodes.fault;
  }
}
