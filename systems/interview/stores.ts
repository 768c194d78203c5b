// Where does the interview system keep what it holds, and for how long?
import type { BucketSpecification, TableSpecification } from '../system.ts';
import { mediaBucket, preferencesTable, recordsTable } from './names.ts';

/** Browsers upload and play; everything else goes through handlers (A37, A39). */
export const media: BucketSpecification = {
  name: mediaBucket,
  expiry: [
    { prefix: 'uploads/', retention: 'uploads' },
    { prefix: 'analyses/', retention: 'analyses' },
    { prefix: 'transcriptions/', retention: 'transcriptions' },
  ],
  browserMethods: ['GET', 'HEAD', 'POST'],
  sendsEvents: true,
};

/** A user's records in the order of their making (A40–A44). */
export const records: TableSpecification = {
  name: recordsTable,
  partitionKey: 'recordId',
  expiry: { attribute: 'expiresAt', retention: 'records' },
  indexes: [{ name: 'byUser', partitionKey: 'userId', sortKey: 'createdAt' }],
};

/** One row per user who has saved questions of their own or a wish about retention. */
export const preferences: TableSpecification = {
  name: preferencesTable,
  partitionKey: 'userId',
  expiry: null,
  indexes: [],
};
