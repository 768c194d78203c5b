// Would IAM allow this call? The permissions that each call needs, and how a policy's statements answer.
import { accountId, region } from './server.ts';
import type { RecordedCall } from './recorder.ts';

/** One action on one resource, as IAM decides about it. */
export interface Need {
  readonly action: string;
  readonly resource: string;
  /** What the call says about itself, by the condition key of the service. */
  readonly context?: Readonly<Record<string, string>>;
}

/** A statement whose values are known. */
export interface PlainStatement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** By operator and condition key. */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

type Input = RecordedCall['input'];

function text(input: Input, parameter: string): string {
  const value = input[parameter];
  if (typeof value !== 'string') throw new TypeError(`the call has no ${parameter}`);
  return value;
}

/** What a command needs; `keyArn` is the key under which every store of the stack is encrypted. */
type NeedsOf = (input: Input, keyArn: string) => readonly Need[];

const withKey = (keyArn: string, ...actions: string[]): readonly Need[] =>
  actions.map((action) => ({ action: `kms:${action}`, resource: keyArn }));

const objectArn = (bucket: string, key: string): string => `arn:aws:s3:::${bucket}/${key}`;

/** `withKey` is what S3 does under the caller's rights in a bucket with a customer key. */
const onObject =
  (action: string, ...keyActions: string[]): NeedsOf =>
  (input, keyArn) => [
    { action: `s3:${action}`, resource: objectArn(text(input, 'Bucket'), text(input, 'Key')) },
    ...withKey(keyArn, ...keyActions),
  ];

/** Questions about keys: the resource is the bucket, the prefix a word of the call. */
const onKeys =
  (action: string): NeedsOf =>
  (input) => [
    {
      action: `s3:${action}`,
      resource: `arn:aws:s3:::${text(input, 'Bucket')}`,
      context: { 's3:prefix': text(input, 'Prefix') },
    },
  ];

/** "You must always specify the s3:DeleteObject permission", and the other for a version (API reference). */
function deletions(input: Input): readonly Need[] {
  const { Objects } = input['Delete'] as { Objects: { Key: string; VersionId?: string }[] };
  return Objects.flatMap(({ Key, VersionId }) =>
    ['DeleteObject', ...(VersionId === undefined ? [] : ['DeleteObjectVersion'])].map((action) => ({
      action: `s3:${action}`,
      resource: objectArn(text(input, 'Bucket'), Key),
    })),
  );
}

/** A query is about an index when it names one. */
const onTable =
  (action: string): NeedsOf =>
  (input, keyArn) => {
    const table = `arn:aws:dynamodb:${region}:${accountId}:table/${text(input, 'TableName')}`;
    const resource = 'IndexName' in input ? `${table}/index/${text(input, 'IndexName')}` : table;
    return [{ action: `dynamodb:${action}`, resource }, ...withKey(keyArn, 'Decrypt')];
  };

const onExecution =
  (action: string): NeedsOf =>
  (input) => [{ action: `states:${action}`, resource: text(input, 'executionArn') }];

/** A call of KMS itself; the encryption context is known to IAM part by part. */
const onKey =
  (action: string): NeedsOf =>
  (input) => {
    const parts = Object.entries(input['EncryptionContext'] as Readonly<Record<string, string>>);
    const context = Object.fromEntries(
      parts.map(([name, value]) => [`kms:EncryptionContext:${name}`, value]),
    );
    return [{ action: `kms:${action}`, resource: text(input, 'KeyId'), context }];
  };

const onJob =
  (action: string): NeedsOf =>
  (input) => [
    {
      action: `transcribe:${action}`,
      resource: `arn:aws:transcribe:${region}:${accountId}:transcription-job/${text(input, 'TranscriptionJobName')}`,
    },
  ];

const contextKeys: readonly (readonly [parameter: string, key: string])[] = [
  ['OutputEncryptionKMSKeyId', 'transcribe:OutputEncryptionKMSKeyId'],
  ['OutputBucketName', 'transcribe:OutputBucketName'],
  ['OutputKey', 'transcribe:OutputKey'],
];

/** The condition keys that the service fills from the parameters of the call. */
const contextOfJob = (input: Input): Readonly<Record<string, string>> =>
  Object.fromEntries(
    contextKeys.flatMap(([parameter, key]) => (parameter in input ? [[key, text(input, parameter)]] : [])),
  );

/** Transcribe reads the recording and writes its answer with the rights of whoever starts the job. */
function startOfJob(input: Input, keyArn: string): readonly Need[] {
  const { MediaFileUri } = input['Media'] as { MediaFileUri: string };
  const [bucket = '', ...key] = MediaFileUri.replace('s3://', '').split('/');
  const answer = objectArn(text(input, 'OutputBucketName'), text(input, 'OutputKey'));
  return [
    // Starting knows no resources (Service Authorization Reference); a job that exists is one.
    { action: 'transcribe:StartTranscriptionJob', resource: '*', context: contextOfJob(input) },
    // A job that is born with tags is tagged in the caller's name.
    ...('Tags' in input ? onJob('TagResource')(input, keyArn) : []),
    { action: 's3:GetObject', resource: objectArn(bucket, key.join('/')) },
    { action: 's3:PutObject', resource: answer },
    ...('OutputEncryptionKMSKeyId' in input
      ? [{ action: 'kms:Encrypt', resource: text(input, 'OutputEncryptionKMSKeyId') }]
      : []),
    ...withKey(keyArn, 'Decrypt', 'GenerateDataKey'),
  ];
}

/** What the stack of the tests is configured with. */
export const modelId = 'amazon.nova-lite-v1:0';
export const guardrailId = 'abcdefghij';

