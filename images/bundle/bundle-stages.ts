// How does each stage become a folder that Lambda runs? One module with everything it needs, and nothing else.
import { execFile } from 'node:child_process';
import { rm, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { build, type BuildResult, type Plugin } from 'esbuild';
import { InternalError } from '../../domain/errors.ts';
import type { StageSettings } from '../../systems/stage.ts';
import type { SystemSpecification } from '../../systems/system.ts';
import { entryOf, looksForFaces } from './entry.ts';
import { nativeFiles, nativePackages, type Architecture } from './native-packages.ts';
import { projectRoot as root, stagesFolderOf } from '../project-root.ts';
import { noticesOf, packagesIn, type BundledPackage } from './notices.ts';
import { readFolder, writeChanged, type FolderContents } from './write-changed.ts';

export interface StageBundle {
  readonly stage: string;
  readonly image: StageSettings['image'];
  /** Absolute; `index.mjs` in it exports `handler`. */
  readonly folder: string;
  /** Of `index.mjs`, which is read at each cold start. */
  readonly codeBytes: number;
  /** Of all files. */
  readonly folderBytes: number;
  readonly packages: readonly BundledPackage[];
  /** What is not in the bundle but looked for when it runs. */
  readonly imports: readonly string[];
}

export interface BundleOptions {
  /** Of the functions; default `x86_64`. Decides which machine code comes along. */
  readonly architecture?: Architecture;
  /** Default: `dist/stages/<architecture>` of this checkout. */
  readonly outFolder?: string;
}

const namespace = 'stage';

/** The generated entries, which stand in the root of the project without being there. */
const entries = (stages: readonly StageSettings[]): Plugin => ({
  name: 'stage-entries',
  setup: (bundler) => {
    bundler.onResolve({ filter: /^stage:/ }, ({ path }) => ({
      path: path.slice(namespace.length + 1),
      namespace,
    }));
    bundler.onLoad({ filter: /.*/, namespace }, ({ path }) => {
      const stage = stages.find(({ name }) => name === path);
      if (!stage) throw new InternalError(`there is no stage ${path}`);
      return { contents: entryOf(stage), loader: 'ts', resolveDir: root };
    });
  },
});

/** Zod can say what is wrong in fifty languages, which are a quarter of a bundle; ours are read in English only. */
const onlyEnglish: Plugin = {
  name: 'only-english',
  setup: (bundler) => {
    bundler.onLoad({ filter: /\/zod\/v4\/locales\/index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
      loader: 'js',
    }));
  },
};

/** Packages that are CommonJS ask for `require`, which a module has not. */
const banner =
  "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);";

const compile = (stages: readonly StageSettings[]) =>
  build({
    absWorkingDir: root,
    entryPoints: stages.map(({ name }) => ({ in: `${namespace}:${name}`, out: `${name}/index` })),
    // Nothing is written there: the paths in the source maps are counted from it, wherever the bundle goes.
    outdir: stagesFolderOf('x86_64'),
    outExtension: { '.js': '.mjs' },
    plugins: [entries(stages), onlyEnglish],
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // The packages' ES modules can be tree-shaken, their CommonJS files cannot.
    mainFields: ['module', 'main'],
    minify: true,
    sourcemap: 'linked',
    // Function names and lines are what a stack trace needs; the source itself is in the repository.
    sourcesContent: false,
    banner: { js: banner },
    external: [...nativePackages],
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    write: false,
  });

type Built = BuildResult<{ write: false; metafile: true }>;

function outputOf(built: Built, stage: string, file: string) {
  const found = built.outputFiles.find(({ path }) => path.endsWith(join(stage, file)));
  if (!found) throw new InternalError(`esbuild made no ${file} of ${stage}`);
  return found.contents;
}

interface Sources {
  readonly built: Built;
  readonly vision: FolderContents;
  readonly native: FolderContents;
}

async function finish(
  stage: StageSettings,
  { built, vision, native }: Sources,
  outFolder: string,
): Promise<StageBundle> {
  const { name, image } = stage;
  const meta = Object.entries(built.metafile.outputs).find(([path]) =>
    path.endsWith(join(name, 'index.mjs')),
  )?.[1];
  if (!meta) throw new InternalError(`esbuild told nothing of ${name}`);
  const packages = await packagesIn(root, meta.inputs);
  const code = outputOf(built, name, 'index.mjs');
  const imports = [...new Set(meta.imports.map(({ path }) => path))].toSorted();
  const needsNative = nativePackages.some((known) => imports.includes(known));
  const contents = new Map<string, Uint8Array>([
    ['index.mjs', code],
    ['index.mjs.map', outputOf(built, name, 'index.mjs.map')],
    ['LICENSES.txt', Buffer.from(await noticesOf(root, packages))],
    ...(looksForFaces(stage) ? [...vision].map(([path, bytes]) => [`vision/${path}`, bytes] as const) : []),
    ...(needsNative ? native : []),
  ]);
  const folder = join(outFolder, name);
  await writeChanged(folder, contents);
  const folderBytes = [...contents.values()].reduce((sum, { length }) => sum + length, 0);
  return { stage: name, image, folder, codeBytes: code.length, folderBytes, packages, imports };
}

async function removeOthers(outFolder: string, stages: readonly StageSettings[]): Promise<void> {
  const known = new Set(stages.map(({ name }) => name));
  for (const name of await readdir(outFolder))
    if (!known.has(basename(name))) await rm(join(outFolder, name), { recursive: true, force: true });
}

/**
 * Makes `dist/stages/<architecture>/<stage>/` for every stage of the systems: the same bytes from the same sources, whatever machine
 * they are made on. What has not changed is not written. Makes the vision bundle first where it is absent or stale.
 */
export async function bundleStages(
  systems: readonly SystemSpecification[],
  { architecture = 'x86_64', outFolder = stagesFolderOf(architecture) }: BundleOptions = {},
): Promise<readonly StageBundle[]> {
  const stages = systems.flatMap((system) => system.stages);
  await promisify(execFile)(process.execPath, [join(root, 'scripts/bundle-vision.ts')]);
  const [built, vision, native] = await Promise.all([
    compile(stages),
    readFolder(join(root, 'dist', 'vision')),
    nativeFiles(root, architecture),
  ]);
  const bundles = await Promise.all(
    stages.map((stage) => finish(stage, { built, vision, native }, outFolder)),
  );
  await removeOthers(outFolder, stages);
  return bundles;
}
