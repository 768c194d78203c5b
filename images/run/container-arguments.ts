// What is said to docker or podman so that a container is as shut in as Lambda's sandbox, but reaches the emulator?
import type { StageSettings } from '../../systems/stage.ts';

/** Lambda gives one vCPU for each of these. */
const memoryOfOneCpuMiB = 1769;

/** Where the container sees the store's folder. */
export const storeInside = '/mnt/store';

export interface ContainerOrder {
  readonly name: string;
  readonly tag: string;
  readonly stage: Pick<StageSettings, 'memoryMiB' | 'ephemeralStorageMiB'>;
  /** `uid:gid`; never root. */
  readonly user: string;
  readonly environment: { readonly [name: string]: string };
  /** A folder of this machine that the function may write to; `null`: none. */
  readonly store: string | null;
}

const cpus = ({ memoryMiB }: ContainerOrder['stage']): string => (memoryMiB / memoryOfOneCpuMiB).toFixed(2);

/**
 * The words after `docker` or `podman`. The emulator is on loopback, hence the host's network. What lies in `/tmp` is
 * memory here and a disk in Lambda: it gets its own room, beside what the function has.
 */
export const containerArguments = (order: ContainerOrder): readonly string[] => {
  const { stage, environment, store } = order;
  const memoryMiB = stage.memoryMiB + stage.ephemeralStorageMiB;
  const shutIn = [
    '--read-only',
    '--user',
    order.user,
    '--cap-drop',
    'ALL',
    '--security-opt',
    'no-new-privileges',
  ];
  const room = `/tmp:rw,exec,nosuid,nodev,size=${String(stage.ephemeralStorageMiB)}m,mode=1777`;
  const limits = ['--tmpfs', room, '--memory', `${String(memoryMiB)}m`, '--cpus', cpus(stage)];
  const variables = Object.entries(environment).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
  const volume = store === null ? [] : ['--volume', `${store}:${storeInside}`];
  const start = ['run', '--rm', '--name', order.name, '--network', 'host'];
  return [...start, ...shutIn, ...limits, ...variables, ...volume, order.tag];
};
