// What do AWS and cdk-nag ask of our kinds of resource, and what became of it?

/** A control of a published list: covered by the laws that name it among their sources, or answered with a reason. */
export interface Control {
  /** As a law names it: `FSBP S3.5`, `AwsSolutions-SQS4`. */
  readonly id: string;
  /** In our words. */
  readonly asks: string;
  /** Why no law covers it; none when one does. */
  readonly answer?: string;
}

const onlyHttpApis =
  'The API is a REST API; HTTP and WebSocket APIs are not deployed, and a new kind would be refused.';
const plusPlan =
  'Threat protection is in the Plus plan of Cognito only, at 0.02 USD a user and month from the first one. Passwords, second factors, the limits of Cognito and an alarm on them are what there is without it.';
const ofTheAccount = 'It is about the whole account, which a stack must not change.';

/**
 * AWS Foundational Security Best Practices (Security Hub CSPM), the controls on services that a stack uses.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/fsbp-standard.html
 */
const foundational: readonly Control[] = [
  { id: 'FSBP APIGateway.1', asks: 'REST APIs log their execution' },
  { id: 'FSBP APIGateway.2', asks: 'REST API stages show their back ends a certificate' },
  { id: 'FSBP APIGateway.3', asks: 'REST API stages send traces to X-Ray' },
  { id: 'FSBP APIGateway.4', asks: 'APIs are behind a web ACL' },
  { id: 'FSBP APIGateway.5', asks: 'Caches of REST APIs are encrypted' },
  { id: 'FSBP APIGateway.8', asks: 'Routes of HTTP APIs name an authorization', answer: onlyHttpApis },
  { id: 'FSBP APIGateway.9', asks: 'Stages of HTTP APIs have an access log', answer: onlyHttpApis },
  { id: 'FSBP CloudFront.1', asks: 'Distributions have a page at their root' },
  { id: 'FSBP CloudFront.3', asks: 'Distributions take HTTPS only' },
  {
    id: 'FSBP CloudFront.4',
    asks: 'Distributions have a second origin for failures',
    answer:
      'A second bucket in another region would need replication and a second copy of everything, for files that a deployment makes again in minutes.',
  },
  { id: 'FSBP CloudFront.5', asks: 'Distributions have an access log' },
  { id: 'FSBP CloudFront.6', asks: 'Distributions are behind a web ACL' },
  { id: 'FSBP CloudFront.7', asks: 'Distributions have a certificate of their own' },
  { id: 'FSBP CloudFront.8', asks: 'Distributions tell hosts apart by SNI' },
  { id: 'FSBP CloudFront.9', asks: 'Distributions ask servers over HTTPS' },
  { id: 'FSBP CloudFront.10', asks: 'Distributions ask servers with TLS that is not outdated' },
  {
    id: 'FSBP CloudFront.12',
    asks: 'Distributions ask buckets that exist',
    answer: 'The bucket is part of the program, and the distribution is made from its name.',
  },
  { id: 'FSBP CloudFront.13', asks: 'Distributions sign their requests to buckets' },
  { id: 'FSBP CloudFront.15', asks: 'Distributions take TLS 1.2 or newer' },
  {
    id: 'FSBP CloudFront.16',
    asks: 'Distributions sign their requests to addresses of functions',
    answer: 'Functions have no addresses of their own; a law refuses them.',
  },
  {
    id: 'FSBP CloudFront.17',
    asks: 'Signed links and cookies of distributions use key groups',
    answer: 'The site has neither: its files are for everybody, and recordings come from S3 by links of S3.',
  },
  { id: 'FSBP CloudTrail.1', asks: 'A trail of all regions records reads and writes' },
  { id: 'FSBP CloudTrail.2', asks: 'Trails are encrypted with a customer key' },
  { id: 'FSBP CloudTrail.4', asks: 'Trails write digests of their files' },
  {
    id: 'FSBP CloudTrail.5',
    asks: 'Trails also go to CloudWatch Logs',
    answer:
      'The optional trail is for audits afterwards. CloudWatch Logs would hold every record twice at 0.50 USD a GB; alarms watch what the trail would be asked for.',
  },
  { id: 'FSBP Cognito.1', asks: 'User pools act on threats when users sign in', answer: plusPlan },
  {
    id: 'FSBP Cognito.2',
    asks: 'Identity pools know everybody',
    answer: 'Identity pools are not deployed: no browser gets credentials of AWS.',
  },
  { id: 'FSBP Cognito.3', asks: 'User pools want strong passwords' },
  {
    id: 'FSBP Cognito.4',
    asks: 'User pools act on threats when users sign in by functions of our own',
    answer: plusPlan,
  },
  { id: 'FSBP Cognito.5', asks: 'User pools have a second factor' },
  { id: 'FSBP Cognito.6', asks: 'User pools have deletion protection' },
  { id: 'FSBP DynamoDB.1', asks: 'Tables scale with demand' },
  { id: 'FSBP DynamoDB.2', asks: 'Tables have point-in-time recovery' },
  { id: 'FSBP DynamoDB.6', asks: 'Tables have deletion protection' },
  { id: 'FSBP ECR.1', asks: 'Repositories scan images' },
  { id: 'FSBP ECR.2', asks: 'Tags of images do not move' },
  { id: 'FSBP ECR.3', asks: 'Repositories have a lifecycle policy' },
  { id: 'FSBP EventBridge.3', asks: 'Custom event buses have a policy' },
  { id: 'FSBP IAM.1', asks: 'No policy allows everything' },
  { id: 'FSBP IAM.2', asks: 'Users have no policies of their own' },
  { id: 'FSBP IAM.21', asks: 'No policy allows all actions of a service' },
  { id: 'FSBP Inspector.2', asks: 'Amazon Inspector scans images', answer: ofTheAccount },
  { id: 'FSBP Inspector.4', asks: 'Amazon Inspector scans functions', answer: ofTheAccount },
  { id: 'FSBP GuardDuty.6', asks: 'GuardDuty watches functions', answer: ofTheAccount },
  { id: 'FSBP GuardDuty.10', asks: 'GuardDuty watches S3', answer: ofTheAccount },
  { id: 'FSBP KMS.1', asks: 'Managed policies decrypt with named keys only' },
  { id: 'FSBP KMS.2', asks: 'Inline policies decrypt with named keys only' },
  { id: 'FSBP KMS.3', asks: 'Keys are not deleted by mistake' },
  { id: 'FSBP KMS.5', asks: 'Keys are not public' },
  { id: 'FSBP Lambda.1', asks: 'Functions are not public' },
  { id: 'FSBP Lambda.2', asks: 'Functions have a supported runtime' },
  { id: 'FSBP Lambda.5', asks: 'Functions in a VPC are in several zones' },
  { id: 'FSBP Macie.1', asks: 'Macie looks for personal data in S3', answer: ofTheAccount },
  { id: 'FSBP S3.1', asks: 'Public access is blocked' },
  { id: 'FSBP S3.2', asks: 'Buckets cannot be read by the public' },
  { id: 'FSBP S3.3', asks: 'Buckets cannot be written by the public' },
  { id: 'FSBP S3.5', asks: 'Buckets are reached by TLS only' },
  { id: 'FSBP S3.6', asks: 'Bucket policies keep other accounts out' },
  { id: 'FSBP S3.8', asks: 'Every bucket blocks public access itself' },
  { id: 'FSBP S3.9', asks: 'Buckets have an access log' },
  { id: 'FSBP S3.12', asks: 'ACLs are not used' },
  { id: 'FSBP S3.13', asks: 'Buckets have a lifecycle configuration' },
  { id: 'FSBP SNS.4', asks: 'Topics are not public' },
  { id: 'FSBP SQS.1', asks: 'Queues are encrypted' },
  { id: 'FSBP SQS.3', asks: 'Queues are not public' },
  { id: 'FSBP StepFunctions.1', asks: 'State machines have a log' },
];

