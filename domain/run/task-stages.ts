// Which stages do the states of an analysis run?

/** By the names that `systems/` gives them; a test holds that none is missing. */
export const taskStages = [
  'probe-recording',
  'convert-video',
  'start-transcription',
  'read-transcription',
  'measure-text',
  'finalize-record',
] as const;
