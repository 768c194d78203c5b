// What does it cost that somebody comes, signs in, records and looks at the report?
import type { PlannedStack } from '../plan-stack.ts';
import { assume, type CostLine, line, ofType } from './line.ts';

/** For one recording; nothing for what the stack does not have. */
export function visitLines(planned: PlannedStack): readonly CostLine[] {
  const has = (type: string): number => (ofType(planned, type).length > 0 ? 1 : 0);
  const calls = assume('apiCalls') * has('aws:apigateway/restApi:RestApi');
  const visits = has('aws:cloudfront/distribution:Distribution');
  const files = assume('siteFiles') * visits;
  return [
    line('API', calls, 'apiCall'),
    line('site: requests', files + calls * visits, 'edgeRequest'),
    line('site: functions at the edge', files + calls * visits, 'edgeFunctionRun'),
    line('site: files', assume('siteGb') * visits, 'edgeGb'),
    line('looking at the video', assume('recordingMinutes') * assume('watchedGb') * visits, 'objectGbOut'),
    line('KMS', assume('keyRequests') * has('aws:kms/key:Key'), 'keyRequest'),
    line('users', has('aws:cognito/userPool:UserPool') / assume('recordingsPerUser'), 'userMonth'),
  ];
}
