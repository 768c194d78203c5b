// What does `./greenroom doctor` do? It says what is installed, and what a missing thing costs.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { readEnvironment, variables } from '../../local/environment.ts';
import { projectFolder } from '../project-folder.ts';
import { exitCodes } from '../run-analysis.ts';

interface Tool {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly version: RegExp;
  readonly needed: 'always' | 'on Linux' | 'for tests' | 'for images' | 'to deploy' | 'if configured';
  readonly without: string;
}

const ffmpeg = (name: string, command: string): Tool => ({
  name,
  command,
  args: ['-version'],
  version: /version (\S+)/,
  needed: 'always',
  without: 'nothing can be analysed; apt-get install ffmpeg, or brew install ffmpeg',
});

function tools(): readonly Tool[] {
  const environment = readEnvironment(process.env);
  return [
    ffmpeg('ffmpeg', environment.GREENROOM_FFMPEG),
    ffmpeg('ffprobe', environment.GREENROOM_FFPROBE),
    {
      name: 'prlimit',
      command: 'prlimit',
      args: ['--version'],
      version: /([\d.]+)\s*$/m,
      needed: 'on Linux',
      without: 'the kernel does not limit memory and CPU of FFmpeg; it is in the package util-linux',
    },
    {
      name: 'setpriv',
      command: 'setpriv',
      args: ['--version'],
      version: /([\d.]+)\s*$/m,
      needed: 'on Linux',
      without: 'FFmpeg outlives a killed Greenroom; it is in the package util-linux',
    },
    {
      name: 'strace',
      command: 'strace',
      args: ['--version'],
      version: /version (\S+)/,
      needed: 'for tests',
      without: 'tests cannot watch for sockets; apt-get install strace',
    },
    {
      name: 'flite',
      command: 'flite',
      args: ['--version'],
      version: /flite-([\w.-]+)/,
      needed: 'for tests',
      without: 'tests of speech cannot run; apt-get install flite',
    },
    {
      name: 'pocketsphinx',
      command: 'pocketsphinx_continuous',
      args: [],
      version: /()/,
      needed: 'for tests',
      without:
        'GREENROOM_TRANSCRIBER=pocketsphinx has no effect; apt-get install pocketsphinx pocketsphinx-en-us',
    },
    {
      name: 'chromium',
      command: 'chromium',
      args: ['--version'],
      version: /Chromium ([\d.]+)/,
      needed: 'for tests',
      without: 'the report page is not tested in a browser; apt-get install chromium',
    },
    {
      name: 'python3',
      command: 'python3',
      args: ['--version'],
      version: /Python ([\d.]+)/,
      needed: 'for tests',
      without: 'test --suite aws cannot start its server; apt-get install python3 python3-venv',
    },
    {
      name: 'docker',
      command: 'docker',
      args: ['--version'],
      version: /version ([\d.]+)/,
      needed: 'for images',
      without: 'images cannot be built, unless there is podman or buildah; apt-get install docker.io',
    },
    {
      name: 'pulumi',
      command: 'pulumi',
      args: ['version'],
      version: /v([\d.]+)/,
      needed: 'to deploy',
      without: 'nothing can be deployed; see https://www.pulumi.com/docs/install/',
    },
    {
      name: 'whisper-cli',
      command: environment.GREENROOM_WHISPER_COMMAND,
      args: ['--help'],
      version: /()/,
      needed: 'if configured',
      without:
        'no transcript unless you give one; see whisper.cpp, then set GREENROOM_TRANSCRIBER and GREENROOM_WHISPER_MODEL',
    },
  ];
}

/** The version, '' when it does not say, or `null` when the command is not there. */
function versionOf({ command, args, version }: Tool): string | null {
  const { error, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', timeout: 10_000 });
  return error ? null : (version.exec(`${stdout}${stderr}`)?.[1] ?? '');
}

const packageVersion = (name: string): string | null => {
  const path = join(projectFolder, 'node_modules', name, 'package.json');
  if (!existsSync(path)) return null;
  return String((JSON.parse(readFileSync(path, 'utf8')) as { version?: unknown }).version);
};

function line(name: string, version: string | null, note: string): string {
  return `${version === null ? '✗' : '✓'} ${name.padEnd(14)} ${version === '' ? 'there' : (version ?? 'missing')}${note ? `  ${note}` : ''}`;
}

export const doctorCommand = (): Command =>
  new Command('doctor')
    .description('say what is installed, in which versions, and what is missing')
    .action(() => {
      const lines = [line('node', process.versions.node, '')];
      let usable = true;
      for (const tool of tools()) {
        const version = versionOf(tool);
        if (version === null && tool.needed === 'always') usable = false;
        lines.push(line(tool.name, version, version === null ? `(${tool.needed}) ${tool.without}` : ''));
      }
      for (const name of ['@vladmandic/human', 'sharp', 'jsonata']) {
        const version = packageVersion(name);
        if (version === null) usable = false;
        lines.push(
          line(
            name,
            version,
            version === null ? 'run ./greenroom doctor again: it installs what is missing' : '',
          ),
        );
      }
      const visionReady = existsSync(join(projectFolder, 'dist', 'vision', 'manifest.json'));
      lines.push(
        line(
          'vision bundle',
          visionReady ? 'built' : null,
          visionReady ? '' : 'the next ./greenroom builds it',
        ),
      );
      const appReady = existsSync(join(projectFolder, 'dist', 'web', 'index.html'));
      lines.push(line('app', appReady ? 'built' : null, appReady ? '' : './greenroom start builds it'));
      lines.push('', 'Settings from the environment:');
      for (const [name, meaning] of Object.entries(variables)) {
        const value =
          name === 'GREENROOM_MODEL_KEY' && process.env[name] ? '(set)' : (process.env[name] ?? '');
        lines.push(`  ${name.padEnd(26)} ${value || '–'}  ${meaning}`);
      }
      process.stdout.write(`${lines.join('\n')}\n`);
      process.exitCode = usable ? exitCodes.report : exitCodes.fault;
    });
