// What does Amazon Transcribe leave behind for a recording in these tests? Eight words, in its own format.

const item = (word: string, index: number) => ({
  type: 'pronunciation',
  start_time: (1 + index * 0.4).toFixed(2),
  end_time: (1.3 + index * 0.4).toFixed(2),
  alternatives: [{ content: word, confidence: '0.98' }],
});

/** As the service writes it: numbers are texts, punctuation is an item without times. */
export const amazonAnswer = {
  jobName: 'any',
  status: 'COMPLETED',
  results: {
    language_code: 'en-US',
    transcripts: [{ transcript: 'Um I led the team and we won.' }],
    items: [
      ...['Um', 'I', 'led', 'the', 'team', 'and', 'we', 'won'].map(item),
      { type: 'punctuation', alternatives: [{ content: '.', confidence: '0.0' }] },
    ],
  },
};
