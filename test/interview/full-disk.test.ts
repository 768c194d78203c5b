// What does a user see, and keep, when the disk fills up at any moment of an analysis?
import { join } from 'node:path';
import { expect } from 'chai';
import { greenroom, makeFolder, run, withoutVision, type Said } from './support/command-line.ts';
import { shortClip } from './support/recordings.ts';
import { smallDiskCommand } from './support/small-disk.ts';

describe('an analysis on a disk that fills up', function () {
  this.timeout(90_000);
  let folder: Awaited<ReturnType<typeof makeFolder>>;
  let file: string;
  before(async () => {
    folder = await makeFolder('full-disk');
    file = await shortClip(folder.path);
  });
  after(() => folder.remove());

  /** Runs a script in a folder that is a disk of that size; `$1` is the entry, `$2` the recording. */
  async function onDisk(sizeKiB: number, script: string): Promise<Said> {
    const disk = join(folder.path, `disk-${String(sizeKiB)}`);
    const mount = `mkdir ${disk} && mount -t tmpfs -o size=${String(sizeKiB)}k tmpfs ${disk} && cd ${disk}\n`;
    const [command = '', ...way] = smallDiskCommand();
    return run(command, [...way, 'sh', '-c', mount + script, 'sh', greenroom, file], { env: withoutVision });
  }

  it('ends with DISK_FULL in one sentence and leaves nothing, wherever the space ends', async () => {
    const script = '"$1" analyze "$2" --out out --json; echo "exit $?; left: $(ls -A)"';
    // Measured: 8 stops at the note of the request, 40 at the records, 80 at the journal, 150 at the upload, 300 at the
    // records again, 400 and 500 while FFmpeg writes, 700 and 850 while the results are stored and gathered.
    const sizes = [8, 40, 80, 150, 300, 400, 500, 700, 850];
    const ends = await Promise.all(sizes.map((sizeKiB) => onDisk(sizeKiB, script)));
    for (const [index, { stdout, stderr }] of ends.entries()) {
      const place = `a disk of ${String(sizes[index])} KiB: ${stderr}`;
      expect(stderr.trim(), place).to.equal('DISK_FULL: The disk is full.');
      expect(stdout.trim().split('\n').at(-1), place).to.equal('exit 3; left:');
      expect(stdout, place).to.include('"code": "DISK_FULL"');
    }
  });

  it('keeps the results of an earlier run whole', async () => {
    const { stdout, stderr } = await onDisk(
      4000,
      `"$1" analyze "$2" --out out >/dev/null && sha256sum out/* >before
      dd if=/dev/zero of=filler bs=1k count=$(($(df -k --output=avail . | tail -1) - 300)) 2>/dev/null
      "$1" analyze "$2" --out out --json >/dev/null; echo "exit $?"
      sha256sum --quiet -c before && ls -A out`,
    );
    expect(stderr).to.include('DISK_FULL: The disk is full.');
    expect(stdout.split('\n')[0]).to.equal('exit 3');
    expect(stdout)
      .to.include('playback.mp4\n')
      .and.include('report.html\n')
      .and.not.include('.greenroom-work');
  });
});
