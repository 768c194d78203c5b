// What is the interview system made of?
import type { SystemSpecification } from '../system.ts';
import { analysisMachine } from './names.ts';
import { analyseInterview } from './pipeline.ts';
import { interviewRoutes } from './routes.ts';
import { interviewStages } from './stages.ts';
import { media, preferences, records } from './stores.ts';
import { executionEnded, recordsDue, uploadFinished } from './subscriptions.ts';

export const interview: SystemSpecification = {
  name: 'interview',
  stages: interviewStages,
  machines: [{ name: analysisMachine, machine: analyseInterview }],
  buckets: [media],
  tables: [records, preferences],
  subscriptions: [uploadFinished, executionEnded, recordsDue],
  routes: interviewRoutes,
};
