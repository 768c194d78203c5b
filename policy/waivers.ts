// Which laws does a resource break on purpose, and why?
import { disposableStacks } from './disposable-stacks.ts';

export interface Waiver {
  /** Name of a rule. */
  readonly rule: string;
  /** Stacks in which it is needed; a waiver that is not needed is a mistake. */
  readonly stacks: readonly string[] | 'all';
  /** The resource, as the end of its URN: `aws:s3/bucket:Bucket::foundation-access-logs`. */
  readonly resource: string;
  /** End of the one message that is waived, where the resource could break the law in several ways. */
  readonly message?: string;
  /** Why it is right here, for whoever reviews it. */
  readonly reason: string;
}

export const waivers: readonly Waiver[] = [
  {
    rule: 'no-managed-policy',
    stacks: 'all',
    resource: 'aws:iam/rolePolicyAttachment:RolePolicyAttachment::foundation-api-logging',
    reason:
      'API Gateway writes the logs of all APIs of the account with one role. Which groups those are nobody knows beforehand, and AWS documents exactly this policy for it.',
  },
  {
    rule: 'bucket-encrypted',
    stacks: 'all',
    resource: 'aws:s3/bucket:Bucket::foundation-access-logs',
    reason:
      'S3 cannot write access logs into a bucket whose default is a customer key; the logs are encrypted with the key of S3.',
  },
  {
    rule: 'service-is-tied-to-account',
    stacks: 'all',
    resource: 'aws:kms/key:Key::foundation-key',
    message: 'lets events.amazonaws.com act for any account',
    reason:
      'EventBridge sends KMS neither the account nor the rule, and would deliver no event under a condition on them. Each queue’s own policy takes messages from one rule only, so that somebody else’s rule gets nowhere with the key.',
  },
  {
    rule: 'table-undeletable',
    stacks: disposableStacks,
    resource: 'aws:dynamodb/table:Table::interview-records',
    reason:
      'These stacks hold nothing that anybody needs, and `pulumi destroy` must leave nothing behind (B14).',
  },
  {
    rule: 'api-behind-firewall',
    stacks: 'all',
    resource: 'aws:apigateway/stage:Stage::interview-api',
    reason:
      'Its one route reads no input and tells nobody’s data. A firewall costs from 5 USD a month a stack before the first request; the limit of requests is the protection until there are routes that take data.',
  },
  {
    rule: 'api-methods-authorized',
    stacks: 'all',
    resource: 'aws:apigateway/method:Method::interview-api-get-health',
    reason:
      'The specification calls GET /health public: whoever watches the system asks it without an account, and the answer says only whether it works.',
  },
];
