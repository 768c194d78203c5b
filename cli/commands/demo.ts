// What does `./greenroom demo` do? It analyses the sample that comes with the project.
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import { readEnvironment } from '../../local/environment.ts';
import { projectFolder } from '../project-folder.ts';
import { exitCodes, runAnalysis } from '../run-analysis.ts';
import { readSample } from '../sample.ts';

interface Flags {
  readonly out?: string;
  readonly json: boolean;
  readonly verbose: boolean;
  readonly open: boolean;
}

const hint = 'App     ./greenroom start --with-sample   (the same recording in the app)\n';

/** Nobody is asked who cannot see the question or answer it. */
async function wantsApp({ json, open }: Flags): Promise<boolean> {
  if (json || open) return open;
  process.stdout.write(hint);
  if (!process.stdin.isTTY || !process.stdout.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await terminal.question(
      'See it in the app? The sample is analysed there once more. [y/N] ',
    );
    return /^y(?:es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}

/** The app with the sample in it, by the entry that also builds it. Ctrl-C is for the app. */
async function openApp(): Promise<number> {
  process.on('SIGINT', () => undefined);
  const app = spawn(join(projectFolder, 'greenroom'), ['start', '--with-sample'], { stdio: 'inherit' });
  return new Promise((done, failed) => {
    app.once('error', failed).once('exit', (code) => done(code ?? exitCodes.fault));
  });
}

export const demoCommand = (): Command =>
  new Command('demo')
    .description('analyse the bundled sample recording and say where the report is')
    .option('--out <folder>', 'where the results go (default: .greenroom/demo)')
    .option('--json', 'print the report as JSON and nothing else', false)
    .option('--verbose', 'log what the stages do to standard error', false)
    .option('--open', 'then start the app with the sample in it', false)
    .action(async (flags: Flags) => {
      const { file, transcript, question, language } = await readSample();
      const code = await runAnalysis(
        {
          file,
          question,
          language,
          out: resolve(flags.out ?? join(projectFolder, '.greenroom', 'demo')),
          transcriber: { kind: 'file', path: transcript, language },
          environment: readEnvironment(process.env),
        },
        flags,
      );
      process.exitCode = code;
      if (code === exitCodes.report && (await wantsApp(flags))) process.exitCode = await openApp();
    });
