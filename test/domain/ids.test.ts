// Do equal things get equal names, and different things different ones?
import { expect } from 'chai';
import { executionNameOf, newRecordId, parseUploadKey, uploadKey, userIdSchema } from '../../domain/ids.ts';

const object = { bucket: 'media', key: 'uploads/u/r.webm', versionId: 'v1', etag: 'abc' };

describe('the name of an execution', () => {
  it('is the same for a second delivery of the same upload (A11)', () => {
    expect(executionNameOf({ ...object }, 0)).to.equal(executionNameOf(object, 0));
    expect(executionNameOf(object, 0)).to.match(/^[0-9a-f]{40}$/);
  });

  for (const [what, other, attempt] of [
    ['bucket', { ...object, bucket: 'other' }, 0],
    ['key', { ...object, key: 'uploads/u/s.webm' }, 0],
    ['version', { ...object, versionId: 'v2' }, 0],
    ['etag', { ...object, etag: 'abd' }, 0],
    ['attempt', object, 1],
  ] as const)
    it(`is another one for another ${what}`, () => {
      expect(executionNameOf(other, attempt)).not.to.equal(executionNameOf(object, 0));
    });
});

describe('the key of an upload', () => {
  it('names its user and its record, and nothing else is one (A10)', () => {
    const userId = userIdSchema.parse('user-1');
    const recordId = newRecordId();
    expect(parseUploadKey(uploadKey(userId, recordId, 'mp4'))).to.deep.equal({ userId, recordId });
    for (const key of ['uploads/u/x.webm', `uploads/../${recordId}.webm`, `analyses/u/${recordId}.webm`])
      expect(parseUploadKey(key)).to.equal(null);
  });
});
