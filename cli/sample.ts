// What is the sample recording that comes with the project, and what was asked in it?
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { projectFolder } from './project-folder.ts';

const sampleFile = (name: string): string => join(projectFolder, 'samples', name);

const truthSchema = z.object({ question: z.string(), language: z.string() });

export interface Sample {
  /** A WebM file. */
  readonly file: string;
  readonly transcript: string;
  readonly question: string;
  readonly language: string;
}

export async function readSample(): Promise<Sample> {
  const truth: unknown = JSON.parse(await readFile(sampleFile('interview.truth.json'), 'utf8'));
  return {
    ...truthSchema.parse(truth),
    file: sampleFile('interview.webm'),
    transcript: sampleFile('interview.vtt'),
  };
}
