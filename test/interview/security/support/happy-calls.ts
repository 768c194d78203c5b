// How is each operation called so that its owner gets what the table promises? One entry for each; none may be missing.
import type { OperationId } from '../../../../domain/api/operations.ts';
import { consentPolicyVersion } from '../../../../domain/consent.ts';
import { derivedKey, type UserId } from '../../../../domain/ids.ts';
import type { QuestionSetDraft } from '../../../../domain/question-sets.ts';
import type { Services } from '../../../../services/contracts.ts';
import { seed, type Request } from './attacked-api.ts';

/** Where the things that a call is about are laid. */
export interface Ground {
  readonly services: Pick<Services, 'records' | 'preferences' | 'objects'>;
  /** A run that can be looked at. */
  readonly addRun: (name: string) => Promise<void> | void;
}

export interface HappyCall {
  /** Whose the thing is that the path names: a `user`'s record, a `user`'s set of questions, or nobody's. */
  readonly names: 'record' | 'question-set' | 'nothing';
  readonly make: (ground: Ground, userId: UserId) => Promise<Request> | Request;
}

export const recording = {
  contentType: 'video/webm',
  sizeBytes: 1000,
  sha256: 'a'.repeat(64),
  consentPolicyVersion,
} as const;
const set: QuestionSetDraft = { title: 'Mine', language: 'en', questions: ['Why?'] };

const nothing =
  (asked: Request): HappyCall['make'] =>
  () =>
    asked;

const waiting: HappyCall['make'] = async ({ services }, userId) => ({
  parameters: { recordId: (await seed({ services }, userId)).recordId },
});

const analysed: HappyCall['make'] = async ({ services, addRun }, userId) => {
  const { recordId, executionName } = await seed({ services }, userId, { isAnalysed: true });
  await addRun(executionName ?? '');
  return { parameters: { recordId } };
};

/** A record whose report and video lie in the store. */
const reported: HappyCall['make'] = async ({ services }, userId) => {
  const { recordId, executionName } = await seed({ services }, userId, { isAnalysed: true });
  const run = { recordId, userId, executionName: executionName ?? '' };
  const reportKey = derivedKey(run, 'report');
  const files = { poster: null, posterWebp: null, storyboard: null, storyboardVtt: null, speech: null };
  const report = { files: { ...files, playback: 'playback.mp4', captions: null } };
  await services.objects.writeJson(reportKey, report);
  await services.objects.writeJson(derivedKey(run, 'playback'), { isVideo: false });
  const result = { status: 'SUCCEEDED', problems: [], reportKey } as const;
  await services.records.finish(recordId, run.executionName, result);
  return { parameters: { recordId } };
};

const ownSet: HappyCall['make'] = async ({ services: { preferences } }, userId) => {
  const { questionSets: _before, ...known } = await preferences.read(userId);
  const mine = { ...set, questionSetId: 'mine', origin: 'own' } as const;
  await preferences.write(userId, { ...known, questionSets: [mine], revision: known.revision + 1 });
  return { parameters: { questionSetId: 'mine' } };
};

export const happyCalls: { readonly [Id in OperationId]: HappyCall } = {
  readHealth: { names: 'nothing', make: nothing({}) },
  listRecords: { names: 'nothing', make: nothing({ query: { limit: '5' } }) },
  createRecord: { names: 'nothing', make: nothing({ body: recording }) },
  renewUpload: { names: 'record', make: waiting },
  readRecord: { names: 'record', make: waiting },
  createDownloads: { names: 'record', make: reported },
  readRun: { names: 'record', make: analysed },
  cancelAnalysis: { names: 'record', make: analysed },
  deleteRecord: { names: 'record', make: reported },
  listQuestionSets: { names: 'nothing', make: nothing({}) },
  writeQuestionSet: {
    names: 'question-set',
    make: nothing({ parameters: { questionSetId: 'mine' }, body: { ...set, title: 'Another' } }),
  },
  deleteQuestionSet: { names: 'question-set', make: ownSet },
  readSettings: { names: 'nothing', make: nothing({}) },
  writeSettings: { names: 'nothing', make: nothing({ body: { retentionDays: 30 } }) },
  deleteMe: { names: 'nothing', make: nothing({}) },
};
