// Which variables can a state read, and where does Assign put them?

import type { Json } from '../../systems/asl.ts';

/** The variables of one scope. Reading falls through to the outer scopes; assigning changes this scope only. */
export class Variables {
  readonly #outer: Variables | undefined;
  #own: { readonly [name: string]: Json } = {};

  constructor(outer?: Variables) {
    this.#outer = outer;
  }

  assign(values: { readonly [name: string]: Json }): void {
    this.#own = { ...this.#own, ...values };
  }

  /** Everything that can be read here, by name without `$`. */
  visible(): { readonly [name: string]: Json } {
    return this.#outer === undefined ? this.#own : { ...this.#outer.visible(), ...this.#own };
  }
}
