// What does a rule know about a resource? The same facts from the offline plan and from Pulumi's engine.

/** One resource of a stack. Values that are not known before the deployment are the text of `unknown`. */
export interface Resource {
  /** `urn:pulumi:dev::greenroom::aws:s3/bucket:Bucket::media` */
  readonly urn: string;
  /** Type token: `aws:s3/bucket:Bucket`. */
  readonly type: string;
  readonly name: string;
  /** URN of the parent; `''` for the stack itself. */
  readonly parent: string;
  readonly inputs: { readonly [property: string]: unknown };
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  /** URNs that this resource waits for, sorted. */
  readonly dependencies: readonly string[];
}

/** Everything that one stack would deploy. */
export interface StackGraph {
  readonly stack: string;
  readonly resources: readonly Resource[];
  readonly outputs: { readonly [name: string]: unknown };
}

/** Stands where a secret was; nothing that is printed or committed shows the secret itself. */
export const redacted = '[secret]';

/** Stand where only a deployment knows the value: what a plan prints, and Pulumi's own marks for each kind of value. */
export const unknownValues: ReadonlySet<unknown> = new Set([
  '[unknown]',
  '1c4a061d-8072-4f0a-a4cb-0ff528b18fe7',
  '3eeb2bf0-c639-47a8-9e75-3b44932eb421',
  '04da6b54-80e4-46f7-96ec-b56ff0331ba9',
  '6a19a0b0-7e62-4c92-b797-7f8e31da9cc2',
  '030794c1-ac77-496b-92df-f27374a8bd58',
  'e48ece36-62e2-4504-bad9-02848725956a',
  'dd056dcd-154b-4c76-9bd3-c8f88648b5ff',
]);
