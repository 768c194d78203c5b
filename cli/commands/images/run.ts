// What does `./greenroom images run` do? It runs one stage of the built images as Lambda would, and prints its answer.
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { buildImages } from '../../../images/build-images.ts';
import { bundleStages } from '../../../images/bundle/bundle-stages.ts';
import type { Builder } from '../../../images/builder.ts';
import { openStage } from '../../../images/run/open-stage.ts';
import { ImagesFailed } from '../../../images/run-program.ts';
import type { Call } from '../../../local/runtime-api/sandbox.ts';
import { interview } from '../../../systems/interview/system.ts';
import { WrongUsage } from '../../../local/wrong-usage.ts';
import { exitCodes } from '../../run-analysis.ts';
import { addImageOptions, chosenStages, withBuilder, wishOf, type ImageFlags } from './image-options.ts';
import { eventMakerOf, storeRecording } from './run-event.ts';

interface Flags extends ImageFlags {
  readonly event?: string;
  readonly recording?: string;
  readonly store?: string;
  readonly times: string;
}

/** Of the SDK: where a server is that imitates AWS, and what it wants to see. */
const passedOn =
  /^(?:AWS_(?:ENDPOINT_URL\w*|REGION|ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)|BUCKET_NAME|TABLE_NAME|STATE_MACHINE_ARN|MODEL_ID|GUARDRAIL_\w+|PICTURE_LABELS|TRANSCRIBE_LANGUAGES|ENCRYPTION_KEY_ARN|RECORD_RETENTION_DAYS|DEPLOYMENT)$/;

const ms = (value: number): string => `${value.toFixed(0)} ms`;
const tell = (stage: string, { initMs, durationMs }: Call): void =>
  void process.stderr.write(
    `${stage}: ${initMs === null ? 'warm' : `cold start ${ms(initMs)}`}, call ${ms(durationMs)}\n`,
  );

/** What the function writes is its log. */
const onLog = (text: string): void => void process.stderr.write(text);

interface Session {
  readonly flags: Flags;
  readonly builder: Builder;
  readonly store: string | null;
}

/** Calls the stage so many times in the same sandbox; gives the last answer, or `null` when it failed. */
async function call(
  name: string,
  event: unknown,
  { flags, builder, store }: Session,
  times = 1,
): Promise<unknown> {
  const [stage] = chosenStages([name]);
  if (!stage) throw new WrongUsage(`There is no stage ${name}.`);
  const built = await buildImages([stage], wishOf(flags), builder);
  const tag = built.find((one) => one.stage === name)?.tag;
  if (tag === undefined) throw new ImagesFailed(`No image of ${name} was made.`);
  const environment = Object.fromEntries(
    Object.entries(process.env).flatMap(([variable, value]) =>
      store === null && passedOn.test(variable) && value !== undefined ? [[variable, value]] : [],
    ),
  );
  const emulated = await openStage({ stage, tag, builder, store, environment, onLog });
  try {
    let answer: unknown = null;
    for (let time = 0; time < times; time += 1) {
      const done = await emulated.invoke(event);
      tell(name, done);
      if ('error' in done.outcome) {
        process.stdout.write(`${JSON.stringify(done.outcome.error, null, 2)}\n`);
        process.exitCode = exitCodes.fault;
        return null;
      }
      answer = JSON.parse(done.outcome.payload.toString('utf8'));
    }
    return answer;
  } finally {
    await emulated.close();
  }
}

async function readEvent(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new WrongUsage(`${path} holds no JSON that can be read.`, { cause: error });
  }
}

/** The event for a stage that works on a recording: what must run before runs in its image, too. */
async function eventFor(name: string, recording: string, session: Session): Promise<unknown> {
  if (session.store === null)
    throw new WrongUsage('With AWS_ENDPOINT_URL the recording must be in the bucket: give an --event.');
  const maker = eventMakerOf(name);
  const stored = await storeRecording(join(session.store, 'objects'), recording);
  const answers: unknown[] = [];
  for (const before of maker.needs) {
    const answer = await call(before, eventMakerOf(before).event(stored, answers), session);
    if (answer === null) return null;
    answers.push(answer);
  }
  return maker.event(stored, answers);
}

async function runStage(name: string, flags: Flags, builder: Builder): Promise<void> {
  const isTemporary = flags.store === undefined;
  const folder = isTemporary ? await mkdtemp(join(tmpdir(), 'greenroom-run-')) : resolve(flags.store);
  try {
    // What is run is what the sources say now; an image that is there is taken as it is.
    await bundleStages([interview], { architecture: flags.arch === 'amd64' ? 'x86_64' : 'arm64' });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const session = { flags, builder, store: process.env['AWS_ENDPOINT_URL'] ? null : folder };
    const { event: eventFile, recording } = flags;
    const event = recording
      ? await eventFor(name, resolve(recording), session)
      : await readEvent(resolve(eventFile ?? ''));
    if (event === null) return;
    const answer = await call(name, event, session, Number(flags.times));
    if (answer !== null) process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
  } finally {
    if (isTemporary) await rm(folder, { recursive: true, force: true });
  }
}

export const runCommand = (): Command =>
  addImageOptions(new Command('run'))
    .description(
      'run the image of a stage (built first, if need be) as Lambda does: read-only, not as root, in its limits',
    )
    .argument('<stage>', 'such as convert-video')
    .option('--event <file>', 'JSON to call it with')
    .option('--recording <file>', 'instead of an event: a recording, put where the stage looks for it')
    .option('--store <folder>', 'stands in for bucket and table; default: one that is removed afterwards')
    .option('--times <count>', 'calls in the same sandbox, the first of them cold', '1')
    .action(async (name: string, flags: Flags) => {
      chosenStages([name]);
      if ((flags.event === undefined) === (flags.recording === undefined))
        throw new WrongUsage('Give either an --event or a --recording.');
      if (!/^[1-9]\d{0,2}$/.test(flags.times)) throw new WrongUsage('--times is a number from 1 to 999.');
      await withBuilder(flags, (builder) => runStage(name, flags, builder));
    });
