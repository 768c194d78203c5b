// What is the interview system made of?
import type { SystemSpecification } from '../system.ts';
import { analysisMachine } from './names.ts';
import { analyseInterview } from './pipeline.ts';
import { interviewStages, readHealth } from './stages.ts';
import { media, records } from './stores.ts';
import { executionEnded, uploadFinished } from './subscriptions.ts';

export const interview: SystemSpecification = {
  name: 'interview',
  stages: interviewStages,
  machines: [{ name: analysisMachine, machine: analyseInterview }],
  buckets: [media],
  tables: [records],
  subscriptions: [uploadFinished, executionEnded],
  routes: [{ method: 'GET', path: '/health', stage: readHealth, access: 'public' }],
};
