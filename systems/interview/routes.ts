// Which function answers which operation of the API?
import { operations, type OperationId } from '../../domain/api/operations.ts';
import type { StageSettings } from '../stage.ts';
import type { RouteSpecification } from '../system.ts';
import { createUpload, keepPreferences, readHealth, readRecordsOfUser, removeRecords } from './stages.ts';

const stageOf: { readonly [Id in OperationId]: StageSettings } = {
  readHealth,
  createRecord: createUpload,
  renewUpload: createUpload,
  listRecords: readRecordsOfUser,
  readRecord: readRecordsOfUser,
  createDownloads: readRecordsOfUser,
  readRun: readRecordsOfUser,
  listQuestionSets: keepPreferences,
  writeQuestionSet: keepPreferences,
  deleteQuestionSet: keepPreferences,
  readSettings: keepPreferences,
  writeSettings: keepPreferences,
  cancelAnalysis: removeRecords,
  deleteRecord: removeRecords,
  deleteMe: removeRecords,
};

export const interviewRoutes: readonly RouteSpecification[] = Object.values(operations).map((operation) => ({
  operation,
  stage: stageOf[operation.id],
}));
