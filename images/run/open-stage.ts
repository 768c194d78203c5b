// How is a stage of a built image run on this machine? As a Lambda function of the emulator, one container a sandbox.
import { randomUUID } from 'node:crypto';
import { chown, readdir } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { EmulatedFunction } from '../../local/runtime-api/emulated-function.ts';
import { startRuntime } from '../../local/runtime-api/runtime-process.ts';
import { variablesOf, type FunctionVariable } from '../../systems/environment.ts';
import type { StageSettings } from '../../systems/stage.ts';
import { lambdaUser } from '../builder-arguments.ts';
import type { Builder } from '../builder.ts';
import { run } from '../run-program.ts';
import { containerArguments, storeInside } from './container-arguments.ts';

export interface StageRun {
  readonly stage: StageSettings;
  readonly tag: string;
  readonly builder: Builder;
  /** A folder that takes the place of bucket and table; `null` for a server that imitates AWS. */
  readonly store: string | null;
  /** Beside what Lambda sets and the stage's own variables. */
  readonly environment: { readonly [name: string]: string };
  readonly onLog: (text: string) => void;
}

/** For a function that has a store: nothing asks for these names, but they must have the right shape. */
const localValues: { readonly [Variable in FunctionVariable]: string } = {
  BUCKET_NAME: 'local-store',
  TABLE_NAME: 'local-store',
  TABLE_INDEX_NAME: 'local-store',
  PREFERENCES_TABLE_NAME: 'local-store',
  USER_POOL_ID: 'us-east-1_local',
  USER_POOL_CLIENT_ID: 'local',
  STATE_MACHINE_ARN: 'arn:aws:states:us-east-1:000000000000:stateMachine:local',
  MODEL_ID: '',
  GUARDRAIL_ID: '',
  GUARDRAIL_VERSION: '',
  PICTURE_LABELS: 'off',
  TRANSCRIBE_LANGUAGES: '',
  ENCRYPTION_KEY_ARN: 'arn:aws:kms:us-east-1:000000000000:key/local',
  RECORD_RETENTION_DAYS: '1',
  DEPLOYMENT: '',
};

/** What Lambda sets, as far as the runtime and we look at it. */
function environmentOf({ stage, store, environment }: StageRun, apiAddress: string) {
  return {
    AWS_LAMBDA_RUNTIME_API: apiAddress,
    AWS_LAMBDA_FUNCTION_NAME: stage.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(stage.memoryMiB),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${stage.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_REGION: 'us-east-1',
    NODE_OPTIONS: '--enable-source-maps',
    ...Object.fromEntries(variablesOf(stage).map((name) => [name, localValues[name]])),
    ...(store === null ? {} : { GREENROOM_STORE: storeInside }),
    ...environment,
  };
}

/** The user of Lambda's sandbox, or whoever called us: a folder of theirs stays theirs. */
const containerUser = (): string => {
  const uid = process.getuid?.() ?? 0;
  return uid === 0 ? lambdaUser : `${String(uid)}:${String(process.getgid?.() ?? uid)}`;
};

/** Gives everything in the store to the container's user; what it makes there root may read anyway. */
async function handOver(folder: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const [uid = 0, gid = 0] = containerUser().split(':').map(Number);
  await chown(folder, uid, gid);
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of found) await chown(join(entry.parentPath, entry.name), uid, gid);
}

/** No engine gives a container more processors than the machine has. */
const fitting = (stage: StageSettings): StageSettings => ({
  ...stage,
  memoryMiB: Math.min(stage.memoryMiB, cpus().length * 1769),
});

/**
 * Opens the function; close it to end its containers. Read-only but for `/tmp`, no root, no capabilities, and the
 * memory, processors and time that the stage has in Lambda, as far as this machine has them.
 */
export async function openStage(options: StageRun): Promise<EmulatedFunction> {
  const { stage, tag, builder, store, onLog } = options;
  if (store !== null) await handOver(store);
  return new EmulatedFunction({
    name: stage.name,
    timeoutSeconds: stage.timeoutSeconds,
    start: (apiAddress) => {
      const name = `greenroom-${stage.name}-${randomUUID().slice(0, 8)}`;
      const order = { name, tag, stage: fitting(stage), user: containerUser(), store };
      const environment = environmentOf({ ...options, stage: fitting(stage) }, apiAddress);
      const line = builder.lineOf(containerArguments({ ...order, environment }));
      return startRuntime({
        ...line,
        // The client's own, such as DOCKER_HOST; what the function gets stands in the arguments.
        environment: { ...process.env, ...line.environment },
        onLog,
        afterKill: async () => {
          // Ending the client does not end the container.
          await run(builder.lineOf(['rm', '--force', name]));
        },
      });
    },
  });
}
