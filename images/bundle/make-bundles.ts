// How does each stage become a folder that Lambda runs? One module with everything it needs, and nothing else.
import { rm, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build, type BuildResult, type Plugin } from 'esbuild';
import { InternalError } from '../../domain/errors.ts';
import type { StageSettings } from '../../systems/stage.ts';
import { entryOf, looksForFaces } from './entry.ts';
import type { StageBundle } from './stage-bundle.ts';
import { nativeFiles, nativePackages, type Architecture } from './native-packages.ts';
import { projectRoot as root, stagesFolderOf, visionFolder } from '../project-root.ts';
import { noticesOf, packagesIn } from './notices.ts';
import { readFolder, writeChanged, type FolderContents } from './write-changed.ts';

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

/** What the stages were made of, as paths. */
export interface MadeBundles {
  readonly bundles: readonly StageBundle[];
  readonly inputs: readonly string[];
}

/** Writes the folder of every stage, takes away those of other stages, and tells which files all that came from. */
export async function makeBundles(
  stages: readonly StageSettings[],
  { architecture, outFolder }: { readonly architecture: Architecture; readonly outFolder: string },
): Promise<MadeBundles> {
  const [built, vision, native] = await Promise.all([
    compile(stages),
    readFolder(visionFolder),
    nativeFiles(root, architecture),
  ]);
  const sources = { built, vision, native: native.files };
  const bundles = await Promise.all(stages.map((stage) => finish(stage, sources, outFolder)));
  await removeOthers(outFolder, stages);
  const compiled = Object.keys(built.metafile.inputs).filter((path) => !path.startsWith(`${namespace}:`));
  const copied = [...native.files.keys()].map((name) => join(native.source, name));
  const described = bundles.flatMap(({ packages }) =>
    packages.map(({ folder }) => join(folder, 'package.json')),
  );
  return { bundles, inputs: [...compiled, ...copied, ...described] };
}
