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
      'A firewall costs from 5 USD a month a stack before the first request, and there is no attack on web servers that the API is open to: it takes JSON that has a model, small and limited in number, and nothing but a health check without a token.',
  },
  {
    rule: 'api-methods-authorized',
    stacks: 'all',
    resource: 'aws:apigateway/method:Method::interview-api-get-health',
    reason:
      'The specification calls GET /health public: whoever watches the system asks it without an account, and the answer says only whether it works.',
  },
  {
    rule: 'site-behind-firewall',
    stacks: 'all',
    resource: 'aws:cloudfront/distribution:Distribution::interview-site',
    reason:
      'The site hands out files that everybody may have; what goes through it to the API is checked and limited there. The price is the same as for the API, and has to be paid in us-east-1 once more.',
  },
  {
    rule: 'site-modern-tls',
    stacks: 'all',
    resource: 'aws:cloudfront/distribution:Distribution::interview-site',
    message: 'has the certificate of CloudFront',
    reason:
      'These stacks have no domain. Under the name that CloudFront makes it takes TLS 1.0 too, whatever it is told; browsers of today agree on TLS 1.3 all the same. With siteDomain and siteCertificateArn it is TLS 1.2 at least.',
  },
  {
    rule: 'bucket-encrypted',
    stacks: 'all',
    resource: 'aws:s3/bucket:Bucket::interview-site',
    reason:
      'Everybody may have the files of the app: with a customer key CloudFront would need a right on the key that guards the recordings, and each miss of its cache would cost a request to KMS, for nothing that has to be hidden. They are encrypted with the key of S3.',
  },
  {
    rule: 'table-forgets',
    stacks: 'all',
    resource: 'aws:dynamodb/table:Table::interview-preferences',
    reason:
      'A user’s own questions and settings are kept until the user deletes them; `DELETE /me` takes them with everything else.',
  },
  {
    rule: 'table-undeletable',
    stacks: disposableStacks,
    resource: 'aws:dynamodb/table:Table::interview-preferences',
    reason:
      'These stacks hold nothing that anybody needs, and `pulumi destroy` must leave nothing behind (B14).',
  },
  {
    rule: 'users-undeletable',
    stacks: disposableStacks,
    resource: 'aws:cognito/userPool:UserPool::interview-users',
    reason:
      'The accounts of these stacks are made for trying things out, and `pulumi destroy` must leave nothing behind (B14).',
  },
];
