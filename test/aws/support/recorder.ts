// Which calls of AWS does a stage make? Noted inside the SDK's clients, with the parameters that name resources.
import type { Clients } from './services.ts';
import { makeClients } from './services.ts';

export interface RecordedCall {
  /** The stage that made the call. */
  readonly stage: string;
  /** Of the SDK: `GetObjectCommand`. */
  readonly command: string;
  readonly input: Readonly<{ [parameter: string]: unknown }>;
}

/** What the clients of all services have in common here. */
interface Recordable {
  readonly middlewareStack: {
    add(
      middleware: <Args extends { readonly input: object }, Output>(
        next: (args: Args) => Promise<Output>,
        context: { readonly commandName?: string },
      ) => (args: Args) => Promise<Output>,
      options: { readonly step: 'initialize'; readonly name: string; readonly priority: 'low' },
    ): void;
  };
}

/** Notes every call of a client from now on, also one that fails; a repeated attempt is the same call. */
export function record(client: unknown, stage: string, calls: RecordedCall[]): void {
  (client as Recordable).middlewareStack.add(
    (next, { commandName = 'unknown' }) =>
      (args) => {
        calls.push({ stage, command: commandName, input: args.input as RecordedCall['input'] });
        return next(args);
      },
    { step: 'initialize', name: 'recorder', priority: 'low' },
  );
}

/** Clients whose every call is noted as one of this stage. */
export function recordingClients(stage: string, calls: RecordedCall[]): Clients {
  const clients = makeClients();
  for (const client of Object.values(clients)) record(client, stage, calls);
  return clients;
}
