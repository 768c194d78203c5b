// What happens to one execution environment of a function? It starts, takes one call after the other, and dies.
import { randomBytes, randomUUID } from 'node:crypto';
import { openRuntimeApi, type RuntimeApi } from './api.ts';
import { initSeconds, runtimeExited, timedOut, type FunctionError, type Outcome } from './outcome.ts';

/** A runtime's process or container. */
export interface Runtime {
  /** How it ended: `exit status 1`, `signal: killed`; `null` for exit status 0. */
  readonly exited: Promise<string | null>;
  /** Ends it at once; resolves when it is gone. */
  readonly kill: () => Promise<void>;
}

export interface FunctionSettings {
  readonly name: string;
  readonly timeoutSeconds: number;
  /** Starts a runtime that talks to the API at this address. */
  readonly start: (apiAddress: string) => Runtime;
}

/** How one call went. */
export interface Call {
  readonly requestId: string;
  readonly outcome: Outcome;
  /** Milliseconds of the start that this call had to wait for; `null` for a warm sandbox. */
  readonly initMs: number | null;
  /** Milliseconds from the delivery of the event to the answer. */
  readonly durationMs: number;
}

const traceId = (): string =>
  `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${randomBytes(12).toString('hex')};Sampled=0`;

/** One call at a time; a sandbox whose runtime died or was too slow is never used again. */
export class Sandbox {
  readonly #settings: FunctionSettings;
  #api: RuntimeApi | null = null;
  #runtime: Runtime | null = null;
  #isDead = false;
  /** Whoever waits for the runtime: first for its start, then for its answer. */
  #ready = Promise.withResolvers<FunctionError | null>();
  #answer = Promise.withResolvers<Outcome>();

  constructor(settings: FunctionSettings) {
    this.#settings = settings;
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  async invoke(event: Buffer): Promise<Call> {
    const requestId = randomUUID();
    const isCold = this.#runtime === null;
    const startedMs = performance.now();
    if (isCold) await this.#start();
    const failure = await this.#started(requestId);
    const initMs = isCold ? performance.now() - startedMs : null;
    if (failure) {
      await this.close();
      return { requestId, outcome: { error: failure }, initMs, durationMs: 0 };
    }
    const deliveredMs = performance.now();
    const outcome = await this.#call(requestId, event);
    return { requestId, outcome, initMs, durationMs: performance.now() - deliveredMs };
  }

  async close(): Promise<void> {
    this.#isDead = true;
    await this.#runtime?.kill();
    await this.#api?.close();
  }

  async #start(): Promise<void> {
    const api = await openRuntimeApi({
      onReady: () => this.#ready.resolve(null),
      onInitError: (error) => this.#ready.resolve(error),
      onOutcome: (_requestId, outcome) => this.#answer.resolve(outcome),
    });
    this.#api = api;
    const runtime = this.#settings.start(api.address);
    this.#runtime = runtime;
    // Also between two calls: Lambda would not send the next one there.
    void this.#buryAfter(runtime);
  }

  async #buryAfter(runtime: Runtime): Promise<void> {
    await runtime.exited;
    this.#isDead = true;
  }

  /** Waits until the runtime asks for an event; gives why it does not. */
  async #started(requestId: string): Promise<FunctionError | null> {
    const failure = await this.#within(initSeconds, this.#ready.promise, (how) =>
      how === 'timeout' ? timedOut(requestId, initSeconds) : runtimeExited(requestId, how.exit),
    );
    this.#ready = Promise.withResolvers();
    return failure;
  }

  async #call(requestId: string, event: Buffer): Promise<Outcome> {
    const { name, timeoutSeconds } = this.#settings;
    this.#answer = Promise.withResolvers();
    this.#api?.deliver({
      requestId,
      event,
      functionArn: `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
      deadlineMs: Date.now() + timeoutSeconds * 1000,
      traceId: traceId(),
    });
    let isBroken = false;
    const outcome = await this.#within(timeoutSeconds, this.#answer.promise, (how): Outcome => {
      isBroken = true;
      return {
        error: how === 'timeout' ? timedOut(requestId, timeoutSeconds) : runtimeExited(requestId, how.exit),
      };
    });
    if (isBroken) await this.close();
    return outcome;
  }

  /** The first of: what is waited for, the end of the runtime, the end of the time. */
  async #within<T>(
    seconds: number,
    wanted: Promise<T>,
    otherwise: (how: 'timeout' | { readonly exit: string | null }) => T,
  ): Promise<T> {
    const over = Promise.withResolvers<T>();
    const timer = setTimeout(() => over.resolve(otherwise('timeout')), seconds * 1000);
    const died = this.#runtime?.exited.then(async (exit) => {
      // What the runtime said last may still be on its way through the socket.
      const said = await Promise.race([wanted.then((value) => ({ value })), shortWait()]);
      return said ? said.value : otherwise({ exit });
    });
    try {
      return await Promise.race([wanted, over.promise, ...(died ? [died] : [])]);
    } finally {
      clearTimeout(timer);
    }
  }
}

const shortWait = (): Promise<null> =>
  new Promise((resolve) => {
    setTimeout(resolve, 50, null);
  });
