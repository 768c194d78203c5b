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

/** The key under which every store of a deployed stack is encrypted. */
export const keyArn = `arn:aws:kms:${region}:${accountId}:key/11111111-2222-3333-4444-555555555555`;

function text(input: Input, parameter: string): string {
  const value = input[parameter];
  if (typeof value !== 'string') throw new TypeError(`the call has no ${parameter}`);
  return value;
}

const withKey = (...actions: string[]): readonly Need[] =>
  actions.map((action) => ({ action: `kms:${action}`, resource: keyArn }));

const objectArn = (bucket: string, key: string): string => `arn:aws:s3:::${bucket}/${key}`;

/** `withKey` is what S3 does under the caller's rights in a bucket with a customer key. */
const onObject =
  (action: string, ...keyActions: string[]) =>
  (input: Input): readonly Need[] => [
    { action: `s3:${action}`, resource: objectArn(text(input, 'Bucket'), text(input, 'Key')) },
    ...withKey(...keyActions),
  ];

const onTable =
  (action: string) =>
  (input: Input): readonly Need[] => [
    {
      action: `dynamodb:${action}`,
      resource: `arn:aws:dynamodb:${region}:${accountId}:table/${text(input, 'TableName')}`,
    },
    ...withKey('Decrypt'),
  ];

const onJob =
  (action: string) =>
  (input: Input): readonly Need[] => [
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
function startOfJob(input: Input): readonly Need[] {
  const { MediaFileUri } = input['Media'] as { MediaFileUri: string };
  const [bucket = '', ...key] = MediaFileUri.replace('s3://', '').split('/');
  const answer = objectArn(text(input, 'OutputBucketName'), text(input, 'OutputKey'));
  return [
    // Starting knows no resources (Service Authorization Reference); a job that exists is one.
    { action: 'transcribe:StartTranscriptionJob', resource: '*', context: contextOfJob(input) },
    // A job that is born with tags is tagged in the caller's name.
    ...('Tags' in input ? onJob('TagResource')(input) : []),
    { action: 's3:GetObject', resource: objectArn(bucket, key.join('/')) },
    { action: 's3:PutObject', resource: answer },
    ...('OutputEncryptionKMSKeyId' in input
      ? [{ action: 'kms:Encrypt', resource: text(input, 'OutputEncryptionKMSKeyId') }]
      : []),
    ...withKey('Decrypt', 'GenerateDataKey'),
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
const needsOfCommand: { readonly [command: string]: (input: Input) => readonly Need[] } = {
  HeadObjectCommand: onObject('GetObject', 'Decrypt'),
  GetObjectCommand: onObject('GetObject', 'Decrypt'),
  PutObjectCommand: onObject('PutObject', 'GenerateDataKey'),
  CreateMultipartUploadCommand: onObject('PutObject', 'GenerateDataKey'),
  UploadPartCommand: onObject('PutObject', 'GenerateDataKey', 'Decrypt'),
  CompleteMultipartUploadCommand: onObject('PutObject', 'Decrypt'),
  AbortMultipartUploadCommand: onObject('AbortMultipartUpload'),
  GetItemCommand: onTable('GetItem'),
  PutItemCommand: onTable('PutItem'),
  UpdateItemCommand: onTable('UpdateItem'),
  StartExecutionCommand: (input) => [
    { action: 'states:StartExecution', resource: text(input, 'stateMachineArn') },
  ],
  StartTranscriptionJobCommand: startOfJob,
  GetTranscriptionJobCommand: onJob('GetTranscriptionJob'),
  DetectLabelsCommand: () => [{ action: 'rekognition:DetectLabels', resource: '*' }],
  ConverseCommand: conversation,
};

/** Parameters that make S3 ask for more than the command's own action. */
const moreOfParameter: { readonly [parameter: string]: string } = {
  ACL: 'PutObjectAcl',
  Tagging: 'PutObjectTagging',
  VersionId: 'GetObjectVersion',
  ObjectLockMode: 'PutObjectRetention',
};

/** Everything that must be allowed for the call to succeed; fails for a command that the table does not know. */
export function needsOf({ command, input }: RecordedCall): readonly Need[] {
  const find = needsOfCommand[command];
  if (!find) throw new Error(`nobody has written down which permissions ${command} needs`);
  const more = Object.keys(input).flatMap((parameter) => {
    const action = moreOfParameter[parameter];
    return action ? onObject(action)(input) : [];
  });
  return [...find(input), ...more];
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

/** A key that the call does not have fulfils no condition; an operator that nobody has described is a mistake. */
const meets = ({ conditions = {} }: PlainStatement, { context = {} }: Need): boolean =>
  Object.entries(conditions).every(([operator, wanted]) => {
    if (operator !== 'StringEquals') throw new Error(`nobody has written down what ${operator} means`);
    return Object.entries(wanted).every(([key, value]) => context[key] === value);
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
  statements.flatMap(({ actions, resources }) =>
    actions.flatMap((action) =>
      resources
        .map((resource) => ({ action, resource }))
        .filter(
          ({ resource }) => !needs.some((need) => covers({ actions: [action], resources: [resource] }, need)),
        ),
    ),
  );
