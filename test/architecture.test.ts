// Does every file import only what its folder may, and does none go round in a circle?
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect } from 'chai';
import ts from 'typescript';

const root = join(import.meta.dirname, '..');

/** Which folder may import which others; itself it always may. Tests may import everything. */
const mayImport: { readonly [folder: string]: readonly string[] } = {
  domain: [],
  media: ['domain'],
  report: ['domain'],
  systems: ['domain'],
  services: ['domain'],
  handlers: ['domain', 'media', 'services'],
  lambda: ['handlers', 'systems', 'services', 'media', 'domain'],
  local: ['handlers', 'systems', 'services', 'media', 'domain'],
  images: ['systems', 'domain', 'local'],
  components: ['systems', 'domain'],
  policy: ['systems', 'domain'],
  plan: ['policy', 'systems', 'domain'],
  bench: ['local', 'media', 'domain'],
  cli: ['local', 'systems', 'services', 'domain', 'report', 'bench', 'plan', 'policy', 'images'],
  scripts: ['domain', 'media', 'policy', 'systems'],
  web: ['domain', 'report'],
};

/** Packages that only some folders may know; everything else is free. */
const packageHomes: { readonly [name: string]: readonly string[] } = {
  '@pulumi/pulumi': ['components', 'plan', 'index.ts', 'settings.ts'],
  '@pulumi/aws': ['components'],
  '@pulumi/awsx': ['components'],
  '@pulumi/docker-build': ['components'],
  '@pulumi/policy': ['policy'],
  '@grpc/grpc-js': ['plan'],
  '@vladmandic/human': ['media'],
  '@tensorflow/tfjs-core': ['media'],
  '@tensorflow/tfjs-converter': ['media'],
  '@tensorflow/tfjs-backend-wasm': ['media'],
  sharp: ['media'],
  commander: ['cli'],
  esbuild: ['scripts', 'images'],
  vite: ['scripts'],
  '@vitejs/plugin-react': ['scripts'],
  react: ['web'],
  'react-dom/client': ['web'],
  'react-aria-components': ['web'],
  'react-i18next': ['web'],
  i18next: ['web'],
  '@tanstack/react-query': ['web'],
  '@tanstack/react-router': ['web'],
  recharts: ['web'],
  'oidc-client-ts': ['web'],
  idb: ['web'],
  '@noble/hashes/sha2.js': ['web'],
};

/** What the pure rules may use beside themselves. */
const domainPackages = new Set(['zod', 'ulid', 'syllable', 'node:crypto']);

interface SourceFile {
  readonly path: string;
  readonly folder: string;
  readonly lines: number;
  readonly firstLine: string;
  /** Paths from the root for our own files, names for packages. */
  readonly imports: readonly string[];
}

function read(path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8');
  const imports = ts
    .preProcessFile(text, true, true)
    .importedFiles.map(({ fileName }) =>
      fileName.startsWith('.') ? relative(root, join(root, dirname(path), fileName)) : fileName,
    );
  const lines = text.trimEnd().split('\n');
  const firstLine = lines[0] ?? '';
  return { path, imports, firstLine, lines: lines.length, folder: path.split('/')[0] ?? '' };
}

const sources = Object.keys(mayImport)
  .flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx}`, { cwd: root }))
  .map(read);
const tests = globSync('test/**/*.ts', { cwd: root }).map(read);

const isOurs = (name: string): boolean => /\.(?:tsx?|json)$/.test(name);

/** A path of files that ends where it began, or `null`. */
function findCycle(files: readonly SourceFile[]): readonly string[] | null {
  const imports = new Map(files.map((file) => [file.path, file.imports]));
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): readonly string[] | null => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return null;
    for (const next of imports.get(path) ?? []) {
      const cycle = visit(next, [...trail, path]);
      if (cycle) return cycle;
    }
    done.add(path);
    return null;
  };
  for (const { path } of files) {
    const cycle = visit(path, []);
    if (cycle) return cycle;
  }
  return null;
}

const forbidden = ({ folder, path, imports }: SourceFile): string[] =>
  imports
    .filter((name) => isOurs(name))
    .filter((name) => {
      const target = name.split('/')[0] ?? '';
      if (folder === 'handlers' && target === 'services') return name !== 'services/contracts.ts';
      return target !== folder && !(mayImport[folder] ?? []).includes(target);
    })
    .map((name) => `${path} imports ${name}`);

const sourceFile = (path: string, imports: readonly string[]): SourceFile => ({
  ...read('domain/span.ts'),
  path,
  imports,
});

const most = ({ path, folder }: SourceFile): number =>
  folder === 'test' ? 400 : path.startsWith('handlers/interview/') ? 80 : 250;

describe('architecture', () => {
  it('finds the sources', () => {
    expect(sources.length).to.be.greaterThan(100);
    expect(new Set(sources.map(({ folder }) => folder)).size).to.equal(Object.keys(mayImport).length);
  });

  it('keeps every import within the table', () => {
    expect(sources.flatMap(forbidden)).to.deep.equal([]);
  });

  it('refuses a handler that reaches for an implementation of a service', () => {
    const offender = {
      ...read('handlers/interview/probe-recording.ts'),
      imports: ['services/local/objects.ts'],
    };
    expect(forbidden(offender)).to.have.length(1);
  });

  it('keeps packages in their folders', () => {
    const strays = sources.flatMap(({ path, folder, imports }) =>
      imports
        .filter((name) => packageHomes[name] && !packageHomes[name].includes(folder))
        .map((name) => `${path}: ${name}`),
    );
    expect(strays.filter((stray) => !stray.startsWith('scripts/bundle-vision.ts'))).to.deep.equal([]);
  });

  it('keeps the rules of domain/ free of input and output', () => {
    const strays = sources
      .filter(({ folder }) => folder === 'domain')
      .flatMap(({ path, imports }) =>
        imports
          .filter((name) => !isOurs(name) && !domainPackages.has(name))
          .map((name) => `${path}: ${name}`),
      );
    expect(strays).to.deep.equal([]);
  });

  it('has no cycle', () => {
    expect(findCycle(sources)).to.equal(null);
  });

  it('sees a cycle when there is one', () => {
    expect(findCycle([sourceFile('a.ts', ['b.ts']), sourceFile('b.ts', ['a.ts'])])).to.deep.equal([
      'a.ts',
      'b.ts',
      'a.ts',
    ]);
  });

  it('opens every file with the question it answers', () => {
    const silent = [...sources, ...tests].filter(({ firstLine }) => !firstLine.startsWith('// '));
    expect(silent.map(({ path }) => path)).to.deep.equal([]);
  });

  it('keeps files at 250 lines, handlers at 80 and tests at 400', () => {
    const long = [...sources, ...tests].filter((file) => file.lines > most(file));
    expect(long.map(({ path, lines }) => `${path}: ${String(lines)}`)).to.deep.equal([]);
  });
});
