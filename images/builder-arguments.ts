// What is said to docker, podman or buildah? Pure functions from a wish to the words of the command line.

export type BuilderName = 'docker' | 'podman' | 'buildah';
export type Architecture = 'amd64' | 'arm64';

/** An image, or the files of one step of it. */
export interface BuildOrder {
  readonly context: string;
  readonly dockerfile: string;
  readonly architecture: Architecture;
  readonly buildArguments: { readonly [name: string]: string };
  readonly labels: { readonly [name: string]: string };
  /** Either a tagged image, or a folder that gets the files of the named step. */
  readonly result: { readonly tag: string } | { readonly step: string; readonly folder: string };
}

/** A container that is as shut in as Lambda's: nothing but `/tmp` can be written, nobody is root, no network. */
export interface RunOrder {
  readonly tag: string;
  readonly entrypoint: string;
  readonly args: readonly string[];
}

/** Lambda's sandbox runs functions as this user and group. */
export const lambdaUser = '993:990';

const pairs = (flag: string, values: { readonly [name: string]: string }): readonly string[] =>
  Object.entries(values).flatMap(([name, value]) => [flag, `${name}=${value}`]);

const wordsOfBuild: { readonly [name in BuilderName]: readonly string[] } = {
  docker: ['build', '--progress', 'plain'],
  podman: ['build', '--layers'],
  buildah: ['build', '--layers'],
};

export function buildArguments(name: BuilderName, order: BuildOrder): readonly string[] {
  const { result } = order;
  return [
    wordsOfBuild[name],
    ['--platform', `linux/${order.architecture}`],
    ['--file', order.dockerfile],
    pairs('--build-arg', order.buildArguments),
    pairs('--label', order.labels),
    'tag' in result
      ? ['--tag', result.tag]
      : ['--target', result.step, '--output', `type=local,dest=${result.folder}`],
    order.context,
  ].flat();
}

/** `null` where the builder can only build. */
export function runArguments(name: BuilderName, order: RunOrder): readonly string[] | null {
  if (name === 'buildah') return null;
  return [
    ['run', '--rm', '--network', 'none', '--read-only', '--user', lambdaUser],
    ['--tmpfs', '/tmp:rw,exec,nosuid,nodev,size=512m,mode=1777'],
    ['--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'],
    ['--entrypoint', order.entrypoint, order.tag, ...order.args],
  ].flat();
}

/** A root file system becomes an image; buildah has no word for it. */
export const importArguments = (
  name: Exclude<BuilderName, 'buildah'>,
  { tar, tag, architecture }: { tar: string; tag: string; architecture: Architecture },
): readonly string[] => [
  'import',
  ...(name === 'docker'
    ? ['--platform', `linux/${architecture}`]
    : ['--os', 'linux', '--arch', architecture]),
  tar,
  tag,
];

/** Registries on this machine speak HTTP. */
export const isLoopback = (target: string): boolean => /^(?:127\.|localhost[:/])/.test(target);

/** podman and buildah push one image under any name and write its digest to a file. */
export const pushArguments = (tag: string, target: string, digestFile: string): readonly string[] => [
  'push',
  '--digestfile',
  digestFile,
  '--format',
  'v2s2',
  ...(isLoopback(target) ? ['--tls-verify=false'] : []),
  tag,
  `docker://${target}`,
];
