// What does a program ask for when it makes a resource?
import type { Urn } from './urn.ts';
import type { WireObject } from './wire.ts';

/** Another name under which the resource may be known; what is not said is as it is now. */
export type Alias =
  | { readonly urn: Urn }
  | {
      readonly name?: string;
      readonly type?: string;
      readonly stack?: string;
      readonly project?: string;
      /** URN of the former parent; `''` if it had none but the stack. */
      readonly parent?: Urn;
    };

/** One resource as the program wants it, after all transforms. */
export interface Registration {
  readonly urn: Urn;
  readonly type: string;
  readonly name: string;
  /** `''` for the stack itself. */
  readonly parent: Urn;
  /** Whether a provider makes it; a component is only a name for its children. */
  readonly custom: boolean;
  /** The provider's id as the model gives it; `''` for components. */
  readonly id: string;
  readonly inputs: WireObject;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  /** URNs that it waits for, sorted. */
  readonly dependencies: readonly Urn[];
  /** URNs that each property is made from, sorted. */
  readonly propertyDependencies: { readonly [property: string]: readonly Urn[] };
  readonly aliases: readonly Alias[];
  readonly ignoreChanges: readonly string[];
  readonly replaceOnChanges: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

/** A resource as the program wants it before the engine knows its URN and id. */
export type Wish = Omit<Registration, 'urn' | 'id'>;

export interface LogEntry {
  readonly severity: 'info' | 'warning' | 'error';
  readonly message: string;
}
