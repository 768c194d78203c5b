// Is the predecessor's record read as it was meant, and nothing made up kept?
import { expect } from 'chai';
import * as fc from 'fast-check';
import { LegacyUnreadable } from '../../../domain/legacy/legacy-unreadable.ts';
import { readLegacyRecord } from '../../../domain/legacy/legacy-record.ts';

const placeholder = 'the predecessor’s placeholder, not a measurement';
const base = { record_id: 'r1', email: 'ann@example.com', duration: '12.5', video: 'uploads/r1.webm' };

describe('a record of the predecessor', () => {
  it('is read from its flat shape, with decimals as text (A60, A61)', () => {
    const record = readLegacyRecord({ ...base, objects: ['Hat'], attention: '0.625', date: '01/02/2024' });
    expect(record).to.deep.equal({
      recordId: 'r1',
      userEmail: 'ann@example.com',
      date: '01/02/2024',
      durationSeconds: { value: 12.5, reason: null },
      videoKey: 'uploads/r1.webm',
      attention: { value: 0.625, reason: null },
      objects: { value: ['Hat'], reason: null },
      textReport: { value: null, reason: 'the predecessor stored none' },
    });
  });

  for (const [shape, body] of [
    ['body.objects and body.attention', { objects: ['Cap'], attention: 0.4 }],
    ['body.metrics', { metrics: { objects_detected: ['Cap'], attention_score: 0.4, frames_analyzed: 12 } }],
  ] as const)
    for (const [form, stored] of [
      ['an object', body],
      ['JSON text', JSON.stringify(body)],
    ] as const)
      it(`is read from ${shape} as ${form} (A60)`, () => {
        const record = readLegacyRecord({ ...base, body: stored });
        expect(record.attention.value).to.equal(0.4);
        expect(record.objects.value).to.deep.equal(['Cap']);
      });

  it('is read from DynamoDB’s wire format', () => {
    const record = readLegacyRecord({
      record_id: { S: 'r1' },
      duration: { N: '30.25' },
      attention: { BOOL: true },
      objects: { L: [{ S: 'Hat' }] },
      email: { NULL: true },
      body: { M: {} },
    });
    expect(record).to.deep.include({ userEmail: null, videoKey: null });
    expect(record.durationSeconds.value).to.equal(30.25);
    expect(record.attention.value).to.equal(1);
    expect(record.objects.value).to.deep.equal(['Hat']);
  });

  for (const [what, metrics] of [
    ['flat', { attention: 0.85, objects: ['Person', 'Face'] }],
    ['as text', { attention: '0.85', objects: '["Person","Face"]' }],
    ['nested', { body: { metrics: { attention_score: 0.85, objects_detected: ['Person', 'Face'] } } }],
    [
      'by its frames',
      {
        body: {
          metrics: {
            attention_score: 0.9,
            objects_detected: ['Cat'],
            frames_analyzed: 10,
            video_duration: 30.0,
          },
        },
      },
    ],
  ] as const)
    it(`loses what was made up: ${what} (A64, A66)`, () => {
      const record = readLegacyRecord({ ...base, ...metrics });
      expect(record.attention).to.deep.equal({ value: null, reason: placeholder });
      expect(record.objects).to.deep.equal({ value: null, reason: placeholder });
    });

  for (const [value, reason] of [
    [NaN, 'finite'],
    [Infinity, 'finite'],
    ['NaN', 'finite'],
    ['high', 'finite'],
    [7, 'between 0 and 1'],
    [{}, 'no number'],
    ['', 'stored none'],
  ] as const)
    it(`has no attention when ${JSON.stringify(value)} (${reason}) is stored (A61)`, () => {
      const { attention } = readLegacyRecord({ ...base, attention: value });
      expect(attention.value).to.equal(null);
      expect(attention.reason).to.include(reason);
    });

  it('opens a report with an apostrophe, which the predecessor could not', () => {
    const report = `{'transcription': "I'm here", 'feedback': '', 'feedback_bedrock': 'Resumo:\\n<resumo>\`ok\`</resumo> don\\'t', 'n': None}`;
    expect(readLegacyRecord({ ...base, report }).textReport.value).to.deep.equal({
      transcription: "I'm here",
      feedback_bedrock: "Resumo:\n<resumo>`ok`</resumo> don't",
    });
  });

  it('says that a report cannot be opened', () => {
    const { textReport } = readLegacyRecord({ ...base, report: "{'a': os.system('x')}" });
    expect(textReport).to.deep.equal({ value: null, reason: 'the stored text report cannot be opened' });
  });

  it('reads a clock as a duration', () => {
    expect(readLegacyRecord({ ...base, duration: '01:30' }).durationSeconds.value).to.equal(90);
    expect(readLegacyRecord({ ...base, duration: '-3' }).durationSeconds.value).to.equal(null);
  });

  it('is unreadable only without an object or an id', () => {
    for (const stored of [null, 7, 'text', '[1]', {}, { record_id: '' }])
      expect(() => readLegacyRecord(stored)).to.throw(LegacyUnreadable);
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom('attention', 'objects', 'body', 'report', 'duration', 'video', 'metrics'),
          fc.anything(),
        ),
        (item) => {
          const record = readLegacyRecord({ ...item, record_id: 'x' });
          expect(record.attention.value ?? 0).to.be.within(0, 1);
        },
      ),
    );
  });
});
