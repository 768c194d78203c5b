// What does `./greenroom test` do? It runs every test, or those that are named.
import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { projectFolder } from '../project-folder.ts';

export const testCommand = (): Command =>
  new Command('test')
    .description('run the tests (all of them, or the named files)')
    .argument('[files...]', 'test files')
    .option('--grep <pattern>', 'only tests whose title matches')
    .action(async (files: readonly string[], { grep }: { readonly grep?: string }) => {
      const chosen = files.length > 0 ? files : await everyTest();
      const mocha = join(projectFolder, 'node_modules', 'mocha', 'bin', 'mocha.js');
      const args = [mocha, '--config', join(projectFolder, 'test', 'mocha.json')];
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

/** The quick ones first, so that a broken rule shows before a minute of FFmpeg. */
async function everyTest(): Promise<string[]> {
  const found = await readdir(join(projectFolder, 'test'), { recursive: true });
  const kinds = ['domain', 'systems', '', 'local', 'services', 'media', 'cli', 'interview'];
  const rank = (file: string): number => kinds.indexOf(file.includes('/') ? (file.split('/')[0] ?? '') : '');
  return found
    .filter((file) => file.endsWith('.test.ts'))
    .toSorted((a, b) => rank(a) - rank(b) || a.localeCompare(b))
    .map((file) => join('test', file));
}
