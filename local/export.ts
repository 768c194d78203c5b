// How do the results of an analysis get into the user's folder?
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { derivedKey, derivedNames, type DerivedName } from '../domain/ids.ts';
import type { Files, Report } from '../domain/report.ts';
import type { Owner } from '../domain/stage-io.ts';
import type { ObjectStore } from '../services/contracts.ts';
import { pageName } from './result-folder.ts';

const exported = [
  'playback',
  'poster',
  'posterWebp',
  'storyboard',
  'storyboardVtt',
  'speech',
  'captions',
] as const satisfies readonly (keyof Files & DerivedName)[];

export interface ExportTarget {
  readonly out: string;
  readonly work: string;
  readonly signal: AbortSignal;
  /** Makes the page from the report and the files that lie in `folder`. */
  readonly writePage?: ((report: Report, folder: string) => Promise<string>) | undefined;
}

/**
 * Puts the report and its files into the user's folder. They are gathered beside it first and then only renamed, so
 * that a full disk or an abort leaves the folder as it was; what an earlier run left and this one has not is removed.
 * The caller has made sure with `requireResultFolder` that nobody else's file is in the way.
 */
export async function exportReport(
  report: Report,
  owner: Owner,
  objects: ObjectStore,
  { out, work, signal, writePage }: ExportTarget,
): Promise<void> {
  const gathered = join(work, 'results');
  await mkdir(gathered, { recursive: true });
  const files = exported.filter((name) => report.files[name] !== null);
  for (const name of files)
    await objects.download(derivedKey(owner, name), join(gathered, derivedNames[name]), signal);
  await writeFile(join(gathered, derivedNames.report), `${JSON.stringify(report, null, 2)}\n`);
  if (writePage) await writeFile(join(gathered, pageName), await writePage(report, gathered));
  signal.throwIfAborted();
  const present = [...files.map((name) => derivedNames[name]), ...(writePage ? [pageName] : [])];
  for (const name of [...present, derivedNames.report]) await rename(join(gathered, name), join(out, name));
  const possible = [...exported.map((name) => derivedNames[name]), pageName];
  for (const name of possible) if (!present.includes(name)) await rm(join(out, name), { force: true });
}
