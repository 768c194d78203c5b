// Which AWS actions does a grant mean, and on what? The one table behind every role, and behind the test that no call
// goes without a grant.
import type { Grant } from './stage.ts';

/** What a statement is about; whoever writes the policy puts the ARN in its place. */
export type PermissionTarget =
  | { readonly kind: 'objects'; readonly on: string; readonly prefix: string }
  /** A bucket itself, for questions about keys that start so. */
  | { readonly kind: 'keys'; readonly on: string; readonly prefix: string }
  | { readonly kind: 'table'; readonly on: string }
  /** Every index of a table. */
  | { readonly kind: 'indexes'; readonly on: string }
  | { readonly kind: 'machine'; readonly on: string }
  /** Executions of a machine. */
  | { readonly kind: 'executions'; readonly on: string }
  | { readonly kind: 'queue'; readonly on: string }
  /** The customer key under which the stores are encrypted. */
  | { readonly kind: 'key' }
  /** The same key, for texts that are sealed with it and not for stores. */
  | { readonly kind: 'sealing-key' }
  /** Where the system's users have their accounts. */
  | { readonly kind: 'user-pool' }
  /** Transcription jobs of the stack's own account and region. */
  | { readonly kind: 'transcription-jobs' }
  /** The configured model, its inference profile, and the guardrail if there is one. */
  | { readonly kind: 'model' }
  /** The service knows no resources for these actions; allowed for exactly what this table lists. */
  | { readonly kind: 'anything' };

export interface Permission {
  /** IAM actions, such as `s3:GetObject`. */
  readonly actions: readonly string[];
  readonly target: PermissionTarget;
}

const readKey: Permission = { actions: ['kms:Decrypt'], target: { kind: 'key' } };
const useKey: Permission = { actions: ['kms:Decrypt', 'kms:GenerateDataKey'], target: { kind: 'key' } };

const onTable = (action: string, on: string): Permission => ({
  actions: [action],
  target: { kind: 'table', on },
});

function permissionsOf(grant: Grant): readonly Permission[] {
  switch (grant.action) {
    case 'objects:read':
      return [
        { actions: ['s3:GetObject'], target: { kind: 'objects', on: grant.on, prefix: grant.prefix } },
        readKey,
      ];
    case 'objects:write':
      // A large file is sent in parts, which can only be given up with AbortMultipartUpload.
      return [
        {
          actions: ['s3:PutObject', 's3:AbortMultipartUpload'],
          target: { kind: 'objects', on: grant.on, prefix: grant.prefix },
        },
        useKey,
      ];
    case 'links:upload':
      // One request, never in parts; a browser that uploads is allowed what the role may that signed the form.
      return [
        { actions: ['s3:PutObject'], target: { kind: 'objects', on: grant.on, prefix: grant.prefix } },
        { actions: ['kms:GenerateDataKey'], target: { kind: 'key' } },
      ];
    case 'links:download':
      return [
        { actions: ['s3:GetObject'], target: { kind: 'objects', on: grant.on, prefix: grant.prefix } },
        readKey,
      ];
    case 'objects:delete':
      // S3 wants the first of them for every deletion, the second for that of a version (API reference, DeleteObjects).
      return [
        {
          actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
          target: { kind: 'objects', on: grant.on, prefix: grant.prefix },
        },
        {
          actions: ['s3:ListBucketVersions'],
          target: { kind: 'keys', on: grant.on, prefix: grant.prefix },
        },
      ];
    case 'records:create':
      return [onTable('dynamodb:PutItem', grant.on), useKey];
    case 'records:read':
    case 'preferences:read':
      return [onTable('dynamodb:GetItem', grant.on), readKey];
    case 'records:list':
      return [{ actions: ['dynamodb:Query'], target: { kind: 'indexes', on: grant.on } }, readKey];
    case 'records:scan':
      return [onTable('dynamodb:Scan', grant.on), readKey];
    case 'records:update':
      return [onTable('dynamodb:UpdateItem', grant.on), useKey];
    case 'records:delete':
    case 'preferences:delete':
      return [onTable('dynamodb:DeleteItem', grant.on), useKey];
    case 'preferences:write':
      return [onTable('dynamodb:PutItem', grant.on), useKey];
    case 'executions:start':
      return [{ actions: ['states:StartExecution'], target: { kind: 'machine', on: grant.on } }];
    case 'executions:read':
      return [
        {
          actions: [
            'states:DescribeExecution',
            'states:GetExecutionHistory',
            'states:DescribeStateMachineForExecution',
          ],
          target: { kind: 'executions', on: grant.on },
        },
      ];
    case 'executions:stop':
      // Whether it ran at all says only the first of them: an execution that has ended is stopped without an error.
      return [
        {
          actions: ['states:DescribeExecution', 'states:StopExecution'],
          target: { kind: 'executions', on: grant.on },
        },
      ];
    case 'messages:receive':
      return [
        {
          actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
          target: { kind: 'queue', on: grant.on },
        },
        readKey,
      ];
    case 'speech:transcribe':
      // Starting knows no resources; a job that exists is one.
      return [
        { actions: ['transcribe:StartTranscriptionJob'], target: { kind: 'anything' } },
        // A job is born with the tag that its costs are counted by, for which the service wants this right too.
        {
          actions: ['transcribe:GetTranscriptionJob', 'transcribe:TagResource'],
          target: { kind: 'transcription-jobs' },
        },
        // Transcribe writes its answer with its caller's rights, and wants this one for an output key of the caller's
        // (Amazon Transcribe Developer Guide, "Key management").
        { actions: ['kms:Encrypt'], target: { kind: 'key' } },
      ];
    case 'speech:read':
      return [{ actions: ['transcribe:GetTranscriptionJob'], target: { kind: 'transcription-jobs' } }];
    case 'speech:delete':
      return [{ actions: ['transcribe:DeleteTranscriptionJob'], target: { kind: 'transcription-jobs' } }];
    case 'identity:verify':
      return [];
    case 'accounts:delete':
      return [{ actions: ['cognito-idp:AdminDeleteUser'], target: { kind: 'user-pool' } }];
    case 'texts:seal':
      return [{ actions: ['kms:Encrypt', 'kms:Decrypt'], target: { kind: 'sealing-key' } }];
    case 'pictures:label':
      // Rekognition's picture calls know no resources.
      return [{ actions: ['rekognition:DetectLabels'], target: { kind: 'anything' } }];
    case 'model:invoke':
      return [{ actions: ['bedrock:InvokeModel', 'bedrock:ApplyGuardrail'], target: { kind: 'model' } }];
  }
}

/** Every permission of a stage: one entry a target, each action once, in the order of the grants. */
export function permissionsFor(grants: readonly Grant[]): readonly Permission[] {
  const byTarget = new Map<string, Permission>();
  for (const { actions, target } of grants.flatMap(permissionsOf)) {
    const key = JSON.stringify(target);
    const known = byTarget.get(key)?.actions ?? [];
    byTarget.set(key, { target, actions: [...new Set([...known, ...actions])] });
  }
  return [...byTarget.values()];
}
