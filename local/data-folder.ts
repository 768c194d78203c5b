// Which folder keeps the data of this machine, and who may use it now?
import { constants } from 'node:fs';
import { access, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { codeOf } from '../domain/errors.ts';
import { makePrivateFolder, replaceText } from '../services/files.ts';
import { lockFolder, type FolderLock } from './folder-lock.ts';
import { WrongUsage } from './wrong-usage.ts';

const serverLock = 'server.lock';
const analysesLock = 'analyses.lock';
const addressName = 'server.json';

const addressSchema = z.object({
  url: z.string(),
  /** The same with the token that signs the page in. */
  signInUrl: z.string(),
  pid: z.int(),
});
/** Where the server of a folder listens. */
export type ServerAddress = z.infer<typeof addressSchema>;

export interface DataFolder {
  readonly path: string;
  /** Writes down where this server listens, for whoever comes second. */
  readonly announce: (address: ServerAddress) => Promise<void>;
  /** Lets the next server in. */
  readonly close: () => Promise<void>;
}

/** A server of another process has the folder. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
  /** Where its user signs in; `null` while it is starting. */
  readonly signInUrl: string | null;
  constructor(folder: string, address: ServerAddress | null) {
    super(
      address
        ? `Greenroom is already running on ${address.url} with the data in ${folder} (process ${String(address.pid)}).`
        : `Greenroom is already starting with the data in ${folder}.`,
    );
    this.signInUrl = address?.signInUrl ?? null;
  }
}

/** Where the server that has the folder listens; `null` when nothing is written down. */
export async function readServerAddress(folder: string): Promise<ServerAddress | null> {
  const text = await readFile(join(folder, addressName), 'utf8').catch(() => 'null');
  try {
    return addressSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

async function makeUsable(path: string): Promise<void> {
  try {
    await makePrivateFolder(path);
    await access(path, constants.W_OK);
  } catch (error) {
    if (codeOf(error) === 'DISK_FULL') throw error;
    throw new WrongUsage(`${path} is no folder that can be written to.`, { cause: error });
  }
}

/** Opens or makes the folder for one server. @throws FolderInUse while another one has it, WrongUsage for what is no such folder */
export async function openDataFolder(path: string): Promise<DataFolder> {
  await makeUsable(path);
  const lock = lockFolder(path, { name: serverLock });
  if (!lock) throw new FolderInUse(path, await readServerAddress(path));
  const removeAddress = (): Promise<void> => rm(join(path, addressName), { force: true });
  // What a killed server wrote down leads nowhere.
  await removeAddress();
  return {
    path,
    announce: (address) => replaceText(join(path, addressName), JSON.stringify(address)),
    close: async () => {
      await removeAddress();
      lock.close();
    },
  };
}

/**
 * The right to run executions of the folder, which one process has at a time: a server's process of the analyses, or an
 * operator's command. `null` when another one has it and does not let go within `waitMs` (blocking, default none).
 */
export const lockAnalyses = (
  folder: string,
  { waitMs = 0 }: { readonly waitMs?: number } = {},
): FolderLock | null => lockFolder(folder, { name: analysesLock, waitMs });
