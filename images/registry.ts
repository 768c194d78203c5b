// Which images does a registry have already? Asked in the registry's own protocol, as no builder asks without pulling.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { isLoopback, type BuilderName } from './builder-arguments.ts';
import { loginFor } from './registry-login.ts';
import { ImagesFailed } from './run-program.ts';

const kinds = [
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.index.v1+json',
];

const manifestSchema = z.looseObject({ manifests: z.unknown().optional() });

const mostSeconds = 30;

async function ask(target: string, builder: BuilderName): Promise<Response> {
  const [, registry, name, tag] = /^([^/]+)\/(.+):([^:/]+)$/.exec(target) ?? [];
  if (registry === undefined || name === undefined || tag === undefined)
    throw new ImagesFailed(`${target} is not of the form REGISTRY/NAME:TAG.`);
  const login = await loginFor(registry, builder);
  const address = `${isLoopback(target) ? 'http' : 'https'}://${registry}/v2/${name}/manifests/${tag}`;
  const headers = { accept: kinds.join(', '), ...(login === null ? {} : { authorization: login }) };
  return fetch(address, { headers, signal: AbortSignal.timeout(mostSeconds * 1000) }).catch(
    (cause: unknown) => {
      throw new ImagesFailed(`${registry} cannot be asked for its images: ${String(cause)}`, { cause });
    },
  );
}

/**
 * The digest (`sha256:…`) of `REGISTRY/NAME:TAG`, or `null` when the registry has no such image.
 * @throws ImagesFailed when the registry cannot be asked or does not let us look, and for an index, which Lambda refuses
 */
export async function digestIn(target: string, builder: BuilderName): Promise<string | null> {
  const answer = await ask(target, builder);
  if (answer.status === 404) return null;
  if (answer.status === 401 || answer.status === 403)
    throw new ImagesFailed(`${target}: the registry does not let us look (${answer.status}); log in before.`);
  if (!answer.ok) throw new ImagesFailed(`${target}: the registry answers ${answer.status}.`);
  const manifest = Buffer.from(await answer.arrayBuffer());
  if (manifestSchema.parse(JSON.parse(manifest.toString())).manifests !== undefined)
    throw new ImagesFailed(`${target} is an index of several images, and Lambda takes single ones only.`);
  return `sha256:${createHash('sha256').update(manifest).digest('hex')}`;
}
