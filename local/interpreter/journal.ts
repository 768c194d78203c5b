// Where are executions kept so that a killed process can take them up again?

import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import type { ExecutionSummary } from '../../domain/reconciliation.ts';
import type { Json } from '../../systems/asl.ts';
import type { Ending, ExecutionLog, LoggedEvent } from './execution-log.ts';
import type { HistoryEvent } from './history.ts';

/** An execution as it was started; definition and input are JSON texts. */
export interface StartedExecution {
  readonly name: string;
  readonly stateMachineName: string;
  readonly definition: string;
  readonly input: string;
  readonly startedAtMs: number;
}

const schema = `
  CREATE TABLE IF NOT EXISTS executions (
    name TEXT PRIMARY KEY, parent TEXT, state_machine TEXT NOT NULL, definition TEXT NOT NULL, input TEXT NOT NULL,
    started_at_ms REAL NOT NULL, ending TEXT
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS events (
    execution TEXT NOT NULL, id INTEGER NOT NULL, key TEXT NOT NULL, event TEXT NOT NULL, memo TEXT,
    PRIMARY KEY (execution, id), UNIQUE (execution, key)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS decisions (
    execution TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (execution, key)
  ) WITHOUT ROWID;
`;

/**
 * Executions in one SQLite file. Every event and decision is committed before the execution goes on, in write-ahead
 * mode: it survives a killed process (SIGKILL), not necessarily a power cut. One process runs an execution at a time.
 */
export class Journal {
  readonly #database: DatabaseSync;
  readonly #statements: ReturnType<typeof prepare>;

  /** Opens or creates the file; `:memory:` for one that does not last. */
  constructor(path: string) {
    this.#database = new DatabaseSync(path);
    this.#database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000');
    // What is forgotten leaves no trace in the file's free pages.
    this.#database.exec('PRAGMA secure_delete = ON');
    this.#database.exec(schema);
    this.#statements = prepare(this.#database);
  }

  /** The memory of the execution of that name, made when there is none; and what it was started with. */
  open(started: StartedExecution): {
    readonly log: ExecutionLog;
    readonly definition: string;
    readonly input: string;
  } {
    return this.#open(started, null);
  }

