// Are questions and days read as the API takes them?
import { expect } from 'chai';
import { questionSetDraftSchema } from '../../../domain/question-sets.ts';
import { settingsSchema } from '../../../domain/api/shapes.ts';
import { readDraft } from '../../../web/src/pages/questions/draft.ts';
import { retentionChoices } from '../../../web/src/pages/settings/retention.ts';

const text = { title: ' Nursing ', language: 'en', lines: 'Why?\n\n  How?  \nWhy?\n' } as const;

describe('drafts', () => {
  it('reads one question per line, each once', () => {
    const { draft } = readDraft(text);
    expect(draft).to.deep.equal({ title: 'Nursing', language: 'en', questions: ['Why?', 'How?'] });
    expect(questionSetDraftSchema.parse(draft)).to.deep.equal(draft);
  });

  const faulty = [
    [{ ...text, title: '  ' }, 'NO_TITLE'],
    [{ ...text, lines: ' \n ' }, 'NO_QUESTIONS'],
    [
      { ...text, lines: Array.from({ length: 51 }, (_, at) => `Question ${String(at)}`).join('\n') },
      'TOO_MANY',
    ],
    [{ ...text, lines: 'a'.repeat(501) }, 'TOO_LONG'],
  ] as const;
  for (const [given, fault] of faulty) {
    it(`finds ${fault}`, () => expect(readDraft(given)).to.deep.equal({ draft: null, faults: [fault] }));
  }

  it('offers only days that the system allows, and the present choice', () => {
    expect(retentionChoices(null, null)).to.deep.equal([7, 30, 90, 180, 365, null]);
    expect(retentionChoices(90, null)).to.deep.equal([7, 30, null]);
    expect(retentionChoices(null, 14)).to.deep.equal([7, 14, 30, 90, 180, 365, null]);
    for (const retentionDays of retentionChoices(null, 14)) {
      expect(settingsSchema.safeParse({ retentionDays, longestRetentionDays: null }).success).to.equal(true);
    }
  });
});
