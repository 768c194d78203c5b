// How does the choice of a recogniser get from one process to another?
import { z } from 'zod';
import type { TranscriberConfiguration } from '../services/local/transcribers/create-transcriber.ts';

export const transcriberConfigurationSchema: z.ZodType<TranscriberConfiguration> = z.discriminatedUnion(
  'kind',
  [
    z.object({ kind: z.literal('none') }),
    z.object({ kind: z.literal('pocketsphinx') }),
    z.object({ kind: z.literal('whisper-cli'), command: z.string(), model: z.string() }),
    z.object({ kind: z.literal('file'), path: z.string(), language: z.string().nullable() }),
  ],
);
