// What does `./greenroom test` do? It runs a suite of tests, or those that are named.
import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { projectFolder } from '../project-folder.ts';

/** Suites that need more than npm and Debian's everyday packages, and the folder of each; `main` is all the rest. */
const specialSuites = {
  /** The AWS adapters against a server that imitates AWS. */
  aws: 'aws',
  /** Container images, built and run. */
  images: 'images',
} as const;
const suites = ['main', ...Object.keys(specialSuites)];

/** The quick ones first, so that a broken rule shows before a minute of FFmpeg. */
const order = [
  'domain',
  'systems',
  '',
  'policy',
  'local',
  'services',
  'plan',
  'lambda',
  'media',
  'cli',
  'interview',
];

export const testCommand = (): Command =>
  new Command('test')
    .description('run the tests (a suite of them, or the named files)')
    .argument('[files...]', 'test files')
    .addOption(new Option('--suite <name>', 'which tests').choices(suites).default('main'))
    .option('--grep <pattern>', 'only tests whose title matches')
    .action(async (files: readonly string[], { grep, suite }: { grep?: string; suite: string }) => {
      const chosen = files.length > 0 ? files : await testsOf(suite);
      const mocha = join(projectFolder, 'node_modules', 'mocha', 'bin', 'mocha.js');
      // What a failed test left open shows at a desk, where the run does not end; in CI nobody would see it waiting.
      const ending = process.env['CI'] ? ['--exit'] : [];
      const args = [mocha, '--config', join(projectFolder, 'test', 'mocha.json'), ...ending];
      const child = spawn(process.execPath, [...args, ...(grep ? ['--grep', grep] : []), ...chosen], {
        cwd: projectFolder,
        stdio: 'inherit',
      });
      process.exitCode = await new Promise<number>((resolve) => {
        child.once('exit', (code) => {
          resolve(code ?? 1);
        });
      });
    });

const folderOf = (file: string): string => (file.includes('/') ? (file.split('/')[0] ?? '') : '');
const rank = (file: string): number => order.indexOf(folderOf(file));

async function testsOf(suite: string): Promise<string[]> {
  const special: readonly string[] = Object.values(specialSuites);
  const belongs = (file: string): boolean =>
    suite === 'main' ? !special.includes(folderOf(file)) : folderOf(file) === suite;
  const found = await readdir(join(projectFolder, 'test'), { recursive: true });
  return found
    .filter((file) => file.endsWith('.test.ts') && belongs(file))
    .toSorted((a, b) => rank(a) - rank(b) || a.localeCompare(b))
    .map((file) => join('test', file));
}
