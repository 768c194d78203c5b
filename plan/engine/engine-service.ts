// How does the engine take a program's log? The Engine service of Pulumi's protocol.
import type { sendUnaryData, ServerUnaryCall, UntypedServiceImplementation } from '@grpc/grpc-js';
import engineMessages, { type LogRequest } from '@pulumi/pulumi/proto/engine_pb.js';
import { emptyMessage } from './empty.ts';
import type { LogEntry } from './registration.ts';

const severities: readonly LogEntry['severity'][] = ['debug', 'info', 'warning', 'error'];

const answer =
  <Request, Response>(reply: (request: Request) => Response) =>
  ({ request }: ServerUnaryCall<Request, Response>, respond: sendUnaryData<Response>): void => {
    respond(null, reply(request));
  };

/** Keeps every entry but debugging ones in `log`. */
export const engineHandlers = (log: LogEntry[]): UntypedServiceImplementation => ({
  log: answer((request: LogRequest) => {
    const severity = severities[request.getSeverity()] ?? 'info';
    if (severity !== 'debug') log.push({ severity, message: request.getMessage() });
    return emptyMessage();
  }),
  getRootResource: answer(() => new engineMessages.GetRootResourceResponse()),
  setRootResource: answer(() => new engineMessages.SetRootResourceResponse()),
  startDebugging: answer(emptyMessage),
  requirePulumiVersion: answer(() => new engineMessages.RequirePulumiVersionResponse()),
});