/** The AwsSolutions pack of cdk-nag. https://github.com/cdklabs/cdk-nag/blob/main/RULES.md */
const awsSolutions: readonly Control[] = [
  { id: 'AwsSolutions-APIG1', asks: 'APIs have an access log' },
  { id: 'AwsSolutions-APIG2', asks: 'REST APIs check requests' },
  { id: 'AwsSolutions-APIG3', asks: 'REST APIs are behind a web ACL' },
  { id: 'AwsSolutions-APIG4', asks: 'APIs ask who is there' },
  { id: 'AwsSolutions-APIG6', asks: 'REST APIs log all methods' },
  {
    id: 'AwsSolutions-CFR1',
    asks: 'Distributions look at the country',
    answer: 'Candidates live everywhere; nothing that the site offers is for some countries only.',
  },
  { id: 'AwsSolutions-CFR2', asks: 'Distributions are behind a web ACL' },
  { id: 'AwsSolutions-CFR3', asks: 'Distributions have an access log' },
  { id: 'AwsSolutions-CFR4', asks: 'Distributions take TLS 1.2 or newer' },
  { id: 'AwsSolutions-CFR5', asks: 'Distributions ask servers with TLS 1.2 or newer' },
  { id: 'AwsSolutions-CFR7', asks: 'Distributions sign their requests to buckets' },
  { id: 'AwsSolutions-COG1', asks: 'User pools want strong passwords' },
  {
    id: 'AwsSolutions-COG2',
    asks: 'User pools require a second factor',
    answer:
      'Every user can have one, and the setting that requires it is there; who only wants to practise is not made to install an app first.',
  },
  { id: 'AwsSolutions-COG3', asks: 'User pools act on threats', answer: plusPlan },
  { id: 'AwsSolutions-COG4', asks: 'Methods use an authorizer of Cognito' },
  {
    id: 'AwsSolutions-COG7',
    asks: 'Identity pools know everybody',
    answer: 'Identity pools are not deployed: no browser gets credentials of AWS.',
  },
  { id: 'AwsSolutions-COG8', asks: 'User pools have the Plus plan', answer: plusPlan },
  { id: 'AwsSolutions-DDB3', asks: 'Tables have point-in-time recovery' },
  { id: 'AwsSolutions-ECR1', asks: 'Repositories are not public' },
  { id: 'AwsSolutions-IAM4', asks: 'Roles take no policies that AWS manages' },
  { id: 'AwsSolutions-IAM5', asks: 'Policies have no wildcards without a reason' },
  { id: 'AwsSolutions-KMS5', asks: 'Keys rotate' },
  { id: 'AwsSolutions-L1', asks: 'Functions have the newest runtime' },
  { id: 'AwsSolutions-S1', asks: 'Buckets have an access log' },
  { id: 'AwsSolutions-S2', asks: 'Public access is blocked' },
  { id: 'AwsSolutions-S3', asks: 'Buckets are encrypted' },
  { id: 'AwsSolutions-S10', asks: 'Buckets are reached by TLS only' },
  { id: 'AwsSolutions-SF1', asks: 'State machines log every event' },
  { id: 'AwsSolutions-SF2', asks: 'State machines send traces to X-Ray' },
  { id: 'AwsSolutions-SNS2', asks: 'Topics are encrypted' },
  { id: 'AwsSolutions-SNS3', asks: 'Topics are reached by TLS only' },
  { id: 'AwsSolutions-SQS2', asks: 'Queues are encrypted' },
  { id: 'AwsSolutions-SQS3', asks: 'Queues have dead letters' },
  { id: 'AwsSolutions-SQS4', asks: 'Queues are reached by TLS only' },
];

