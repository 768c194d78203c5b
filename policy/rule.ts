// What is a law of this project? A sentence that can be checked, with its reason and where it comes from.
import type { Resource, StackGraph } from './resource.ts';

export type Severity = 'low' | 'medium' | 'high' | 'critical';

export interface Rule {
  /** Kebab-case, unique: `queue-tls-only`. */
  readonly name: string;
  /** What must be true, as a sentence. */
  readonly asks: string;
  /** What happens otherwise. */
  readonly why: string;
  /** Ids of controls.ts (`FSBP S3.5`, `AwsSolutions-SQS4`) and rows of docs/requirements.md (`A38`); none: our own. */
  readonly sources: readonly string[];
  readonly severity: Severity;
  /**
   * What the check looks at. `resource`: the resource alone. `stack`: its neighbours too. `plan`: what only the offline
   * plan tells (secrets, outputs, `retainOnDelete`), so that Pulumi's engine cannot be asked.
   */
  readonly scope: 'resource' | 'stack' | 'plan';
  /** Type tokens; `'all'` is every resource. A law about a whole stack looks at `pulumi:pulumi:Stack`. */
  readonly types: readonly string[] | 'all';
  /**
   * What is wrong, a sentence each; nothing when the law holds. `graph` of a rule on one resource holds only that one.
   * @throws NotKnownYet when a value that it needs exists only after the deployment.
   */
  readonly check: (resource: Resource, graph: StackGraph) => readonly string[];
}

/** The sentence when `holds` is false; nothing when it is true. */
export const unless = (holds: boolean, sentence: string): readonly string[] => (holds ? [] : [sentence]);

/** Whether a rule looks at a resource of this type. */
export const appliesTo = ({ types }: Rule, type: string): boolean => types === 'all' || types.includes(type);
