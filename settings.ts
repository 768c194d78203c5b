// What may be set for a stack, and what is it set to?
import * as pulumi from '@pulumi/pulumi';
import { z } from 'zod';
import { contradictions } from './systems/contradictions.ts';
import { interview } from './systems/interview/system.ts';
import type { RetentionClass } from './systems/system.ts';

/** Systems that can be deployed, by name. */
export const deployableSystems = { interview } as const;
export type SystemName = keyof typeof deployableSystems;
/** All keys of the table, which Object.keys forgets the type of. */
const systemNames = Object.keys(deployableSystems) as [SystemName, ...SystemName[]];

const stageNames = Object.values(deployableSystems).flatMap(({ stages }) => stages.map(({ name }) => name));

/** How a value is written in Pulumi.yaml; a map is a string of JSON there, because maps have no type in it. */
type Notation = 'string' | 'integer' | 'boolean' | 'array' | 'map';

interface Setting<Value> {
  readonly notation: Notation;
  /** The same as in Pulumi.yaml. */
  readonly fallback: Value;
  /** Ends the sentence "… must be". */
  readonly allowed: string;
  readonly schema: z.ZodType<Value>;
}

const setting = <Value>(
  notation: Notation,
  fallback: Value,
  allowed: string,
  schema: z.ZodType<Value>,
): Setting<Value> => ({ notation, fallback, allowed, schema });

const oneOf = <const Options extends readonly [string, ...string[]]>(
  options: Options,
  fallback: Options[number],
): Setting<Options[number]> => setting('string', fallback, options.join(' or '), z.enum(options));

const integer = (fallback: number, least: number, most: number): Setting<number> =>
  setting(
    'integer',
    fallback,
    `a whole number from ${String(least)} to ${String(most)}`,
    z.int().min(least).max(most),
  );

const boolean = (fallback: boolean): Setting<boolean> =>
  setting('boolean', fallback, 'true or false', z.boolean());

const text = (fallback: string, pattern: RegExp, allowed: string): Setting<string> =>
  setting('string', fallback, allowed, z.string().regex(pattern));

const list = (
  fallback: readonly string[],
  item: z.ZodType<string>,
  allowed: string,
): Setting<readonly string[]> => setting('array', fallback, allowed, z.array(item));

/** Ten years. */
const days = (fallback: number): Setting<number> => integer(fallback, 1, 3650);
const logRetentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
const regionName = /^[a-z]{2,4}(-[a-z]+)+-\d$/;
/**
 * Scheme and host, an optional port, nothing behind: what browsers send in the header Origin. Without TLS only this
 * machine, as Cognito has it.
 */
const origin = /^(https:\/\/[a-z0-9.-]+|http:\/\/localhost)(:\d{1,5})?$/;
const hostName = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
/** CloudFront takes certificates of this region alone. */
const certificate = /^arn:aws:acm:us-east-1:\d{12}:certificate\/[0-9a-f-]{36}$/;
/** A pattern that also takes nothing. */
const orNothing = ({ source }: RegExp): RegExp => new RegExp(`^$|${source}`);

/** Every key of the stack's configuration; Pulumi.yaml says what each is for. */
export const settingsTable = {
  systems: setting<readonly SystemName[]>(
    'array',
    ['interview'],
    `a list of ${systemNames.join(', ')}, each once`,
    z.array(z.enum(systemNames)).refine((names) => new Set(names).size === names.length),
  ),
  architecture: oneOf(['arm64', 'x86_64'], 'arm64'),
  imageMode: oneOf(['build', 'pinned'], 'build'),
  imageDigests: setting(
    'map',
    {},
    `JSON with sha256:<64 hexadecimal digits> for stages (${stageNames.join(', ')})`,
    z.partialRecord(z.enum(stageNames), z.string().regex(/^sha256:[0-9a-f]{64}$/)),
  ),
  stageMemoryMiB: setting(
    'map',
    {},
    `JSON with 128 to 10240 for stages (${stageNames.join(', ')})`,
    z.partialRecord(z.enum(stageNames), z.int().min(128).max(10_240)),
  ),
  reservedConcurrencyPercent: integer(100, 0, 1000),
  accountConcurrency: integer(1000, 10, 1_000_000),
  network: oneOf(['none'], 'none'),
  protectData: boolean(true),
  uploadsRetentionDays: days(365),
  analysesRetentionDays: days(365),
  transcriptionsRetentionDays: days(30),
  recordsRetentionDays: days(365),
  oldVersionsRetentionDays: days(30),
  logRetentionDays: setting(
    'integer',
    90,
    `one of ${logRetentions.join(', ')}`,
    z.int().refine((value) => logRetentions.includes(value)),
  ),
  recordsTableSecondaryIndex: text(
    'user_index',
    /^[a-zA-Z0-9_.-]{3,255}$/,
    '3 to 255 letters, digits, underscores, dots or hyphens',
  ),
  siteDomain: text('', orNothing(hostName), 'a host name such as practice.example.com, or empty'),
  siteCertificateArn: text(
    '',
    orNothing(certificate),
    'the ARN of a certificate of ACM in us-east-1, or empty',
  ),
  siteFolder: text('', /^(\S(.*\S)?)?$/, 'a path from the folder of Pulumi.yaml, or empty'),
  siteOrigins: list(
    [],
    z.string().regex(origin),
    'a list of origins such as https://example.com or http://localhost:5173, never *',
  ),
  selfSignUp: boolean(false),
  secondFactor: oneOf(['optional', 'required'], 'optional'),
  recordingLimitSeconds: integer(1800, 60, 3600),
  transferAcceleration: boolean(true),
  throttleRate: integer(50, 1, 10_000),
  throttleBurst: integer(100, 1, 5000),
  ownsApiGatewayLogging: boolean(true),
  modelId: text('', /^[a-zA-Z0-9._:-]{0,256}$/, 'the id of a Bedrock model or inference profile, or empty'),
  modelRegions: list([], z.string().regex(regionName), 'a list of regions such as us-east-1'),
  guardrailId: text('', /^[a-z0-9]{0,64}$/, 'the id of a Bedrock guardrail, or empty'),
  guardrailVersion: text('', /^([1-9]\d{0,7}|DRAFT)?$/, 'a number, DRAFT, or empty'),
  pictureLabels: oneOf(['rekognition', 'off'], 'off'),
  transcribeLanguages: list(
    ['en-US', 'pt-BR'],
    z.string().regex(/^[a-z]{2,3}-[A-Z]{2}$/),
    'a list of BCP 47 tags such as en-US',
  ),
  alarmEmails: list([], z.email(), 'a list of e-mail addresses'),
  monthlyBudgetUsd: integer(50, 0, 1_000_000),
  auditTrail: boolean(false),
} as const;

