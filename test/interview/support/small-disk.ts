// How does a test get a disk that is soon full?
import { spawnSync } from 'node:child_process';

/** How to get a small disk of our own: as any user in a user namespace, or as root. It goes with its process. */
export function smallDiskCommand(): readonly string[] {
  const ways = [['-rm'], ['-m']];
  const found = ways.find((way) => {
    const mount = ['sh', '-c', 'mount -t tmpfs -o size=64k tmpfs /mnt'];
    return spawnSync('unshare', [...way, ...mount]).status === 0;
  });
  if (found) return ['unshare', ...found];
  throw new Error(
    'A small disk cannot be mounted here. Allow user namespaces (sysctl kernel.apparmor_restrict_unprivileged_userns=0), ' +
      'or run the tests as root with the capability SYS_ADMIN (docker run --cap-add SYS_ADMIN).',
  );
}
