// What went when something was deleted?
import type { Receipt } from './api/shapes.ts';

/** Nothing went so far. */
export const emptyReceipt = (now: Date): Receipt => ({
  deletedAt: now.toISOString(),
  records: [],
  objects: 0,
  objectVersions: 0,
  stoppedAnalyses: 0,
  transcriptionJobs: 0,
  preferences: false,
  account: false,
});

/** Both together; it was deleted when the later one was. */
export const sumOfReceipts = (one: Receipt, other: Receipt): Receipt => ({
  deletedAt: one.deletedAt > other.deletedAt ? one.deletedAt : other.deletedAt,
  records: [...one.records, ...other.records],
  objects: one.objects + other.objects,
  objectVersions: one.objectVersions + other.objectVersions,
  stoppedAnalyses: one.stoppedAnalyses + other.stoppedAnalyses,
  transcriptionJobs: one.transcriptionJobs + other.transcriptionJobs,
  preferences: one.preferences || other.preferences,
  account: one.account || other.account,
});
