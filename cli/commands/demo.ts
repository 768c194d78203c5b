// What does `./greenroom demo` do? It analyses the sample that comes with the project.
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { z } from 'zod';
import { readEnvironment } from '../../local/environment.ts';
import { projectFolder } from '../project-folder.ts';
import { runAnalysis } from '../run-analysis.ts';

const sampleFile = (name: string): string => join(projectFolder, 'samples', name);

const truthSchema = z.object({ question: z.string(), language: z.string() });

export const demoCommand = (): Command =>
  new Command('demo')
    .description('analyse the bundled sample recording and say where the report is')
    .option('--out <folder>', 'where the results go (default: .greenroom/demo)')
    .option('--json', 'print the report as JSON and nothing else', false)
    .option('--verbose', 'log what the stages do to standard error', false)
    .action(async (flags: { readonly out?: string; readonly json: boolean; readonly verbose: boolean }) => {
      const truth: unknown = JSON.parse(await readFile(sampleFile('interview.truth.json'), 'utf8'));
      const { question, language } = truthSchema.parse(truth);
      process.exitCode = await runAnalysis(
        {
          file: sampleFile('interview.webm'),
          out: resolve(flags.out ?? join(projectFolder, '.greenroom', 'demo')),
          question,
          language,
          transcriber: { kind: 'file', path: sampleFile('interview.vtt'), language },
          environment: readEnvironment(process.env),
        },
        flags,
      );
    });
