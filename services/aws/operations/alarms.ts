// Which alarms of a stack ring now?
import { paginateDescribeAlarms, type CloudWatchClient } from '@aws-sdk/client-cloudwatch';

/** The names of the ringing alarms that notify this topic, which every alarm of a stack does. */
export async function ringingAlarms(
  client: CloudWatchClient,
  alarmTopicArn: string,
): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const { MetricAlarms = [] } of paginateDescribeAlarms({ client }, { StateValue: 'ALARM' }))
    for (const { AlarmName, AlarmActions = [] } of MetricAlarms)
      if (AlarmName !== undefined && AlarmActions.includes(alarmTopicArn)) names.push(AlarmName);
  return names.toSorted();
}
