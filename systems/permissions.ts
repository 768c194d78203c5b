// Which AWS actions does a grant mean, and on what? The one table behind every role, and behind the test that no call
// goes without a grant.
import type { Grant } from './stage.ts';

/** What a statement is about; whoever writes the policy puts the ARN in its place. */
export type PermissionTarget =
  | { readonly kind: 'objects'; readonly on: string; readonly prefix: string }
  | { readonly kind: 'table'; readonly on: string }
  | { readonly kind: 'machine'; readonly on: string }
  | { readonly kind: 'queue'; readonly on: string }
  /** The customer key under which the stores are encrypted. */
  | { readonly kind: 'key' }
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
    case 'records:read':
      return [{ actions: ['dynamodb:GetItem'], target: { kind: 'table', on: grant.on } }, readKey];
    case 'records:update':
      return [{ actions: ['dynamodb:UpdateItem'], target: { kind: 'table', on: grant.on } }, useKey];
    case 'executions:start':
      return [{ actions: ['states:StartExecution'], target: { kind: 'machine', on: grant.on } }];
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
