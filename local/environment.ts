// Which settings does this machine take from its environment? Each is declared once, with default and meaning.
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { WrongUsage } from './wrong-usage.ts';

/** The meaning of every variable; `./greenroom doctor` prints it. */
export const variables = {
  GREENROOM_TRANSCRIBER:
    'speech to text: none (default), whisper-cli or pocketsphinx (English, low confidence)',
  GREENROOM_WHISPER_COMMAND: 'the whisper.cpp executable; default whisper-cli',
  GREENROOM_WHISPER_MODEL: 'path of the whisper.cpp model; needed for whisper-cli',
  GREENROOM_MODEL_URL:
    'base URL of an OpenAI-compatible endpoint, such as http://127.0.0.1:11434/v1; default none: local rules assess',
  GREENROOM_MODEL: 'name of the model at that endpoint; needed with GREENROOM_MODEL_URL',
  GREENROOM_MODEL_KEY: 'its API key, if it wants one',
  GREENROOM_VISION: 'on (default) looks for faces; off leaves them out and says so in the report',
  GREENROOM_FFMPEG: 'the ffmpeg executable; default ffmpeg',
  GREENROOM_FFPROBE: 'the ffprobe executable; default ffprobe',
  GREENROOM_THREADS: 'threads of an encode; default the number of processors, at most 4',
} as const;

const schema = z
  .object({
    GREENROOM_TRANSCRIBER: z.enum(['none', 'whisper-cli', 'pocketsphinx']).default('none'),
    GREENROOM_WHISPER_COMMAND: z.string().default('whisper-cli'),
    GREENROOM_WHISPER_MODEL: z.string().optional(),
    GREENROOM_MODEL_URL: z.url({ protocol: /^https?$/ }).optional(),
    GREENROOM_MODEL: z.string().optional(),
    GREENROOM_MODEL_KEY: z.string().optional(),
    GREENROOM_VISION: z.enum(['on', 'off']).default('on'),
    GREENROOM_FFMPEG: z.string().default('ffmpeg'),
    GREENROOM_FFPROBE: z.string().default('ffprobe'),
    GREENROOM_THREADS: z.coerce.number().int().min(1).max(64).default(Math.min(4, availableParallelism())),
  })
  .refine((env) => env.GREENROOM_TRANSCRIBER !== 'whisper-cli' || env.GREENROOM_WHISPER_MODEL, {
    message: 'GREENROOM_TRANSCRIBER=whisper-cli needs GREENROOM_WHISPER_MODEL',
  })
  .refine((env) => !env.GREENROOM_MODEL_URL || env.GREENROOM_MODEL, {
    message: 'GREENROOM_MODEL_URL needs GREENROOM_MODEL',
  });
export type Environment = z.infer<typeof schema>;

/** Reads and checks the variables; all mistakes are reported at once. */
export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  // An empty variable is one that was not set.
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(set);
  if (parsed.success) return parsed.data;
  throw new WrongUsage(
    parsed.error.issues.map((issue) => [...issue.path, issue.message].join(': ')).join('; '),
  );
}

/** @throws WrongUsage for a program that is named by a path at which there is nothing; `doctor` tells of the others. */
export function requirePrograms({ GREENROOM_FFMPEG, GREENROOM_FFPROBE }: Environment): void {
  for (const [name, path] of Object.entries({ GREENROOM_FFMPEG, GREENROOM_FFPROBE }))
    if (path.includes('/') && !existsSync(path)) throw new WrongUsage(`${name}: there is no file ${path}.`);
}