type Table = typeof settingsTable;
type Values = { readonly [Key in keyof Table]: z.output<Table[Key]['schema']> };

/** Everything that the program may know about its stack. */
export interface Settings extends Omit<
  Values,
  'imageMode' | 'imageDigests' | `${RetentionClass}RetentionDays`
> {
  readonly project: string;
  readonly stack: string;
  readonly region: string;
  readonly images:
    | { readonly mode: 'build' }
    | { readonly mode: 'pinned'; readonly digests: Readonly<Partial<Record<string, string>>> };
  readonly retentionDays: Readonly<Record<RetentionClass, number>>;
}

/** Where a program runs; Pulumi knows it without configuration. */
export interface StackIdentity {
  readonly project: string;
  readonly stack: string;
}

/** Every mistake in the configuration of a stack at once, a line each. */
export class SettingsError extends pulumi.RunError {
  readonly mistakes: readonly string[];

  constructor(stack: string, mistakes: readonly string[]) {
    super(
      `The configuration of the stack ${stack} has mistakes:\n${mistakes.map((line) => `  ${line}\n`).join('')}`,
    );
    this.mistakes = mistakes;
  }
}

/** Reads the configuration of the running program. */
export const readSettings = (): Settings =>
  settingsFrom(pulumi.runtime.allConfig(), { project: pulumi.getProject(), stack: pulumi.getStack() });

/** Makes settings of configuration as the engine hands it over: text by full key, `greenroom:systems`. */
export function settingsFrom(config: Readonly<Record<string, string>>, identity: StackIdentity): Settings {
  const prefix = `${identity.project}:`;
  const mistakes = Object.keys(config)
    .filter((key) => key.startsWith(prefix) && !Object.hasOwn(settingsTable, key.slice(prefix.length)))
    .map((key) => `${key} is no setting; Pulumi.yaml lists them`);
  const values = Object.fromEntries(
    Object.entries(settingsTable).map(([key, { notation, fallback, allowed, schema }]) => {
      const written = config[prefix + key];
      const parsed = schema.safeParse(written === undefined ? fallback : valueOf(written, notation));
      if (!parsed.success) mistakes.push(`${key} must be ${allowed}`);
      return [key, parsed.success ? parsed.data : fallback];
    }),
  ) as unknown as Values;
  const region = config['aws:region'] ?? '';
  if (!regionName.test(region)) mistakes.push('aws:region must be a region such as us-east-1');
  const deployed = values.systems.flatMap((name) => deployableSystems[name].stages);
  mistakes.push(...contradictions({ ...values, stack: identity.stack, region, stages: deployed }));
  if (mistakes.length > 0) throw new SettingsError(identity.stack, mistakes);
  const { imageMode, imageDigests, uploadsRetentionDays, analysesRetentionDays, ...rest } = values;
  const { transcriptionsRetentionDays, recordsRetentionDays, ...others } = rest;
  return Object.freeze({
    ...others,
    ...identity,
    region,
    images: Object.freeze(
      imageMode === 'build' ? { mode: imageMode } : { mode: imageMode, digests: imageDigests },
    ),
    retentionDays: Object.freeze({
      uploads: uploadsRetentionDays,
      analyses: analysesRetentionDays,
      transcriptions: transcriptionsRetentionDays,
      records: recordsRetentionDays,
    }),
  });
}

/** Text that is not of the notation stays text, which no schema of that notation takes. */
function valueOf(written: string, notation: Notation): unknown {
  if (notation === 'string') return written;
  try {
    return JSON.parse(written);
  } catch {
    return written;
  }
}