  /** The executions that have not ended, oldest first: start each again under its name to resume it. */
  unfinished(): readonly StartedExecution[] {
    return this.#statements.unfinished.all().map((row) => ({
      name: String(row['name']),
      stateMachineName: String(row['state_machine']),
      definition: String(row['definition']),
      input: String(row['input']),
      startedAtMs: Number(row['started_at_ms']),
    }));
  }

  /** The newest executions first, children left out. */
  executions(limit: number): readonly ExecutionSummary[] {
    return this.#statements.newest.all(limit).map((row) => this.#summary(row));
  }

  /** How the execution of that name stands; `null` when there is none. */
  execution(name: string): ExecutionSummary | null {
    return this.find(name)?.summary ?? null;
  }

  /** The same with the definition that it runs by, a JSON text. */
  find(name: string): { readonly summary: ExecutionSummary; readonly definition: string } | null {
    const row = this.#statements.find.get(name);
    return row === undefined ? null : { summary: this.#summary(row), definition: String(row['definition']) };
  }

  /** Inputs of the executions that have ended, by name. */
  ended(): readonly { readonly name: string; readonly input: string }[] {
    return this.#statements.ended
      .all()
      .map((row) => ({ name: String(row['name']), input: String(row['input']) }));
  }

  /** Removes an execution with its children and everything that is known of them. */
  forget(name: string): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      for (const statement of this.#statements.forget) statement.run(name);
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  /** The recorded events of an execution, also of a child (`machine/Label:id-0`); empty when it is unknown. */
  history(name: string): readonly HistoryEvent[] {
    return this.#events(name).map(({ event }) => event);
  }

  close(): void {
    this.#database.close();
  }

  #open(started: StartedExecution, parent: string | null) {
    const { name } = started;
    this.#statements.start.run(
      name,
      parent,
      started.stateMachineName,
      started.definition,
      started.input,
      started.startedAtMs,
    );
    const row = this.#statements.find.get(name) ?? {};
    const log: ExecutionLog = {
      startedAtMs: Number(row['started_at_ms']),
      outcome: row['ending'] === null ? undefined : (JSON.parse(String(row['ending'])) as Ending),
      events: this.#events(name),
      decisions: this.#decisions(name),
      appendEvent: ({ key, event, memo }) => {
        const memoText = memo === undefined ? null : JSON.stringify(memo);
        this.#statements.addEvent.run(name, event.id, key, JSON.stringify(event), memoText);
      },
      putDecision: (key, value) => void this.#statements.addDecision.run(name, key, JSON.stringify(value)),
      end: (ending) => void this.#statements.end.run(JSON.stringify(ending), name),
      child: (childName, input, startedAtMs) =>
        this.#open({ ...started, name: childName, input: JSON.stringify(input), startedAtMs }, name).log,
    };
    return { log, definition: String(row['definition']), input: String(row['input']) };
  }

  #summary(row: { readonly [column: string]: SQLOutputValue }): ExecutionSummary {
    const name = String(row['name']);
    const ending = row['ending'] === null ? null : (JSON.parse(String(row['ending'])) as Ending);
    return {
      name,
      status: ending?.status ?? 'RUNNING',
      startedAt: new Date(Number(row['started_at_ms'])).toISOString(),
      stoppedAt: ending && (this.history(name).at(-1)?.timestamp ?? null),
      error: ending?.error ?? null,
      cause: ending?.cause ?? null,
    };
  }

  #events(name: string): readonly LoggedEvent[] {
    return this.#statements.events.all(name).map((row) => {
      const key = String(row['key']);
      const event = JSON.parse(String(row['event'])) as HistoryEvent;
      return row['memo'] === null
        ? { key, event }
        : { key, event, memo: JSON.parse(String(row['memo'])) as Json };
    });
  }

  #decisions(name: string): ReadonlyMap<string, Json> {
    const rows = this.#statements.decisions.all(name);
    return new Map(rows.map((row) => [String(row['key']), JSON.parse(String(row['value'])) as Json]));
  }
}

function prepare(database: DatabaseSync) {
  return {
    start: database.prepare(
      'INSERT INTO executions (name, parent, state_machine, definition, input, started_at_ms) ' +
        'VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    ),
    find: database.prepare('SELECT * FROM executions WHERE name = ?'),
    unfinished: database.prepare(
      'SELECT * FROM executions WHERE ending IS NULL AND parent IS NULL ORDER BY started_at_ms, name',
    ),
    ended: database.prepare('SELECT name, input FROM executions WHERE ending IS NOT NULL AND parent IS NULL'),
    forget: ['events', 'decisions', 'executions'].map((table) => {
      const column = table === 'executions' ? 'name' : 'execution';
      return database.prepare(
        `DELETE FROM ${table} WHERE ${column} IN (
          WITH RECURSIVE family (name) AS (
            SELECT name FROM executions WHERE name = ?
            UNION SELECT executions.name FROM executions JOIN family ON executions.parent = family.name
          ) SELECT name FROM family)`,
      );
    }),
    newest: database.prepare(
      'SELECT * FROM executions WHERE parent IS NULL ORDER BY started_at_ms DESC, name LIMIT ?',
    ),
    events: database.prepare('SELECT key, event, memo FROM events WHERE execution = ? ORDER BY id'),
    decisions: database.prepare('SELECT key, value FROM decisions WHERE execution = ?'),
    addEvent: database.prepare('INSERT INTO events (execution, id, key, event, memo) VALUES (?, ?, ?, ?, ?)'),
    addDecision: database.prepare('INSERT INTO decisions (execution, key, value) VALUES (?, ?, ?)'),
    end: database.prepare('UPDATE executions SET ending = ? WHERE name = ?'),
  };
}
