// What does a function find in its environment? Every variable with its shape, and all mistakes told at once.
import { z } from 'zod';
import { InternalError } from '../domain/errors.ts';
import type { FunctionVariable } from '../systems/environment.ts';

/** For what may be left out: an empty variable is one that was not set. */
const optional = <Schema extends z.ZodType<unknown, string>>(schema: Schema) =>
  z.union([z.literal('').transform(() => null), schema]).default(null);

const list = (text: string): readonly string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

const languages = z
  .string()
  .transform(list)
  .pipe(
    z
      .array(z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, 'is no list of tags such as en-US,pt-BR'))
      .readonly(),
  );

const arn = (service: string) =>
  z.string().regex(new RegExp(`^arn:[^:]+:${service}:`), `is no ARN of ${service}`);

/** Set by the deployment according to the grants of the stage. */
const granted = {
  BUCKET_NAME: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'is no name of a bucket'),
  TABLE_NAME: z.string().regex(/^[\w.-]{3,255}$/, 'is no name of a table'),
  TABLE_INDEX_NAME: z.string().regex(/^[\w.-]{3,255}$/, 'is no name of an index'),
  PREFERENCES_TABLE_NAME: z.string().regex(/^[\w.-]{3,255}$/, 'is no name of a table'),
  USER_POOL_ID: z.string().regex(/^[\w-]{1,54}_[0-9A-Za-z]+$/, 'is no id of a user pool'),
  USER_POOL_CLIENT_ID: z.string().regex(/^[\w+]{1,128}$/, 'is no id of an app client'),
  STATE_MACHINE_ARN: arn('states'),
  MODEL_ID: optional(z.string()),
  GUARDRAIL_ID: optional(z.string()),
  GUARDRAIL_VERSION: optional(z.string()),
  PICTURE_LABELS: z.enum(['rekognition', 'off']),
  TRANSCRIBE_LANGUAGES: languages.default([]),
  ENCRYPTION_KEY_ARN: optional(arn('kms')),
  RECORD_RETENTION_DAYS: z
    .string()
    .regex(/^[1-9]\d{0,4}$/, 'is no whole number of days')
    .transform(Number),
  DEPLOYMENT: optional(z.string().regex(/^[\w.:/=+@-]{1,256}$/, 'is no value of a tag')),
} as const satisfies { readonly [Variable in FunctionVariable]: z.ZodType };

/** Set by Lambda, by the image, or by `./greenroom images run`; every one has a default. */
const ofHost = {
  /** Lambda gives one vCPU for each 1,769 MiB. */
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: z.coerce.number().int().min(128).default(1769),
  GREENROOM_FFMPEG: z.string().min(1).default('ffmpeg'),
  GREENROOM_FFPROBE: z.string().min(1).default('ffprobe'),
  /** A folder that takes the place of the bucket and the table; never set in a deployment. */
  GREENROOM_STORE: optional(z.string().startsWith('/', 'is no absolute path')),
} as const;

export type FunctionEnvironment = {
  readonly [Variable in FunctionVariable]: z.output<(typeof granted)[Variable]>;
};
export type HostEnvironment = {
  readonly [Variable in keyof typeof ofHost]: z.output<(typeof ofHost)[Variable]>;
};

function requireGuardrailWhole(found: { readonly [name: string]: unknown }): readonly string[] {
  const { GUARDRAIL_ID: id, GUARDRAIL_VERSION: version, MODEL_ID: model } = found;
  if (id === undefined) return [];
  if ((id === null) !== (version === null)) return ['GUARDRAIL_ID and GUARDRAIL_VERSION go together'];
  return id !== null && model === null ? ['GUARDRAIL_ID needs MODEL_ID'] : [];
}

/**
 * The named variables and those of the host, checked.
 * @throws InternalError with one sentence for every variable that is missing or wrong
 */
export function readEnvironment<const Variable extends FunctionVariable>(
  variables: readonly Variable[],
  env: NodeJS.ProcessEnv,
): Pick<FunctionEnvironment, Variable> & HostEnvironment {
  const shape = { ...Object.fromEntries(variables.map((name) => [name, granted[name]])), ...ofHost };
  const parsed = z.object(shape).safeParse(env);
  const mistakes = parsed.success
    ? requireGuardrailWhole(parsed.data)
    : parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  if (parsed.success && mistakes.length === 0)
    // The shape was picked by these very names.
    return parsed.data as Pick<FunctionEnvironment, Variable> & HostEnvironment;
  throw new InternalError(`The environment of the function is wrong: ${mistakes.join('; ')}.`);
}
