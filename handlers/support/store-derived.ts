// How do the files that a handler made get beside the upload?
import { join } from 'node:path';
import { contentTypes, derivedKey, derivedNames, type DerivedName } from '../../domain/ids.ts';
import type { Owner } from '../../domain/stage-io.ts';
import type { HandlerContext } from './handler.ts';

/** Uploads the named files of a folder, in which they have the names that they keep. */
export async function storeDerived(
  names: readonly DerivedName[],
  folder: string,
  owner: Owner,
  { services, signal }: HandlerContext<'objects'>,
): Promise<void> {
  for (const name of names)
    await services.objects.upload(
      derivedKey(owner, name),
      join(folder, derivedNames[name]),
      contentTypes[name],
      signal,
    );
}
