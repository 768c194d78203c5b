// How do events and decisions get into the history exactly once, even when a resumed run passes them again?

import type { Json } from '../../systems/asl.ts';
import type { Clock } from './clock.ts';
import type { EventDraft, HistoryEvent } from './history.ts';
import type { ExecutionLog, LoggedEvent } from './execution-log.ts';
import { historyFull, maxHistoryEvents, stopIfAborted } from './state-failed.ts';
import type { Turns } from './turns.ts';

/** The key of the event that says how the execution ended. */
export const closingKey = '/:ended';

interface RecorderOptions {
  readonly log: ExecutionLog;
  readonly clock: Clock;
  readonly turns: Turns;
  readonly onEvent?: ((event: HistoryEvent) => void) | undefined;
}

/**
 * The history of one execution. Every event and decision has a key that depends only on the definition and the way
 * taken (state visits, attempts, branch and item numbers). A key already known answers from memory; an unknown one
 * is new and is remembered. A resumed run must not do anything new before all its branches have caught up with the
 * memory, else one branch could overtake what another had already decided; `caughtUp` waits for that.
 */
export class Recorder {
  readonly #options: RecorderOptions;
  readonly #events = new Map<string, LoggedEvent>();
  readonly #order: HistoryEvent[] = [];
  readonly #decisions: Map<string, Json>;
  #replaying: boolean;
  #idle: Promise<void> | undefined;

  constructor(options: RecorderOptions) {
    this.#options = options;
    for (const logged of options.log.events) this.#remember(logged);
    this.#decisions = new Map(options.log.decisions);
    this.#replaying = this.#order.length > 0;
  }

  history(): readonly HistoryEvent[] {
    return this.#order;
  }

  /** The event recorded under the key, if the run passed here before. */
  recalled(key: string): LoggedEvent | undefined {
    return this.#events.get(key);
  }

  /** The decision recorded under the key, if any. */
  decided(key: string): Json | undefined {
    return this.#decisions.get(key);
  }

  /**
   * Records the event unless its key is known, and returns its id either way. The last id that AWS allows is kept for
   * the event that closes the execution: any other that would take it throws StateFailed (States.Runtime) instead.
   */
  async event(key: string, draft: EventDraft, memo?: Json): Promise<number> {
    const known = this.#events.get(key);
    if (known !== undefined) return known.event.id;
    await this.caughtUp();
    if (this.#order.length + 1 >= maxHistoryEvents && key !== closingKey) throw historyFull();
    const event: HistoryEvent = {
      id: this.#order.length + 1,
      previousEventId: draft.previousEventId,
      timestamp: new Date(this.#options.clock.now()).toISOString(),
      type: draft.type,
      ...draft.details,
    };
    const logged = { key, event, ...(memo === undefined ? {} : { memo }) };
    this.#options.log.appendEvent(logged);
    this.#remember(logged);
    this.#options.onEvent?.(event);
    return event.id;
  }

  /** Decides once: what `make` returned the first time is returned ever after, also after a crash. */
  async decide<T extends Json>(key: string, make: () => T | Promise<T>): Promise<T> {
    const known = this.#decisions.get(key);
    if (known !== undefined) return known as T;
    await this.caughtUp();
    const value = await make();
    this.#options.log.putDecision(key, value);
    this.#decisions.set(key, value);
    return value;
  }

  /** Resolves when nothing is left of an earlier run that some branch still has to pass. */
  async caughtUp(): Promise<void> {
    if (!this.#replaying) return;
    this.#idle ??= this.#options.turns.idle();
    await this.#options.turns.away(this.#idle);
    this.#replaying = false;
  }

  /**
   * To be awaited before a branch records something that others may forbid: when the key is new it first catches up,
   * and throws Aborted if the branch was stopped meanwhile.
   */
  async mayRecord(key: string, signal: AbortSignal): Promise<void> {
    if (this.#events.has(key) || this.#decisions.has(key)) return;
    await this.caughtUp();
    stopIfAborted(signal);
  }

  #remember(logged: LoggedEvent): void {
    this.#events.set(logged.key, logged);
    this.#order.push(logged.event);
  }
}
