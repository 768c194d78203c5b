// What does a deployed stack tell about itself?

/** Every output of a stack with what it is good for; the keys are its names (A55). */
export const stackOutputs = {
  SiteUrl: 'Address of the app',
  UserPoolId: 'Cognito user pool with the accounts of the users',
  ApiGatewayEndpoint: 'Address that the paths of the API are appended to, such as `/health`',
  MediaBucketName: 'Bucket of the uploads and of everything derived from them',
  StateMachineArn: 'State machine that analyses a recording; its executions are the history of the analyses',
  RecordsTableName: 'Table of the records, one row per practice answer',
  UploadQueueUrl: 'Queue of finished uploads whose analysis has not started yet',
  UploadDeadLetterQueueUrl:
    'Queue of uploads whose analysis could not be started; more than none is an alarm',
  ExecutionEndsQueueUrl: 'Queue of executions that ended without success and whose record may still be open',
  ExecutionEndsDeadLetterQueueUrl:
    'Queue of such ends that could not be dealt with; more than none is an alarm',
  AlarmTopicArn: 'Topic that every alarm is sent to',
  DashboardUrl: 'Page of the CloudWatch console with the whole stack',
  ImageRepositoryUrl: 'ECR repository of all images of the stack',
  ImageDigests: 'Digest of the image of every stage, as the setting imageDigests takes them',
  EncryptionKeyArn: 'Customer key of everything that the stack stores',
  Region: 'Region that the stack is in',
} as const;
export type StackOutput = keyof typeof stackOutputs;
