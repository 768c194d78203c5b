// How do the results of an analysis get into the user's folder?
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { derivedKey, derivedNames, type DerivedName } from '../domain/ids.ts';
import type { Files, Report } from '../domain/report.ts';
import type { Owner } from '../domain/stage-io.ts';
import type { ObjectStore } from '../services/contracts.ts';

const exported = [
  'playback',
  'poster',
  'posterWebp',
  'storyboard',
  'storyboardVtt',
  'speech',
  'captions',
] as const satisfies readonly (keyof Files & DerivedName)[];

/**
 * Puts the report and its files into the user's folder. They are gathered beside it first and then only renamed, so
 * that a full disk or an abort leaves the folder as it was; what an earlier run left and this one has not is removed.
 */
export async function exportReport(
  report: Report,
  owner: Owner,
  objects: ObjectStore,
  target: { readonly out: string; readonly work: string; readonly signal: AbortSignal },
): Promise<void> {
  const gathered = join(target.work, 'results');
  await mkdir(gathered, { recursive: true });
  const present = exported.filter((name) => report.files[name] !== null);
  for (const name of present)
    await objects.download(derivedKey(owner, name), join(gathered, derivedNames[name]), target.signal);
  await writeFile(join(gathered, derivedNames.report), `${JSON.stringify(report, null, 2)}\n`);
  target.signal.throwIfAborted();
  for (const name of exported) await rm(join(target.out, derivedNames[name]), { force: true });
  for (const name of [...present, 'report' as const])
    await rename(join(gathered, derivedNames[name]), join(target.out, derivedNames[name]));
}
