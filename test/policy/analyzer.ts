// What does the policy pack answer to Pulumi's engine? The pack is started as the engine does it, and asked over gRPC.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { credentials, type ServiceError } from '@grpc/grpc-js';
import analyzerService from '@pulumi/pulumi/proto/analyzer_grpc_pb.js';
import analyzerMessages from '@pulumi/pulumi/proto/analyzer_pb.js';
import type { AnalyzeDiagnostic } from '@pulumi/pulumi/proto/analyzer_pb.js';
import { emptyMessage } from '../../plan/engine/empty.ts';
import { toStruct, type WireObject } from '../../plan/engine/wire.ts';
import type { Resource, StackGraph } from '../../policy/resource.ts';

const packFolder = join(import.meta.dirname, '../../policy');

export interface Violation {
  readonly policy: string;
  readonly urn: string;
  /** 1 is mandatory (`EnforcementLevel` of pulumi.proto). */
  readonly level: number;
}

interface Fillable {
  setType(type: string): void;
  setUrn(urn: string): void;
  setName(name: string): void;
  setProperties(properties: ReturnType<typeof toStruct>): void;
  setOptions(options: InstanceType<typeof analyzerMessages.AnalyzerResourceOptions>): void;
}

function fill<Message extends Fillable>(message: Message, resource: Resource): Message {
  message.setType(resource.type);
  message.setUrn(resource.urn);
  message.setName(resource.name);
  message.setProperties(toStruct(resource.inputs as WireObject));
  const options = new analyzerMessages.AnalyzerResourceOptions();
  options.setProtect(resource.protect);
  message.setOptions(options);
  return message;
}

const violation = (diagnostic: AnalyzeDiagnostic): Violation => ({
  policy: diagnostic.getPolicyname(),
  urn: diagnostic.getUrn(),
  level: diagnostic.getEnforcementlevel(),
});

const answerTo = <Answer>(
  ask: (callback: (error: ServiceError | null, answer: Answer) => void) => unknown,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    ask((error, answer) => (error ? reject(error) : resolve(answer)));
  });

/** A running pack; `close` ends its process. */
export class Analyzer {
  readonly #child: ChildProcessByStdio<null, Readable, null>;
  readonly #client: InstanceType<typeof analyzerService.AnalyzerClient>;

  private constructor(child: ChildProcessByStdio<null, Readable, null>, port: string) {
    this.#child = child;
    this.#client = new analyzerService.AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure(), {
      'grpc.max_receive_message_length': -1,
      'grpc.max_send_message_length': -1,
    });
  }

  /** The engine gives its own address first; a pack never calls it. The pack prints its port when it serves. */
  static async start(): Promise<Analyzer> {
    const host = createRequire(import.meta.url).resolve('@pulumi/pulumi/cmd/run-policy-pack/index.js');
    const child = spawn(process.execPath, [host, '127.0.0.1:1', '.'], {
      cwd: packFolder,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [port] = (await Promise.race([
      once(createInterface(child.stdout), 'line'),
      once(child, 'exit').then(([code]) => Promise.reject(new Error(`the pack ended with ${String(code)}`))),
    ])) as [string];
    return new Analyzer(child, port);
  }

  /** Names of the policies. */
  async policies(): Promise<readonly string[]> {
    const info = await answerTo<InstanceType<typeof analyzerMessages.AnalyzerInfo>>((callback) =>
      this.#client.getAnalyzerInfo(emptyMessage(), callback),
    );
    return info.getPoliciesList().map((policy) => policy.getName());
  }

  /** Asks about each resource before it is made, and about all of them in the end. */
  async analyze({ resources }: StackGraph): Promise<readonly Violation[]> {
    const found: Violation[] = [];
    for (const resource of resources) {
      const request = fill(new analyzerMessages.AnalyzeRequest(), resource);
      const answer = await answerTo<InstanceType<typeof analyzerMessages.AnalyzeResponse>>((callback) =>
        this.#client.analyze(request, callback),
      );
      found.push(...answer.getDiagnosticsList().map(violation));
    }
    const request = new analyzerMessages.AnalyzeStackRequest();
    request.setResourcesList(
      resources.map((resource) => {
        const message = fill(new analyzerMessages.AnalyzerResource(), resource);
        message.setParent(resource.parent);
        message.setDependenciesList([...resource.dependencies]);
        return message;
      }),
    );
    const answer = await answerTo<InstanceType<typeof analyzerMessages.AnalyzeResponse>>((callback) =>
      this.#client.analyzeStack(request, callback),
    );
    return [...found, ...answer.getDiagnosticsList().map(violation)];
  }

  close(): void {
    this.#client.close();
    this.#child.kill();
  }
}
