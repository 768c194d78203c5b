// How does the vision worker become a folder that runs anywhere? (`node scripts/bundle-vision.ts [--force]`)
import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import type { Metafile } from 'esbuild';
import { z } from 'zod';
import { changedSources, defaultBundleDirectory, readManifest, sha256 } from '../media/vision/bundle.ts';
import type { BundleManifest } from '../media/vision/bundle.ts';

const root = path.resolve(import.meta.dirname, '..');
const modules = path.join(root, 'node_modules');
const modelPackage = '@vladmandic/human';
const wasmPackage = '@tensorflow/tfjs-backend-wasm';
/** Detector, mesh and iris; the package also ships models of age, sex, mood and identity, which must not come along. */
const models = ['blazeface', 'facemesh', 'iris'];
/** Node on x86-64 and ARM64 has WebAssembly SIMD; the plain build is only what the loader falls back to. */
const wasmFile = 'tfjs-backend-wasm-simd.wasm';

const packageSchema = z.object({ version: z.string(), license: z.string() });

async function packageOf(name: string): Promise<z.infer<typeof packageSchema>> {
  const content: unknown = JSON.parse(await readFile(path.join(modules, name, 'package.json'), 'utf8'));
  return packageSchema.parse(content);
}

/** Names of the packages whose files esbuild put into the bundle. */
function bundledPackages(inputs: Metafile['inputs']): string[] {
  const names = Object.keys(inputs).flatMap((file) => {
    const [, inside] = file.split(/.*node_modules\//v);
    if (!inside) return [];
    const [scope = '', name = ''] = inside.split('/');
    return [scope.startsWith('@') ? `${scope}/${name}` : scope];
  });
  return [...new Set([...names, modelPackage])].toSorted();
}

async function licenseText(name: string, license: string): Promise<string> {
  // TensorFlow.js ships no text of its licence; sharp, a dependency too, ships the same Apache License 2.0 in full.
  const places = [`${name}/LICENSE`, `${name}/LICENSE.md`, `${name}/LICENSE.txt`];
  if (license === 'Apache-2.0') places.push('sharp/LICENSE');
  for (const place of places) {
    const text = await readFile(path.join(modules, place), 'utf8').catch(() => null);
    if (text) return text;
  }
  // Some packages (seedrandom) have their licence as the last chapter of the README.
  const readMe = await readFile(path.join(modules, name, 'README.md'), 'utf8').catch(() => '');
  const start = readMe.search(/^#*\s*licen[cs]e\b/imv);
  if (start !== -1) return readMe.slice(start);
  throw new Error(`${name} (${license}) has no licence text; the bundle must not go without one.`);
}

async function writeLicenses(file: string, names: readonly string[]): Promise<void> {
  const parts = [
    'The models blazeface, facemesh and iris are from MediaPipe, Copyright The MediaPipe Authors, Apache License 2.0\n' +
      `(its text stands below), converted for TensorFlow.js and shipped in ${modelPackage}.\n`,
  ];
  for (const name of names) {
    const { version, license } = await packageOf(name);
    parts.push(`${name} ${version} (${license})\n\n${await licenseText(name, license)}`);
  }
  await writeFile(file, parts.join(`\n${'-'.repeat(78)}\n\n`));
}

async function manifestOf(inputs: Metafile['inputs'], names: readonly string[]): Promise<BundleManifest> {
  const ours = Object.keys(inputs).filter((file) => !file.includes('node_modules/'));
  const hashes = ours.map(async (file) => [file, sha256(await readFile(path.join(root, file)))] as const);
  const versions = names.map(async (name) => [name, (await packageOf(name)).version] as const);
  const packages = Object.fromEntries(await Promise.all(versions));
  return {
    provider: `${modelPackage} ${packages[modelPackage] ?? ''}`.trim(),
    sources: Object.fromEntries(await Promise.all(hashes)),
    packages,
  };
}

async function isFresh(directory: string): Promise<boolean> {
  const manifest = await readManifest(directory).catch(() => null);
  if (!manifest || (await changedSources(manifest, root)).length > 0) return false;
  const versions = Object.entries(manifest.packages).map(
    async ([name, version]) => (await packageOf(name)).version === version,
  );
  return (await Promise.all(versions)).every(Boolean);
}

/**
 * Makes `dist/vision`: the worker, the WASM file, three models, their licences and a manifest. Leaves a bundle that
 * fits the sources alone unless forced. The folder appears whole or not at all.
 */
export async function bundleVision({ isForced = false } = {}): Promise<'made' | 'fresh'> {
  const directory = defaultBundleDirectory();
  if (!isForced && (await isFresh(directory))) return 'fresh';
  const part = `${directory}.${process.pid}.part`;
  await rm(part, { recursive: true, force: true });
  await mkdir(path.join(part, 'models'), { recursive: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['media/vision/worker.ts'],
    outfile: path.join(part, 'worker.cjs'),
    bundle: true,
    minify: true,
    // CommonJS, because Emscripten's loader looks for `__dirname` and `require`.
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    // The packages' ES modules can be tree-shaken, their CommonJS files cannot.
    mainFields: ['module', 'main'],
    // TensorFlow.js would load it for a Node without `fetch`; the worker reads files only.
    external: ['node-fetch'],
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
  });
  const copies = [[path.join(wasmPackage, 'dist', wasmFile), wasmFile]];
  for (const file of models.flatMap((name) => [`${name}.json`, `${name}.bin`])) {
    copies.push([path.join(modelPackage, 'models', file), path.join('models', file)]);
  }
  for (const [from = '', to = ''] of copies) await copyFile(path.join(modules, from), path.join(part, to));
  const names = bundledPackages(metafile.inputs);
  await writeLicenses(path.join(part, 'LICENSES.txt'), names);
  const manifest = await manifestOf(metafile.inputs, names);
  await writeFile(path.join(part, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await rm(directory, { recursive: true, force: true });
  await rename(part, directory);
  return 'made';
}

if (import.meta.main) {
  const outcome = await bundleVision({ isForced: process.argv.includes('--force') });
  process.stdout.write(`dist/vision: ${outcome}\n`);
}
