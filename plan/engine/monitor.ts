// How does the engine answer a program that makes resources? The ResourceMonitor service of Pulumi's protocol.
import { status, type handleUnaryCall, type UntypedServiceImplementation } from '@grpc/grpc-js';
import type { Callback } from '@pulumi/pulumi/proto/callback_pb.js';
import resourceMessages, {
  type ReadResourceRequest,
  type RegisterResourceOutputsRequest,
  type RegisterResourceRequest,
  type ResourceCallRequest,
  type ResourceInvokeRequest,
} from '@pulumi/pulumi/proto/resource_pb.js';
import { PlanFailed } from '../plan-failed.ts';
import { Callbacks } from './callbacks.ts';
import { emptyMessage, type Empty } from './empty.ts';
import type { ProviderModel } from './provider.ts';
import { readWish } from './requests.ts';
import type { StackState } from './stack-state.ts';
import { makeUrn, nameOf, stackType, typeOf, type Scope } from './urn.ts';
import { fromStruct, isWireObject, toPlain, toStruct, type WireObject } from './wire.ts';

const { ResourceMonitorFeature: Feature } = resourceMessages;

/** What this engine really does; a program that asks for more hears so from Pulumi's own library. */
const features = [
  Feature.RESOURCE_MONITOR_FEATURE_SECRETS,
  Feature.RESOURCE_MONITOR_FEATURE_RESOURCE_REFERENCES,
  Feature.RESOURCE_MONITOR_FEATURE_OUTPUT_VALUES,
  Feature.RESOURCE_MONITOR_FEATURE_ALIAS_SPECS,
  Feature.RESOURCE_MONITOR_FEATURE_TRANSFORMS,
];

export interface MonitorOptions extends Scope {
  readonly state: StackState;
  readonly provider: ProviderModel;
  /** Told once, when a request could not be served: the program cannot go on. */
  readonly onFailure: (error: Error) => void;
}

type Answer<Request, Response> = (request: Request) => Response | Promise<Response>;

/** Serves one program. */
export class Monitor {
  readonly #options: MonitorOptions;
  readonly #callbacks = new Callbacks();
  readonly #stackTransforms: Callback[] = [];

  constructor(options: MonitorOptions) {
    this.#options = options;
  }

  close(): void {
    this.#callbacks.close();
  }

  get handlers(): UntypedServiceImplementation {
    return {
      getDeploymentInfo: this.#unary(() => {
        const info = new resourceMessages.DeploymentInfo();
        info.setProject(this.#options.project);
        info.setStack(this.#options.stack);
        info.setSupportedfeaturesList([...features]);
        return info;
      }),
      registerResource: this.#unary((request: RegisterResourceRequest) => this.#register(request)),
      registerResourceOutputs: this.#unary((request: RegisterResourceOutputsRequest): Empty => {
        this.#options.state.setOutputs(request.getUrn(), fromStruct(request.getOutputs()));
        return emptyMessage();
      }),
      registerStackTransform: this.#unary((callback: Callback): Empty => {
        this.#stackTransforms.push(callback);
        return emptyMessage();
      }),
      readResource: this.#unary((request: ReadResourceRequest) => this.#read(request)),
      invoke: this.#unary((request: ResourceInvokeRequest) => this.#invoke(request)),
      call: this.#unary((request: ResourceCallRequest): never => {
        throw new PlanFailed(`the offline plan cannot call the method ${request.getTok()} of a resource`);
      }),
      signalAndWaitForShutdown: this.#unary(() => emptyMessage()),
    };
  }

  async #register(
    request: RegisterResourceRequest,
  ): Promise<InstanceType<typeof resourceMessages.RegisterResourceResponse>> {
    if (request.getType() !== stackType)
      for (const transform of [...request.getTransformsList(), ...this.#stackTransforms])
        await this.#callbacks.transform(transform, request);
    const { registration, outputs } = this.#options.state.register(readWish(request));
    const response = new resourceMessages.RegisterResourceResponse();
    response.setUrn(registration.urn);
    response.setId(registration.id);
    response.setObject(toStruct(outputs));
    return response;
  }

  #read(request: ReadResourceRequest): InstanceType<typeof resourceMessages.ReadResourceResponse> {
    const type = request.getType();
    const name = request.getName();
    const urn = makeUrn(this.#options, request.getParent(), type, name);
    const inputs = fromStruct(request.getProperties());
    const outputs = this.#options.provider.read({ urn, type, name }, request.getId(), inputs);
    const response = new resourceMessages.ReadResourceResponse();
    response.setUrn(urn);
    response.setProperties(toStruct({ ...inputs, ...outputs }));
    return response;
  }

  #invoke(request: ResourceInvokeRequest): InstanceType<typeof resourceMessages.ResourceInvokeResponse> {
    const args = toPlain(fromStruct(request.getArgs()));
    const known = isWireObject(args) ? args : {};
    const result =
      request.getTok() === 'pulumi:pulumi:getResource'
        ? this.#find(known)
        : this.#options.provider.invoke(request.getTok(), known);
    const response = new resourceMessages.ResourceInvokeResponse();
    response.setReturn(toStruct(result));
    return response;
  }

  /** A reference that came back to the program is filled with what the engine knows of the resource. */
  #find(args: WireObject): WireObject {
    const urn = typeof args['urn'] === 'string' ? args['urn'] : '';
    const found = this.#options.state.find(urn);
    if (!found) throw new PlanFailed(`${typeOf(urn)} ${nameOf(urn)} is referred to but not registered`);
    const { id } = found.registration;
    return { urn, id, state: found.outputs };
  }

  #unary<Request, Response>(answer: Answer<Request, Response>): handleUnaryCall<Request, Response> {
    return ({ request }, respond) => {
      void (async () => {
        try {
          respond(null, await answer(request));
        } catch (error) {
          const failure = error instanceof Error ? error : new Error(String(error));
          this.#options.onFailure(failure);
          respond({ code: status.UNKNOWN, details: failure.message });
        }
      })();
    };
  }
}
