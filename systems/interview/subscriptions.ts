// Which events does the interview system wait for, and who takes them?
import type { SubscriptionSpecification } from '../system.ts';
import { analysisMachine, executionEnds, expiry, mediaBucket, uploads } from './names.ts';
import { closeRecord, expireRecords, startAnalysis } from './stages.ts';

/** A finished upload starts its analysis (A9–A11). */
export const uploadFinished: SubscriptionSpecification = {
  name: uploads,
  source: 'aws.s3',
  detailType: 'Object Created',
  from: {
    bucket: mediaBucket,
    keys: [
      { prefix: 'uploads/', suffix: '.webm' },
      { prefix: 'uploads/', suffix: '.mp4' },
    ],
  },
  stage: startAnalysis,
  maxReceiveCount: 3,
};

/** An execution that was aborted or ran out of time could not close its record itself. */
export const executionEnded: SubscriptionSpecification = {
  name: executionEnds,
  source: 'aws.states',
  detailType: 'Step Functions Execution Status Change',
  from: { machine: analysisMachine, statuses: ['FAILED', 'TIMED_OUT', 'ABORTED'] },
  stage: closeRecord,
  maxReceiveCount: 3,
};

/** Records whose users want them gone by a day are looked for every six hours. */
export const recordsDue: SubscriptionSpecification = {
  name: expiry,
  source: 'aws.events',
  detailType: 'Scheduled Event',
  from: { everyHours: 6 },
  stage: expireRecords,
  maxReceiveCount: 3,
};
