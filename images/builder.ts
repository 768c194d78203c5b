// What can a builder of images do for us?
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import {
  buildArguments,
  importArguments,
  pushArguments,
  runArguments,
  type Architecture,
  type BuilderName,
  type BuildOrder,
  type RunOrder,
} from './builder-arguments.ts';
import { ImagesFailed, output, run, type Said } from './run-program.ts';

/** What an image says of itself. */
export interface ImageFacts {
  readonly architecture: string;
  readonly user: string;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly environment: { readonly [name: string]: string };
  readonly labels: { readonly [name: string]: string };
  /** Uncompressed; `null` where the builder does not say. */
  readonly sizeBytes: number | null;
}

const list = z.array(z.string()).nullish();
const configSchema = z.object({
  User: z.string().default(''),
  Entrypoint: list,
  Cmd: list,
  Env: list,
  Labels: z.record(z.string(), z.string()).nullish(),
});
const dockerSchema = z.tuple([
  z.object({ Architecture: z.string(), Size: z.number(), Config: configSchema }),
]);
const buildahSchema = z.object({ OCIv1: z.object({ architecture: z.string(), config: configSchema }) });

const factsOf = (
  architecture: string,
  config: z.infer<typeof configSchema>,
  sizeBytes: number | null,
): ImageFacts => ({
  architecture,
  sizeBytes,
  user: config.User,
  entrypoint: config.Entrypoint ?? [],
  command: config.Cmd ?? [],
  labels: config.Labels ?? {},
  environment: Object.fromEntries(
    (config.Env ?? []).map((pair): [string, string] => {
      const [name = '', ...value] = pair.split('=');
      return [name, value.join('=')];
    }),
  ),
});

export interface BuilderProgram {
  readonly name: BuilderName;
  /** The client to call. */
  readonly command: string;
  readonly environment: { readonly [name: string]: string };
  /** Ends what was started for this builder. Default: nothing was. */
  readonly stop?: () => Promise<void>;
}

/** One builder, found by `findBuilder`; close it when the work is done. Every method throws ImagesFailed. */
export class Builder {
  readonly name: BuilderName;
  readonly #program: BuilderProgram;

  constructor(program: BuilderProgram) {
    this.name = program.name;
    this.#program = program;
  }

  #output(args: readonly string[], isLoud = false): Promise<string> {
    const { command, environment } = this.#program;
    return output({ command, args, environment, isLoud });
  }

  /** The command line with these words, for whoever watches the program himself. */
  lineOf(args: readonly string[]) {
    return { ...this.#program, args };
  }

  async build(order: BuildOrder, { isLoud = true }: { isLoud?: boolean } = {}): Promise<void> {
    await this.#output(buildArguments(this.name, order), isLoud);
  }

  async has(tag: string): Promise<boolean> {
    const { command, environment } = this.#program;
    const args = this.name === 'buildah' ? ['inspect', '--type', 'image', tag] : ['image', 'inspect', tag];
    return (await run({ command, args, environment })).exitCode === 0;
  }

  async importRoot(root: { tar: string; tag: string; architecture: Architecture }): Promise<void> {
    if (this.name === 'buildah')
      throw new ImagesFailed('buildah cannot make an image of a root file system; use docker or podman.');
    await this.#output(importArguments(this.name, root));
  }

  async facts(tag: string): Promise<ImageFacts> {
    if (this.name === 'buildah') {
      const { OCIv1 } = buildahSchema.parse(
        JSON.parse(await this.#output(['inspect', '--type', 'image', tag])),
      );
      return factsOf(OCIv1.architecture, OCIv1.config, null);
    }
    const [image] = dockerSchema.parse(JSON.parse(await this.#output(['image', 'inspect', tag])));
    return factsOf(image.Architecture, image.Config, image.Size);
  }

  /** Runs a program of an image, shut in as in Lambda. */
  async run(order: RunOrder): Promise<Said> {
    const args = runArguments(this.name, order);
    if (args === null)
      throw new ImagesFailed('buildah only builds: to look into an image, install docker.io or podman.');
    const { command, environment } = this.#program;
    return run({ command, args, environment });
  }

  /** Pushes under another name and gives the digest, `sha256:…`. */
  async push(tag: string, target: string): Promise<string> {
    if (this.name === 'docker') {
      await this.#output(['tag', tag, target]);
      const said = await this.#output(['push', target]);
      const digest = /digest: (sha256:[0-9a-f]{64})/.exec(said)?.[1];
      if (digest === undefined) throw new ImagesFailed(`docker push did not say a digest:\n${said}`);
      return digest;
    }
    const folder = await mkdtemp(join(tmpdir(), 'greenroom-push-'));
    try {
      const digestFile = join(folder, 'digest');
      await this.#output(pushArguments(tag, target, digestFile));
      return (await readFile(digestFile, 'utf8')).trim();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async close(): Promise<void> {
    await this.#program.stop?.();
  }
}
