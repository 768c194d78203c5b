// As whom does API Gateway write its logs? One role for all APIs of an account and region.
import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';

/**
 * Sets the account's role for API logs. There is one such setting per account and region: only one stack may own it,
 * and it stays when that stack goes, because other APIs may write with it.
 */
export class ApiLoggingAccount extends pulumi.ComponentResource {
  constructor(name: string, args: Record<string, never>, opts?: pulumi.ComponentResourceOptions) {
    super('greenroom:blocks:ApiLoggingAccount', name, args, opts);
    const role = new aws.iam.Role(
      name,
      {
        assumeRolePolicy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'apigateway.amazonaws.com' },
              Action: 'sts:AssumeRole',
            },
          ],
        }),
      },
      { parent: this, retainOnDelete: true },
    );
    const policy = new aws.iam.RolePolicyAttachment(
      name,
      {
        role: role.name,
        // API Gateway tests the role against exactly this policy of AWS when the account is set.
        policyArn: 'arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs',
      },
      { parent: this, retainOnDelete: true },
    );
    new aws.apigateway.Account(
      name,
      { cloudwatchRoleArn: role.arn },
      { parent: this, dependsOn: [policy], retainOnDelete: true },
    );
    this.registerOutputs();
  }
}
