// What has the program registered so far, and may it register this too?
import { PlanFailed } from '../plan-failed.ts';
import type { ProviderModel } from './provider.ts';
import type { Registration, Wish } from './registration.ts';
import { makeUrn, stackType, type Scope, type Urn } from './urn.ts';
import { isWireObject, toPlain, unknownValue, type WireObject } from './wire.ts';

export interface Registered {
  readonly registration: Registration;
  /** What the program gets back: its own inputs and what the provider adds. */
  readonly outputs: WireObject;
}

export interface StateOptions extends Scope {
  readonly provider: ProviderModel;
  /** Answer like a preview: nothing that a provider would have to tell is known. */
  readonly preview: boolean;
}

const asObject = (inputs: WireObject): WireObject => {
  const plain = toPlain(inputs);
  return isWireObject(plain) ? plain : {};
};

/** A wish in which nothing was said: the parent decides (`inheritFromParent` in Pulumi's engine). */
export type OpenWish = Omit<Wish, 'protect' | 'retainOnDelete'> & {
  readonly protect: boolean | undefined;
  readonly retainOnDelete: boolean | undefined;
  /** A component that a plugin makes. */
  readonly remote: boolean;
};

/** The resources of one run, in the order in which they were registered: parents before children. */
export class StackState {
  readonly #resources = new Map<Urn, Registered>();
  readonly #options: StateOptions;
  /** Outputs of the stack; `undefined` until the program has ended well. */
  outputs: WireObject | undefined;

  constructor(options: StateOptions) {
    this.#options = options;
  }

  get registrations(): readonly Registration[] {
    return [...this.#resources.values()].map(({ registration }) => registration);
  }

  /** @throws PlanFailed for a second resource of the same URN, or a parent that is not there. */
  register(open: OpenWish): Registered {
    const wish = this.#settle(open);
    const urn = makeUrn(this.#options, wish.parent, wish.type, wish.name);
    if (this.#resources.has(urn)) throw new PlanFailed(`two resources have the same URN, ${urn}`);
    if (wish.remote) return this.#expand(urn, wish);
    const created = wish.custom ? this.#create(urn, wish) : { id: '', outputs: {} };
    return this.#keep(urn, wish, created.id, created.outputs);
  }

  find(urn: Urn): Registered | undefined {
    return this.#resources.get(urn);
  }

  setOutputs(urn: Urn, outputs: WireObject): void {
    const found = this.#resources.get(urn);
    if (!found) throw new PlanFailed(`outputs for ${urn}, which was never registered`);
    this.#resources.set(urn, { ...found, outputs });
    if (found.registration.type === stackType) this.outputs = outputs;
  }

  #settle(open: OpenWish): Wish & { readonly remote: boolean } {
    const parent = open.parent === '' ? undefined : this.#resources.get(open.parent)?.registration;
    if (open.parent !== '' && !parent) throw new PlanFailed(`the parent ${open.parent} is not registered`);
    return {
      ...open,
      protect: open.protect ?? parent?.protect ?? false,
      retainOnDelete: open.retainOnDelete ?? parent?.retainOnDelete ?? false,
    };
  }

  #create(urn: Urn, wish: Wish): { readonly id: string; readonly outputs: WireObject } {
    if (this.#options.preview) return { id: '', outputs: {} };
    return this.#options.provider.create({ urn, type: wish.type, name: wish.name }, asObject(wish.inputs));
  }

  #expand(urn: Urn, wish: Wish): Registered {
    this.#keep(urn, wish, '', {});
    const make = this.#options.provider.expand;
    const outputs = make(wish.type, wish.name, asObject(wish.inputs), {
      urn,
      make: (child) => {
        const { registration, outputs: known } = this.register({
          ...childDefaults,
          ...child,
          parent: urn,
          dependencies: [...(child.dependencies ?? [])].toSorted(),
        });
        return { urn: registration.urn, id: registration.id, outputs: known };
      },
    });
    const known = this.#options.preview ? hide(outputs) : outputs;
    return this.#keep(urn, wish, '', known);
  }

  #keep(urn: Urn, wish: Wish, id: string, outputs: WireObject): Registered {
    const { remote: _remote, ...plain } = wish as Wish & { readonly remote?: boolean };
    const registered = {
      registration: { ...plain, urn, id },
      outputs: wish.custom ? { ...wish.inputs, ...outputs } : outputs,
    };
    this.#resources.set(urn, registered);
    return registered;
  }
}

const childDefaults = {
  custom: true,
  remote: false,
  protect: undefined,
  retainOnDelete: undefined,
  aliases: [],
  ignoreChanges: [],
  replaceOnChanges: [],
  deleteBeforeReplace: false,
  propertyDependencies: {},
} satisfies Partial<OpenWish>;

const hide = (outputs: WireObject): WireObject =>
  Object.fromEntries(Object.keys(outputs).map((name) => [name, unknownValue]));
