// How does a recording get in? A record is made for it, and a form is signed that takes this one file.
import { operations } from '../../domain/api/operations.ts';
import type { UploadForm } from '../../domain/api/shapes.ts';
import { consentPolicyVersion } from '../../domain/consent.ts';
import { InternalError } from '../../domain/errors.ts';
import { newRecordId, uploadKey } from '../../domain/ids.ts';
import { progressOf } from '../../domain/progress.ts';
import { newRecord, type Record } from '../../domain/record.ts';
import { recordView } from '../../domain/record-view.ts';
import { uploadFormats } from '../../domain/upload-format.ts';
import { defineApi, defineRoute } from '../support/api.ts';
import { ApiProblem } from '../support/api-problem.ts';
import type { HandlerContext } from '../support/handler.ts';
import { ownRecord } from '../support/own-record.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** When a record made now is to go; the user's wish, but never later than the system keeps anything. */
function keepUntilOf(now: Date, wantedDays: number | null, longestDays: number | null): string | null {
  if (wantedDays === null) return null;
  const days = Math.min(wantedDays, longestDays ?? wantedDays);
  return new Date(now.getTime() + days * dayMs).toISOString();
}

async function formFor(record: Record, { services }: HandlerContext<'links'>): Promise<UploadForm> {
  const { userId, recordId, contentType, sizeBytes } = record;
  if (record.status !== 'UPLOADING' || contentType === null || sizeBytes === null)
    throw new ApiProblem('CONFLICT', 'The recording has already been uploaded.');
  const key = uploadKey(userId, recordId, uploadFormats[contentType]);
  const { url, fields, expiresAt } = await services.links.upload({ key, contentType, sizeBytes });
  return { url, fields, expiresAt: expiresAt.toISOString() };
}

type Context = HandlerContext<'records' | 'preferences' | 'links' | 'keeping'>;

const createRecord = defineRoute(
  operations.createRecord,
  async ({ userId, body: { consentPolicyVersion: policyVersion, ...about } }, context: Context) => {
    if (policyVersion !== consentPolicyVersion) throw new ApiProblem('CONSENT_OUTDATED');
    const { records, preferences, keeping } = context.services;
    const { retentionDays } = await preferences.read(userId);
    const now = new Date();
    const record = newRecord({
      ...about,
      recordId: newRecordId(),
      userId,
      now,
      consent: { policyVersion, acceptedAt: now.toISOString() },
      keepUntil: keepUntilOf(now, retentionDays, keeping.longestRetentionDays),
    });
    if (!(await records.create(record))) throw new InternalError(`the new id ${record.recordId} is taken`);
    const upload = await formFor(record, context);
    return { record: recordView(record, progressOf({ record, run: null, now })), upload };
  },
);

const renewUpload = defineRoute(
  operations.renewUpload,
  async ({ userId, parameters: { recordId } }, context: HandlerContext<'records' | 'links'>) =>
    formFor(await ownRecord(context, { userId, recordId }), context),
);

export const createUpload = defineApi<'records' | 'preferences' | 'links' | 'keeping'>([
  createRecord,
  renewUpload,
]);
