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
