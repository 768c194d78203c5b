// Which system does an operator's command work on: a stack on AWS, or a data folder of this machine?
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Command } from 'commander';
import { z } from 'zod';
import { readEnvironment } from '../local/environment.ts';
import { openLocalSystem } from '../local/operated-system.ts';
import { WrongUsage } from '../local/wrong-usage.ts';
import type { OperatedSystem } from '../services/operations.ts';
import { projectFolder } from './project-folder.ts';
import { chooseTranscriber } from './transcriber-choice.ts';

export interface SystemFlags {
  readonly stack?: string;
  readonly outputs?: string;
  readonly data?: string;
}

/** What these commands need of the stack's outputs; `docs/operate.md` describes all of them. */
const outputsSchema = z.object({
  Region: z.string(),
  MediaBucketName: z.string(),
  RecordsTableName: z.string(),
  StateMachineArn: z.string(),
  UploadQueueUrl: z.string(),
  UploadDeadLetterQueueUrl: z.string(),
  ExecutionEndsQueueUrl: z.string(),
  ExecutionEndsDeadLetterQueueUrl: z.string(),
  AlarmTopicArn: z.string(),
});

/** Adds the options that choose the system. */
export const withSystemOptions = (command: Command): Command =>
  command
    .option('--stack <name>', 'a deployed stack; its outputs come from `pulumi stack output`')
    .option('--outputs <file>', 'a deployed stack, by a file with its outputs as JSON')
    .option('--data <folder>', 'a data folder of this machine (default: .greenroom/data)');

async function outputsOf({ stack, outputs }: SystemFlags): Promise<string> {
  if (outputs !== undefined)
    return readFile(outputs, 'utf8').catch((error: unknown) => {
      throw new WrongUsage(`The file ${outputs} cannot be read.`, { cause: error });
    });
  const args = ['stack', 'output', '--json', '--stack', stack ?? ''];
  try {
    return (await promisify(execFile)('pulumi', args, { cwd: projectFolder })).stdout;
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    throw new WrongUsage(
      said ||
        'The pulumi command is needed to read the outputs of a stack; or give them with --outputs FILE.',
      { cause: error },
    );
  }
}

function parseOutputs(text: string): z.infer<typeof outputsSchema> {
  try {
    return outputsSchema.parse(JSON.parse(text));
  } catch (error) {
    const missing =
      error instanceof z.ZodError ? error.issues.map(({ path }) => path.join('.')).join(', ') : '';
    throw new WrongUsage(
      missing ? `The stack's outputs lack ${missing}.` : "The stack's outputs are no JSON.",
      { cause: error },
    );
  }
}

async function openDeployed(flags: SystemFlags): Promise<OperatedSystem> {
  const outputs = parseOutputs(await outputsOf(flags));
  // The SDK is loaded only by those who need it: it doubles the start of every other command.
  const { openDeployedSystem } = await import('../services/aws/operations/deployed-system.ts');
  return openDeployedSystem({
    title: `${flags.stack ?? flags.outputs ?? ''} in ${outputs.Region}`,
    region: outputs.Region,
    bucketName: outputs.MediaBucketName,
    tableName: outputs.RecordsTableName,
    stateMachineArn: outputs.StateMachineArn,
    alarmTopicArn: outputs.AlarmTopicArn,
    uploads: { queueUrl: outputs.UploadQueueUrl, deadLetterQueueUrl: outputs.UploadDeadLetterQueueUrl },
    executionEnds: {
      queueUrl: outputs.ExecutionEndsQueueUrl,
      deadLetterQueueUrl: outputs.ExecutionEndsDeadLetterQueueUrl,
    },
  });
}

async function open(flags: SystemFlags): Promise<OperatedSystem> {
  const chosen = [flags.stack, flags.outputs, flags.data].filter((flag) => flag !== undefined);
  if (chosen.length > 1) throw new WrongUsage('Say one of --stack, --outputs and --data.');
  if (flags.stack !== undefined || flags.outputs !== undefined) return openDeployed(flags);
  const folder = flags.data === undefined ? join(projectFolder, '.greenroom', 'data') : resolve(flags.data);
  if (flags.data === undefined && !existsSync(folder))
    throw new WrongUsage('Which system? Name a stack with --stack, or a data folder with --data.');
  const environment = readEnvironment(process.env);
  return openLocalSystem({
    folder,
    environment,
    transcriber: chooseTranscriber(undefined, null, environment),
  });
}

/** Opens the system, does the work and lets go of it, whatever happens. */
export async function withSystem<T>(
  flags: SystemFlags,
  work: (system: OperatedSystem) => Promise<T>,
): Promise<T> {
  const system = await open(flags);
  try {
    return await work(system);
  } finally {
    await system.close();
  }
}
