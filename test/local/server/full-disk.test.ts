// What becomes of an upload when the disk is full?
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { makeFolder } from '../../interview/support/command-line.ts';
import { smallDiskCommand } from '../../interview/support/small-disk.ts';
import { codeOf, createRecord, formOf, readRecord, startGreenroom, type Running } from './running-server.ts';

describe('an upload to a disk that is full', function () {
  this.timeout(30_000);
  let folder: Awaited<ReturnType<typeof makeFolder>>;
  let server: Running;
  before(async () => {
    folder = await makeFolder('full-disk');
    const disk = join(folder.path, 'disk');
    await mkdir(disk);
    const mount = `mount -t tmpfs -o size=20m tmpfs ${disk} && exec "$@"`;
    server = await startGreenroom({
      data: join(disk, 'data'),
      within: [...smallDiskCommand(), 'sh', '-c', mount, 'sh'],
    });
  });
  after(async () => {
    await server.kill();
    await folder.remove();
  });

  it('is refused in words for its user, and can be sent again', async () => {
    const bytes = new Uint8Array(1_000_000);
    const { recordId, form } = await createRecord(server, bytes);
    const body = formOf(form.fields, bytes);
    const answer = await fetch(`${server.url}${form.url}`, { method: 'POST', body });
    expect(answer.status).to.equal(503);
    expect(await codeOf(answer.clone())).to.equal('UNAVAILABLE');
    expect(await answer.text()).to.contain('disk of this computer is full');
    expect((await readRecord(server, recordId)).status).to.equal('UPLOADING');
    expect((await server.ask('POST', `/records/${recordId}/uploads`)).status).to.equal(201);
  });
});
