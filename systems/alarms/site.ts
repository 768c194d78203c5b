// When do the site and signing in call for someone?
import type { AlarmMetric, AlarmRule } from './rule.ts';

const site = (name: string, statistic: AlarmMetric['statistic']): AlarmMetric => ({
  namespace: 'AWS/CloudFront',
  name,
  statistic,
});
const pool = (name: string): AlarmMetric => ({ namespace: 'AWS/Cognito', name, statistic: 'Sum' });

export const distributionAlarms: readonly AlarmRule[] = [
  {
    name: 'server-errors',
    measure: {
      formula: 'IF(FILL(requests, 0) >= 50, FILL(failed, 0), 0)',
      // CloudFront reports the share in percent.
      metrics: { failed: site('5xxErrorRate', 'Average'), requests: site('Requests', 'Sum') },
    },
    threshold: 5,
    why: 'The API has an alarm for its own errors; one request in twenty for a quarter of an hour, of at least fifty in five minutes, means that CloudFront does not reach the bucket or the API.',
    periodSeconds: 300,
    evaluationPeriods: 3,
    datapointsToAlarm: 3,
    missingData: 'notBreaching',
    severity: 'urgent',
    sentence: 'The site answers more than one request in twenty with 5xx.',
  },
];

export const userPoolAlarms: readonly AlarmRule[] = [
  {
    name: 'throttles',
    measure: {
      formula: 'FILL(registrations, 0) + FILL(logins, 0) + FILL(refreshes, 0)',
      metrics: {
        registrations: pool('SignUpThrottles'),
        logins: pool('SignInThrottles'),
        refreshes: pool('TokenRefreshThrottles'),
      },
    },
    threshold: 0,
    why: 'The quotas of a user pool are far above what people do; refusals in two of three periods are an attack on passwords, or a client that asks in a loop.',
    periodSeconds: 300,
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
    missingData: 'notBreaching',
    severity: 'soon',
    sentence: 'Cognito refuses to sign users up or in because too many ask at once.',
  },
];
