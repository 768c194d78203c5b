// Where does the interview system keep what it holds in AWS? A bucket and two tables.
import type * as pulumi from '@pulumi/pulumi';
import { mediaBucket, preferencesTable, recordsTable } from '../systems/interview/names.ts';
import { media, preferences, records } from '../systems/interview/stores.ts';
import type { RetentionClass } from '../systems/system.ts';
import type { AccessLogBucket } from './access-log-bucket.ts';
import type { Durability } from './durability.ts';
import { ObjectStore } from './object-store.ts';
import type { Monitoring } from './operations/monitoring.ts';
import { RecordTable } from './record-table.ts';

export interface InterviewStoresArgs {
  /** Customer key of everything that is stored. */
  readonly keyArn: pulumi.Input<string>;
  readonly durability: Durability;
  /** Days that things of each class are kept. */
  readonly retentionDays: Readonly<Record<RetentionClass, number>>;
  /** Days until an overwritten or deleted object is gone for good. */
  readonly oldVersionDays: number;
  readonly accessLogs: AccessLogBucket;
  readonly monitoring: Monitoring;
  /** Physical name of the index by user (A33). */
  readonly userIndexName: string;
  /** Whether uploads may enter at the nearest edge. */
  readonly transferAcceleration: boolean;
}

export interface InterviewStores {
  readonly media: ObjectStore;
  readonly records: RecordTable;
  readonly preferences: RecordTable;
}

/** Pages of the origins may upload to the bucket and play from it. */
export const interviewStores = (
  name: string,
  args: InterviewStoresArgs,
  siteOrigins: readonly pulumi.Input<string>[],
  parent: pulumi.ComponentResourceOptions,
): InterviewStores => ({
  media: new ObjectStore(`${name}-${mediaBucket}`, { ...args, bucket: media, siteOrigins }, parent),
  records: new RecordTable(
    `${name}-${recordsTable}`,
    { ...args, table: records, indexNames: { byUser: args.userIndexName } },
    parent,
  ),
  preferences: new RecordTable(`${name}-${preferencesTable}`, { ...args, table: preferences }, parent),
});
