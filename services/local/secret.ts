// What does this machine keep secret, so that its addresses and cursors stay good over a restart?
import { hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { chmod, link, open, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InternalError } from '../../domain/errors.ts';
import { makePrivateFolder, privateFileMode, storageFailure, systemCode } from '../files.ts';

const secretBytes = 32;

/** Puts the text at `path` unless somebody was faster: a name that exists is never linked anew. */
async function offer(path: string, text: string): Promise<void> {
  await makePrivateFolder(dirname(path));
  const temporary = join(dirname(path), `.${randomUUID()}.part`);
  try {
    const file = await open(temporary, 'wx', privateFileMode);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await link(temporary, path);
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

async function readPrivate(path: string): Promise<string | null> {
  try {
    const { mode } = await stat(path);
    if ((mode & 0o077) !== 0) await chmod(path, privateFileMode);
    return await readFile(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** 32 random bytes in base64url. */
const textPattern = /^[A-Za-z0-9_-]{43}$/;

/**
 * The 256 random bits in the file, as text safe in an address; made when there is no file, private to this user. All
 * processes get the same ones, also when they ask at once.
 * @throws InternalError for a file that holds something else
 */
export async function readOrMakeToken(path: string): Promise<string> {
  try {
    let text = await readPrivate(path);
    if (text === null) {
      await offer(path, randomBytes(secretBytes).toString('base64url'));
      text = await readPrivate(path);
    }
    if (text !== null && textPattern.test(text)) return text;
  } catch (error) {
    throw storageFailure(error, `Keeping ${path}`);
  }
  throw new InternalError(`${path} does not hold what Greenroom wrote there; remove it to get a new one.`);
}

/** The secret in the file, 32 bytes, from which `deriveKey` makes keys; made when there is none. */
export const readOrMakeSecret = async (path: string): Promise<Buffer> =>
  Buffer.from(await readOrMakeToken(path), 'base64url');

/** A key of 32 bytes for one purpose (HKDF-SHA256); keys of different purposes say nothing about each other. */
export const deriveKey = (secret: Uint8Array, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, new Uint8Array(), `greenroom ${purpose}`, 32));
