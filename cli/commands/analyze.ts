// What does `./greenroom analyze FILE` do?
import { basename, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { readEnvironment } from '../../local/environment.ts';
import { runAnalysis } from '../run-analysis.ts';
import { chooseTranscriber } from '../transcriber-choice.ts';

interface Flags {
  readonly out?: string;
  readonly question?: string;
  readonly transcript?: string;
  readonly language?: string;
  readonly json: boolean;
  readonly verbose: boolean;
}

function languageTag(value: string): string {
  if (!/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(value))
    throw new InvalidArgumentError('A language is written like en-US or pt-BR.');
  return value;
}

export const analyzeCommand = (): Command =>
  new Command('analyze')
    .description('analyse a recording: a converted video and a report with evidence')
    .argument('<file>', 'the recording: WebM, Matroska, MP4 or QuickTime')
    .option('--out <folder>', 'where the results go (default: <file>.report in the current folder)')
    .option('--question <text>', 'the question that was answered')
    .option('--transcript <file>', 'what was said, as .vtt, .srt or .json')
    .option('--language <tag>', 'language of the recording, such as en-US', languageTag)
    .option('--json', 'print the report as JSON and nothing else', false)
    .option('--verbose', 'log what the stages do to standard error', false)
    .addHelpText(
      'after',
      '\nEnds with 0 when there is a report, 3 when the file cannot be analysed, 2 for wrong usage, 1 for a fault of ours.',
    )
    .action(async (file: string, flags: Flags) => {
      const environment = readEnvironment(process.env);
      const language = flags.language ?? null;
      process.exitCode = await runAnalysis(
        {
          file,
          out: resolve(flags.out ?? `${basename(file)}.report`),
          question: flags.question ?? null,
          language,
          transcriber: chooseTranscriber(flags.transcript, language, environment),
          environment,
        },
        flags,
      );
    });
