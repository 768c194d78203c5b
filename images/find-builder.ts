// Which builder is on this machine?
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Builder } from './builder.ts';
import type { BuilderName } from './builder-arguments.ts';
import { engineSocket, startEngine } from './private-engine.ts';
import { ImagesFailed, run } from './run-program.ts';

/** Every place of a program on the path, in the order of the path. */
export function placesOf(program: string, path = process.env['PATH'] ?? ''): readonly string[] {
  const places = path.split(delimiter).map((folder) => join(folder, program));
  return [...new Set(places)].filter((place) => {
    try {
      accessSync(place, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

const works = async (command: string, args: readonly string[]): Promise<boolean> =>
  (await run({ command, args })).exitCode === 0;

/** From 23 on BuildKit is an extension of the client, which may be missing; before, it is in the engine. */
async function hasBuildKit(client: string): Promise<boolean> {
  const { stdout } = await run({ command: client, args: ['--version'] });
  const major = Number(/version (\d+)\./.exec(stdout.toString())?.[1] ?? 0);
  return (major >= 19 && major < 23) || (major >= 23 && (await works(client, ['buildx', 'version'])));
}

/** BuildKit's extra manifest about provenance makes an index of an image, and Lambda takes no index. */
const dockerEnvironment = { DOCKER_BUILDKIT: '1', BUILDX_NO_DEFAULT_ATTESTATIONS: '1' } as const;

async function findDocker(): Promise<Builder | null> {
  for (const client of placesOf('docker')) {
    if (!(await hasBuildKit(client))) continue;
    if (await works(client, ['version']))
      return new Builder({ name: 'docker', command: client, environment: dockerEnvironment });
    const ours = { ...dockerEnvironment, DOCKER_HOST: engineSocket };
    if (await works(client, ['--host', engineSocket, 'version']))
      return new Builder({ name: 'docker', command: client, environment: ours });
    if (process.getuid?.() !== 0 || placesOf('dockerd').length === 0) continue;
    const { stop } = await startEngine(client);
    return new Builder({ name: 'docker', command: client, environment: ours, stop });
  }
  return null;
}

async function findOther(name: Exclude<BuilderName, 'docker'>): Promise<Builder | null> {
  for (const command of placesOf(name))
    if (await works(command, ['info'])) return new Builder({ name, command, environment: {} });
  return null;
}

const finders: { readonly [name in BuilderName]: () => Promise<Builder | null> } = {
  docker: findDocker,
  podman: () => findOther('podman'),
  buildah: () => findOther('buildah'),
};

/**
 * The first builder that works: docker with BuildKit, podman, buildah; or the one that is asked for. Where Docker is
 * installed but not running and we are root, a private engine is started, and ended by `close`.
 * @throws ImagesFailed with the name of the package to install
 */
export async function findBuilder(wanted: BuilderName | null = null): Promise<Builder> {
  for (const name of wanted === null ? (['docker', 'podman', 'buildah'] as const) : [wanted]) {
    const builder = await finders[name]();
    if (builder) return builder;
  }
  throw new ImagesFailed(
    wanted === null
      ? 'No builder of container images is there: start Docker, or install docker.io, podman or buildah (apt-get install docker.io).'
      : `${wanted} does not work here: is it installed (apt-get install ${wanted === 'docker' ? 'docker.io' : wanted}) and, for Docker, is its engine running?`,
  );
}
