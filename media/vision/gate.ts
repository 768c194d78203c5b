// How do callers wait until there is room, or until something has failed?

/** Counts what is under way and wakes whoever waits for it to become less. */
export class Gate {
  #underWay = 0;
  #failure: Error | null = null;
  readonly #waiting = new Set<() => void>();

  get failure(): Error | null {
    return this.#failure;
  }

  change(by: 1 | -1): void {
    this.#underWay += by;
    this.#wake();
  }

  /** The first failure stays. */
  fail(error: Error): void {
    this.#failure ??= error;
    this.#wake();
  }

  async below(limit: number): Promise<void> {
    while (!this.#failure && this.#underWay >= limit) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#waiting.add(resolve);
      await promise;
    }
    if (this.#failure) throw this.#failure;
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
