// What does a program want? Runs it against an engine of our own and writes down every resource it asks for.
import { Server, ServerCredentials } from '@grpc/grpc-js';
import resourceStubs from '@pulumi/pulumi/proto/resource_grpc_pb.js';
import { PlanFailed } from '../plan-failed.ts';
import { failureText } from './failure-text.ts';
import { runLanguageHost, type HostOptions } from './language-host.ts';
import { Monitor } from './monitor.ts';
import { readLog } from './program-log.ts';
import type { ProviderModel } from './provider.ts';
import type { LogEntry, Registration } from './registration.ts';
import { StackState } from './stack-state.ts';
import type { WireObject } from './wire.ts';

export interface RunOptions extends Omit<HostOptions, 'address' | 'signal'> {
  readonly provider: ProviderModel;
}

export interface ProgramRun {
  /** In the order of registration: parents before their children, the stack first. */
  readonly registrations: readonly Registration[];
  readonly outputs: WireObject;
  /** Warnings and remarks of the program. */
  readonly log: readonly LogEntry[];
}

/**
 * Runs the program once, with no network but loopback and no account.
 * @throws PlanFailed when the program throws, hangs, or asks for what the model does not know.
 */
export async function runProgram(options: RunOptions): Promise<ProgramRun> {
  const state = new StackState(options);
  const stop = new AbortController();
  const failures: Error[] = [];
  const onFailure = (error: Error): void => {
    failures.push(error);
    // Pulumi's engine ends the program at the first failure, too.
    stop.abort();
  };
  const monitor = new Monitor({ ...options, state, onFailure });
  const server = new Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 });
  server.addService(resourceStubs.ResourceMonitorService, monitor.handlers);
  try {
    const address = `127.0.0.1:${String(await listen(server))}`;
    const end = await runLanguageHost({ ...options, address, signal: stop.signal });
    const [failure] = failures;
    if (failure)
      throw failure instanceof PlanFailed ? failure : new PlanFailed(failure.message, { cause: failure });
    const log = readLog(end.printed);
    if (end.exitCode !== 0) throw new PlanFailed(failureText(options.folder, log, end.printed));
    if (state.outputs === undefined) throw new PlanFailed('the program ended before it was done');
    return { registrations: state.registrations, outputs: state.outputs, log };
  } finally {
    monitor.close();
    server.forceShutdown();
  }
}

const listen = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(error);
      else resolve(port);
    });
  });
