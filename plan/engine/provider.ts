// What does the engine ask of whoever plays the cloud?
import type { Registration, Wish } from './registration.ts';
import type { Urn } from './urn.ts';
import type { WireObject } from './wire.ts';

export interface Created {
  /** The provider's own id. */
  readonly id: string;
  /** Everything the provider would add to the inputs. */
  readonly outputs: WireObject;
}

/** What a remote component may do: make children, which become part of the stack. */
export interface ComponentHost {
  readonly urn: Urn;
  readonly make: (
    child: Pick<Wish, 'type' | 'name' | 'inputs'> & {
      readonly dependencies?: readonly Urn[];
      readonly propertyDependencies?: Wish['propertyDependencies'];
    },
  ) => { readonly urn: Urn; readonly id: string; readonly outputs: WireObject };
}

/** A cloud that exists only as rules. Every method may throw; the message reaches the reader. */
export interface ProviderModel {
  /** Id and outputs of a resource with these inputs, unwrapped; the same for the same URN and inputs. */
  readonly create: (resource: Pick<Registration, 'urn' | 'type' | 'name'>, inputs: WireObject) => Created;
  /** Outputs of a resource that exists already and is only looked at. */
  readonly read: (
    resource: Pick<Registration, 'urn' | 'type' | 'name'>,
    id: string,
    inputs: WireObject,
  ) => WireObject;
  readonly invoke: (token: string, args: WireObject) => WireObject;
  /** Makes the children of a component that lives in a plugin and returns the component's outputs. */
  readonly expand: (type: string, name: string, inputs: WireObject, host: ComponentHost) => WireObject;
}