/** The Serverless pack of cdk-nag. https://github.com/cdklabs/cdk-nag/blob/main/src/packs/serverless.ts */
const serverless: readonly Control[] = [
  { id: 'Serverless-APIGWAccessLogging', asks: 'Stages have an access log' },
  { id: 'Serverless-APIGWDefaultThrottling', asks: 'Stages limit requests themselves' },
  { id: 'Serverless-APIGWStructuredLogging', asks: 'Access logs are JSON' },
  { id: 'Serverless-APIGWXrayEnabled', asks: 'Stages send traces to X-Ray' },
  {
    id: 'Serverless-AppSyncTracing',
    asks: 'AppSync sends traces to X-Ray',
    answer: 'AppSync is not deployed, and a new kind would be refused.',
  },
  { id: 'Serverless-CloudWatchLogGroupRetentionPeriod', asks: 'Log groups say how long they keep lines' },
  { id: 'Serverless-EventBusDLQ', asks: 'Targets of EventBridge have dead letters' },
  { id: 'Serverless-IAMNoWildcardPermissions', asks: 'Policies have no wildcards' },
  {
    id: 'Serverless-LambdaAsyncFailureDestination',
    asks: 'Calls that nobody waits for have a destination for failures',
  },
  { id: 'Serverless-LambdaDLQ', asks: 'Functions have dead letters' },
  { id: 'Serverless-LambdaDefaultMemorySize', asks: 'Functions say how much memory they get' },
  { id: 'Serverless-LambdaDefaultTimeout', asks: 'Functions say how much time they get' },
  {
    id: 'Serverless-LambdaEventSourceMappingDestination',
    asks: 'Event sources have a destination for failures',
  },
  { id: 'Serverless-LambdaLatestVersion', asks: 'Functions have the newest runtime' },
  { id: 'Serverless-LambdaTracing', asks: 'Functions send traces to X-Ray' },
  { id: 'Serverless-SNSRedrivePolicy', asks: 'Subscriptions have dead letters' },
  { id: 'Serverless-SQSRedrivePolicy', asks: 'Queues have dead letters' },
  { id: 'Serverless-StepFunctionStateMachineXray', asks: 'State machines send traces to X-Ray' },
];

/** The lists that the laws answer to, by name. */
export const controlLists: Readonly<Record<string, readonly Control[]>> = {
  'AWS Foundational Security Best Practices': foundational,
  'cdk-nag, AwsSolutions': awsSolutions,
  'cdk-nag, Serverless': serverless,
};

export const controls: readonly Control[] = Object.values(controlLists).flat();