export const modelArn = (id: string): string => `arn:aws:bedrock:${region}::foundation-model/${id}`;
export const guardrailArn = (id: string): string => `arn:aws:bedrock:${region}:${accountId}:guardrail/${id}`;

function conversation(input: Input): readonly Need[] {
  const guardrail = input['guardrailConfig'] as { guardrailIdentifier: string } | undefined;
  return [
    { action: 'bedrock:InvokeModel', resource: modelArn(text(input, 'modelId')) },
    ...(guardrail
      ? [{ action: 'bedrock:ApplyGuardrail', resource: guardrailArn(guardrail.guardrailIdentifier) }]
      : []),
  ];
}

/** By the SDK's command; from the service authorization reference of each service. */
const needsOfCommand: { readonly [command: string]: NeedsOf } = {
  HeadObjectCommand: onObject('GetObject', 'Decrypt'),
  GetObjectCommand: onObject('GetObject', 'Decrypt'),
  PutObjectCommand: onObject('PutObject', 'GenerateDataKey'),
  CreateMultipartUploadCommand: onObject('PutObject', 'GenerateDataKey'),
  UploadPartCommand: onObject('PutObject', 'GenerateDataKey', 'Decrypt'),
  CompleteMultipartUploadCommand: onObject('PutObject', 'Decrypt'),
  AbortMultipartUploadCommand: onObject('AbortMultipartUpload'),
  ListObjectVersionsCommand: onKeys('ListBucketVersions'),
  DeleteObjectsCommand: deletions,
  // A browser's, with a form that the stage signed.
  PostObject: onObject('PutObject', 'GenerateDataKey'),
  GetItemCommand: onTable('GetItem'),
  PutItemCommand: onTable('PutItem'),
  UpdateItemCommand: onTable('UpdateItem'),
  DeleteItemCommand: onTable('DeleteItem'),
  QueryCommand: onTable('Query'),
  ScanCommand: onTable('Scan'),
  StartExecutionCommand: (input) => [
    { action: 'states:StartExecution', resource: text(input, 'stateMachineArn') },
  ],
  DescribeExecutionCommand: onExecution('DescribeExecution'),
  GetExecutionHistoryCommand: onExecution('GetExecutionHistory'),
  DescribeStateMachineForExecutionCommand: onExecution('DescribeStateMachineForExecution'),
  StopExecutionCommand: onExecution('StopExecution'),
  StartTranscriptionJobCommand: startOfJob,
  DeleteTranscriptionJobCommand: onJob('DeleteTranscriptionJob'),
  GetTranscriptionJobCommand: onJob('GetTranscriptionJob'),
  DetectLabelsCommand: () => [{ action: 'rekognition:DetectLabels', resource: '*' }],
  ConverseCommand: conversation,
  AdminDeleteUserCommand: (input) => [
    {
      action: 'cognito-idp:AdminDeleteUser',
      resource: `arn:aws:cognito-idp:${region}:${accountId}:userpool/${text(input, 'UserPoolId')}`,
    },
  ],
  EncryptCommand: onKey('Encrypt'),
  DecryptCommand: onKey('Decrypt'),
};

/** Parameters that make S3 ask for more than the command's own action. */
const moreOfParameter: { readonly [parameter: string]: string } = {
  ACL: 'PutObjectAcl',
  Tagging: 'PutObjectTagging',
  VersionId: 'GetObjectVersion',
  ObjectLockMode: 'PutObjectRetention',
};

/** Everything that must be allowed for the call to succeed; fails for a command that the table does not know. */
export function needsOf({ command, input }: RecordedCall, keyArn: string): readonly Need[] {
  const find = needsOfCommand[command];
  if (!find) throw new Error(`nobody has written down which permissions ${command} needs`);
  const more = Object.keys(input).flatMap((parameter) => {
    const action = moreOfParameter[parameter];
    return action ? onObject(action)(input, keyArn) : [];
  });
  return [...find(input, keyArn), ...more];
}

/** IAM's wildcard: a star is any text, a question mark one character. */
const matches = (pattern: string, value: string): boolean =>
  new RegExp(
    `^${pattern
      .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    's',
  ).test(value);

const operators: { readonly [operator: string]: (wanted: string, given: string) => boolean } = {
  StringEquals: (wanted, given) => wanted === given,
  StringLike: matches,
};

/** A key that the call does not have fulfils no condition; an operator that nobody has described is a mistake. */
const meets = ({ conditions = {} }: Pick<PlainStatement, 'conditions'>, { context = {} }: Need): boolean =>
  Object.entries(conditions).every(([operator, wanted]) => {
    const holds = operators[operator];
    if (!holds) throw new Error(`nobody has written down what ${operator} means`);
    return Object.entries(wanted).every(([key, value]) => {
      const given = context[key];
      return given !== undefined && holds(value, given);
    });
  });

const covers = (
  { actions, resources }: Pick<PlainStatement, 'actions' | 'resources'>,
  { action, resource }: Need,
): boolean =>
  actions.some((pattern) => matches(pattern, action)) &&
  resources.some((pattern) => matches(pattern, resource));

/** What no statement allows. */
export const deniedOf = (needs: readonly Need[], statements: readonly PlainStatement[]): readonly Need[] =>
  needs.filter((need) => !statements.some((statement) => covers(statement, need) && meets(statement, need)));

/** What the statements allow and no need asked for: one entry for each action on each resource. */
export const unusedOf = (needs: readonly Need[], statements: readonly PlainStatement[]): readonly Need[] =>
  statements.flatMap(({ actions, resources, conditions = {} }) =>
    actions.flatMap((action) =>
      resources
        .map((resource) => ({ action, resource }))
        .filter(({ resource }) => {
          const statement = { actions: [action], resources: [resource], conditions };
          return !needs.some((need) => covers(statement, need) && meets(statement, need));
        }),
    ),
  );
