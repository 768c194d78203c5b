// Where does the interview system keep what it holds?

/** Uploads and everything derived from them. */
export const mediaBucket = 'media';
/** One row per practice answer. */
export const recordsTable = 'records';
/** The state machine that analyses one answer. */
export const analysisMachine = 'analyse-interview';
