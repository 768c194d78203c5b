// What does an image hold, seen from inside by the user of Lambda? Its text is given to the image's own Node.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';

/** What cannot be looked at (`/root`) is left out: the function cannot reach it either. */
function visit(folder: string, see: (path: string, mode: number, isFolder: boolean) => void): void {
  let names: string[] = [];
  try {
    names = readdirSync(folder);
  } catch {
    return;
  }
  for (const name of names) {
    const path = folder === '/' ? `/${name}` : `${folder}/${name}`;
    if (['/proc', '/sys', '/dev', '/tmp'].includes(path)) continue;
    const stat = lstatSync(path);
    see(path, stat.mode, stat.isDirectory());
    if (stat.isDirectory()) visit(path, see);
  }
}

const setuid: string[] = [];
const writable: string[] = [];
visit('/', (path, mode, isFolder) => {
  if (!isFolder && (mode & 0o6000) !== 0 && (mode & 0o170000) === 0o100000) setuid.push(path);
  if (!isFolder) return;
  try {
    accessSync(path, constants.W_OK);
    writable.push(path);
  } catch {
    // As it should be.
  }
});

const say = (command: string, ...args: string[]): string => {
  if (command === '') return '';
  const { error, status, stdout } = spawnSync(command, args, { encoding: 'utf8' });
  return error || status !== 0 ? '' : stdout;
};
const lists = ['protocols', 'demuxers', 'muxers', 'encoders', 'decoders', 'bsfs', 'filters'];
const ffmpeg = process.env['GREENROOM_FFMPEG'] ?? '';
const ffprobe = process.env['GREENROOM_FFPROBE'] ?? '';
const components = '/opt/share/ffmpeg/components.tsv';

process.stdout.write(
  JSON.stringify({
    uid: process.getuid?.(),
    node: process.version,
    setuid,
    writable,
    handler: existsSync('/var/task/index.mjs'),
    ffmpegVersion: say(ffmpeg, '-version'),
    ffprobeVersion: say(ffprobe, '-version'),
    lists: Object.fromEntries(
      lists.map((list) => [list, say(ffmpeg, '-v', 'error', '-hide_banner', `-${list}`)]),
    ),
    components: existsSync(components) ? readFileSync(components, 'utf8') : '',
    licences: existsSync('/opt/share/ffmpeg/licences') ? readdirSync('/opt/share/ffmpeg/licences') : [],
    // The last word is a limit that must bind: of 1,000 bytes at most 100 may be written.
    limits:
      spawnSync('prlimit', ['--fsize=100', 'sh', '-c', 'head -c 1000 /dev/zero > /tmp/limit']).status !== 0,
    parentDeath: spawnSync('setpriv', ['--pdeathsig', 'KILL', 'true']).status === 0,
  }),
);
