// Which services does a data folder give to handlers? Everything but executions, which only one process runs.
import { join } from 'node:path';
import { createOpenAiCompatibleAssessor } from '../services/assessors/openai-compatible.ts';
import type { ExecutionRuns, ExecutionStarter, Services, Transcriber } from '../services/contracts.ts';
import { createAccounts } from '../services/local/accounts.ts';
import { createSessionIdentity, readOrMakeSessionToken } from '../services/local/identity.ts';
import { createObjectEraser } from '../services/local/eraser.ts';
import { createLinks, type LocalLinks } from '../services/local/links.ts';
import { createObjectStore, type LocalObjectStore } from '../services/local/objects.ts';
import { openPreferenceTable } from '../services/local/preferences.ts';
import { openRecordTable, type LocalRecordTable } from '../services/local/records.ts';
import { createSealer } from '../services/local/sealer.ts';
import { readOrMakeSecret } from '../services/local/secret.ts';
import { createTranscriptionJobs } from '../services/local/transcription-jobs.ts';
import type { Environment } from './environment.ts';

/** Where in a data folder what lies. */
export const placesIn = (folder: string) => ({
  objects: join(folder, 'objects'),
  records: join(folder, 'records.sqlite'),
  preferences: join(folder, 'preferences.sqlite'),
  journal: join(folder, 'journal.sqlite'),
  deadLetters: join(folder, 'dead-letters.sqlite'),
  transcriptions: join(folder, 'transcriptions'),
  /** Transcripts that came with recordings, by the id of the record. */
  transcripts: join(folder, 'transcripts'),
  scratch: join(folder, 'scratch'),
  secret: join(folder, 'secret'),
  token: join(folder, 'session-token'),
});

/** Where addresses of this host begin, as its pages see them. */
export const apiBase = '/api';

export interface LocalServices {
  readonly services: Services;
  readonly objects: LocalObjectStore;
  readonly records: LocalRecordTable;
  readonly links: LocalLinks;
  /** What a request must carry as `Authorization: Bearer …`. */
  readonly sessionToken: string;
  readonly close: () => void;
}

/** What one process of the folder has and another has not. */
export interface Parts {
  readonly executions: ExecutionStarter;
  readonly runs: ExecutionRuns;
  readonly transcriber: (objects: LocalObjectStore) => Transcriber;
}

function assessorOf(environment: Environment): Services['assessor'] {
  const { GREENROOM_MODEL_URL: baseUrl, GREENROOM_MODEL: model, GREENROOM_MODEL_KEY: apiKey } = environment;
  if (!baseUrl || !model) return null;
  return createOpenAiCompatibleAssessor({ baseUrl, model, ...(apiKey ? { apiKey } : {}) });
}

/** Opens what lies in the folder; several processes may have it open at once. */
export async function openLocalServices(
  folder: string,
  environment: Environment,
  { executions, runs, transcriber }: Parts,
): Promise<LocalServices> {
  const places = placesIn(folder);
  const secret = await readOrMakeSecret(places.secret);
  const sessionToken = await readOrMakeSessionToken(places.token);
  const objects = createObjectStore(places.objects);
  const records = openRecordTable(places.records);
  const preferences = openPreferenceTable(places.preferences);
  const links = createLinks({ secret, base: apiBase });
  const services: Services = {
    objects,
    records,
    catalogue: records,
    eraser: createObjectEraser(places.objects),
    executions,
    runs,
    links,
    preferences,
    transcriber: transcriber(objects),
    transcriptionJobs: createTranscriptionJobs(places.transcriptions),
    identity: createSessionIdentity({ token: sessionToken }),
    accounts: createAccounts(),
    sealer: createSealer({ secret }),
    assessor: assessorOf(environment),
    pictureLabels: null,
    keeping: { longestRetentionDays: null },
  };
  const close = (): void => {
    records.close();
    preferences.close();
  };
  return { services, objects, records, links, sessionToken, close };
}
