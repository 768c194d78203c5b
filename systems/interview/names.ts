// What are the stores, queues and machines of the interview system called?

/** Uploads and everything derived from them. */
export const mediaBucket = 'media';
/** One row per practice answer. */
export const recordsTable = 'records';
/** The state machine that analyses one answer. */
export const analysisMachine = 'analyse-interview';
/** The queue of finished uploads. */
export const uploads = 'uploads';
/** The queue of executions that ended without success. */
export const executionEnds = 'execution-ends';
/** What is remembered of users beside their records. */
export const preferencesTable = 'preferences';
/** The queue of the clock that ends what is to be kept no longer. */
export const expiry = 'expiry';
