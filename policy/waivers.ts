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

export const waivers: readonly Waiver[] = [];
