// How does the web app become files that any host serves? (`node scripts/build-web.ts [--out DIR]`)
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import type { Plugin } from 'vite';
import { z } from 'zod';

const root = path.resolve(import.meta.dirname, '..');

/** Most compressed JavaScript that a first visit may load, in bytes. */
export const firstLoadBudgetBytes = 250_000;

const manifestSchema = z.record(
  z.string(),
  z.object({
    file: z.string(),
    isEntry: z.boolean().optional(),
    imports: z.array(z.string()).optional(),
    dynamicImports: z.array(z.string()).optional(),
  }),
);
type Manifest = z.infer<typeof manifestSchema>;

/** The app speaks English and Portuguese; react-aria's words in thirty more languages stay outside. */
const onlyOurLanguages: Plugin = {
  name: 'greenroom:only-our-languages',
  enforce: 'pre',
  load(id) {
    const locale = /\/react-(?:aria|stately)\/dist\/(?:private\/)?intl\/.*\/([a-z]{2}-[A-Z]{2})\.m?js$/.exec(
      id,
    )?.[1];
    return locale === undefined || ['en-US', 'pt-BR', 'pt-PT'].includes(locale) ? null : 'export default {};';
  },
};

/** Whoever wants to talk to the API finds its description beside the app, on every host. */
const openApiBeside: Plugin = {
  name: 'greenroom:open-api-beside',
  async generateBundle() {
    const source = await readFile(path.join(root, 'docs/openapi.json'), 'utf8');
    this.emitFile({ type: 'asset', fileName: 'openapi.json', source });
  },
};

/** Builds the app into a folder, which is emptied first; what its pages load is named by its content. */
export async function buildWeb(outDirectory = path.join(root, 'dist/web')): Promise<void> {
  await build({
    root: path.join(root, 'web'),
    configFile: false,
    logLevel: 'warn',
    plugins: [react(), onlyOurLanguages, openApiBeside],
    build: {
      outDir: outDirectory,
      emptyOutDir: true,
      manifest: 'manifest.json',
      target: ['chrome123', 'firefox121', 'safari17.5'],
      // A data: address would need a hole in the policy for images and fonts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 1000,
      rolldownOptions: {
        // What is built of schemas does not reach the browser unless something uses it.
        treeshake: { manualPureFunctions: ['z'] },
      },
    },
  });
}

/** Adds every file of the manifest that is loaded together with one of its entries. */
function loadedWith(manifest: Manifest, name: string, seen: Set<string>): void {
  const chunk = manifest[name];
  if (!chunk || seen.has(chunk.file)) return;
  seen.add(chunk.file);
  for (const next of chunk.imports ?? []) loadedWith(manifest, next, seen);
}

export interface FirstLoad {
  readonly files: readonly { readonly file: string; readonly compressedBytes: number }[];
  readonly compressedBytes: number;
}

/** What the first page imports after it began: the way to sign in, its words in the longer language, the uploads. */
const firstImports = [
  'src/app/local-identity.ts',
  'src/pages/practise/page.tsx',
  'src/uploads/upload-tray.tsx',
  'src/locales/pt/common.json',
  'src/locales/pt/practise.json',
  'src/locales/pt/uploads.json',
];

/** What a first visit loads before its page is whole, each file compressed by gzip at level 9. */
export async function firstLoadOf(outDirectory: string): Promise<FirstLoad> {
  const text = await readFile(path.join(outDirectory, 'manifest.json'), 'utf8');
  const manifest = manifestSchema.parse(JSON.parse(text));
  const entries = Object.keys(manifest).filter((name) => manifest[name]?.isEntry);
  const missing = firstImports.filter((name) => !manifest[name]);
  if (entries.length === 0 || missing.length > 0) {
    throw new Error(`The manifest has ${String(entries.length)} entries, and lacks: ${missing.join(', ')}`);
  }
  const loaded = new Set<string>();
  for (const name of [...entries, ...firstImports]) loadedWith(manifest, name, loaded);
  const sizes = [...loaded]
    .filter((file) => file.endsWith('.js'))
    .map(async (file) => {
      const content = await readFile(path.join(outDirectory, file));
      return { file, compressedBytes: gzipSync(content, { level: 9 }).length };
    });
  const files = await Promise.all(sizes);
  return { files, compressedBytes: files.reduce((sum, { compressedBytes }) => sum + compressedBytes, 0) };
}

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

if (import.meta.main) {
  const { values } = parseArgs({ options: { out: { type: 'string' } } });
  const outDirectory = path.resolve(values.out ?? path.join(root, 'dist/web'));
  await buildWeb(outDirectory);
  const { files, compressedBytes } = await firstLoadOf(outDirectory);
  for (const file of files) console.log(`${kilobytes(file.compressedBytes).padStart(9)}  ${file.file}`);
  console.log(
    `${kilobytes(compressedBytes).padStart(9)}  first load, compressed (of ${kilobytes(firstLoadBudgetBytes)})`,
  );
  if (compressedBytes > firstLoadBudgetBytes) process.exitCode = 1;
}
