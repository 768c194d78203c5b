// How does Lambda run a function? In sandboxes, one call in each at a time, and a new one whenever all are busy.
import { maximumEventBytes } from './outcome.ts';
import { Sandbox, type Call, type FunctionSettings } from './sandbox.ts';

/** Lambda refuses the call itself; no function ever sees it. */
export class EventTooLarge extends Error {
  override readonly name = 'RequestTooLargeException';
  constructor(bytes: number) {
    super(
      `${String(bytes)} byte payload is too large for the RequestResponse invocation type (limit ${String(maximumEventBytes)} bytes)`,
    );
  }
}

/** An emulated function; close it to end its sandboxes. */
export class EmulatedFunction {
  readonly #settings: FunctionSettings;
  readonly #idle: Sandbox[] = [];
  readonly #all = new Set<Sandbox>();

  constructor(settings: FunctionSettings) {
    this.#settings = settings;
  }

  /** How many sandboxes live. */
  get concurrency(): number {
    return this.#all.size;
  }

  /**
   * Calls the function with a JSON value, as `RequestResponse` does. A function that fails is an outcome.
   * @throws EventTooLarge
   */
  async invoke(event: unknown): Promise<Call> {
    const bytes = Buffer.from(JSON.stringify(event));
    if (bytes.length > maximumEventBytes) throw new EventTooLarge(bytes.length);
    const sandbox = (await this.#idleSandbox()) ?? this.#newSandbox();
    try {
      return await sandbox.invoke(bytes);
    } finally {
      if (sandbox.isDead) await this.#bury(sandbox);
      else this.#idle.push(sandbox);
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#all].map((sandbox) => sandbox.close()));
    this.#all.clear();
    this.#idle.length = 0;
  }

  async #idleSandbox(): Promise<Sandbox | null> {
    for (let sandbox = this.#idle.pop(); sandbox; sandbox = this.#idle.pop()) {
      if (!sandbox.isDead) return sandbox;
      await this.#bury(sandbox);
    }
    return null;
  }

  async #bury(sandbox: Sandbox): Promise<void> {
    this.#all.delete(sandbox);
    await sandbox.close();
  }

  #newSandbox(): Sandbox {
    const sandbox = new Sandbox(this.#settings);
    this.#all.add(sandbox);
    return sandbox;
  }
}
