// Which laws does a resource break on purpose, and why?

export interface Waiver {
  /** Name of a rule. */
  readonly rule: string;
  /** Stacks in which it is needed; a waiver that is not needed is a mistake. */
  readonly stacks: readonly string[];
  /** The resource, as the end of its URN: `aws:s3/bucket:Bucket::foundation-access-logs`. */
  readonly resource: string;
  /** Why it is right here, for whoever reviews it. */
  readonly reason: string;
}

const everywhere = ['dev', 'staging', 'prod'];

export const waivers: readonly Waiver[] = [
  {
    rule: 'no-managed-policy',
    stacks: everywhere,
    resource: 'aws:iam/rolePolicyAttachment:RolePolicyAttachment::foundation-api-logging',
    reason:
      'API Gateway writes the logs of all APIs of the account with one role. Which groups those are nobody knows beforehand, and AWS documents exactly this policy for it.',
  },
  {
    rule: 'bucket-encrypted',
    stacks: everywhere,
    resource: 'aws:s3/bucket:Bucket::foundation-access-logs',
    reason:
      'S3 cannot write access logs into a bucket whose default is a customer key; the logs are encrypted with the key of S3.',
  },
  {
    rule: 'table-undeletable',
    stacks: ['dev', 'staging'],
    resource: 'aws:dynamodb/table:Table::interview-records',
    reason:
      'These stacks hold nothing that anybody needs, and `pulumi destroy` must leave nothing behind (B14).',
  },
  {
    rule: 'bucket-access-logged',
    stacks: everywhere,
    resource: 'aws:s3/bucket:Bucket::operations-audit',
    reason:
      'Only CloudTrail writes into the bucket of the optional audit trail, and the digests of its files show a changed or missing one. Who reads them stands in the trail itself where it records object calls.',
  },
  {
    rule: 'api-behind-firewall',
    stacks: everywhere,
    resource: 'aws:apigateway/stage:Stage::interview-api',
    reason:
      'Its one route reads no input and tells nobody’s data. A firewall costs from 5 USD a month a stack before the first request; the limit of requests is the protection until there are routes that take data.',
  },
  {
    rule: 'api-methods-authorized',
    stacks: everywhere,
    resource: 'aws:apigateway/method:Method::interview-api-get-health',
    reason:
      'The specification calls GET /health public: whoever watches the system asks it without an account, and the answer says only whether it works.',
  },
];
