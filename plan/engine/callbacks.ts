// How does the engine call back into the program for its transforms?
import { credentials } from '@grpc/grpc-js';
import callbackStubs from '@pulumi/pulumi/proto/callback_grpc_pb.js';
import callbackMessages, { type Callback } from '@pulumi/pulumi/proto/callback_pb.js';
import resourceMessages, { type RegisterResourceRequest } from '@pulumi/pulumi/proto/resource_pb.js';

/** Connections to the program's callback server, one for each address. */
export class Callbacks {
  readonly #clients = new Map<string, InstanceType<typeof callbackStubs.CallbacksClient>>();

  /** Changes the request as the transform wants it. */
  async transform(callback: Callback, request: RegisterResourceRequest): Promise<void> {
    const answer = resourceMessages.TransformResponse.deserializeBinary(
      await this.#call(callback, transformRequest(request).serializeBinary()),
    );
    request.setObject(answer.getProperties());
    const options = answer.getOptions();
    if (!options) return;
    request.setDependenciesList(options.getDependsOnList());
    request.setAliasesList(options.getAliasesList());
    request.setIgnorechangesList(options.getIgnoreChangesList());
    request.setReplaceonchangesList(options.getReplaceOnChangesList());
    const protect = options.getProtect();
    if (options.hasProtect() && protect !== undefined) request.setProtect(protect);
    const retain = options.getRetainOnDelete();
    if (options.hasRetainOnDelete() && retain !== undefined) request.setRetainondelete(retain);
    if (options.hasDeleteBeforeReplace()) {
      request.setDeletebeforereplace(options.getDeleteBeforeReplace() ?? false);
      request.setDeletebeforereplacedefined(true);
    }
  }

  close(): void {
    for (const client of this.#clients.values()) client.close();
  }

  #call(callback: Callback, request: Uint8Array): Promise<Uint8Array> {
    const message = new callbackMessages.CallbackInvokeRequest();
    message.setToken(callback.getToken());
    message.setRequest(request);
    return new Promise((resolve, reject) => {
      this.#client(callback.getTarget()).invoke(message, (error, response) => {
        if (error) reject(new Error(error.details));
        else resolve(response.getResponse_asU8());
      });
    });
  }

  #client(address: string): InstanceType<typeof callbackStubs.CallbacksClient> {
    const known = this.#clients.get(address);
    if (known) return known;
    const client = new callbackStubs.CallbacksClient(address, credentials.createInsecure());
    this.#clients.set(address, client);
    return client;
  }
}

function transformRequest(
  request: RegisterResourceRequest,
): InstanceType<typeof resourceMessages.TransformRequest> {
  const options = new resourceMessages.TransformResourceOptions();
  options.setDependsOnList(request.getDependenciesList());
  options.setAliasesList(request.getAliasesList());
  options.setIgnoreChangesList(request.getIgnorechangesList());
  options.setReplaceOnChangesList(request.getReplaceonchangesList());
  options.setProvider(request.getProvider());
  const protect = request.getProtect();
  if (request.hasProtect() && protect !== undefined) options.setProtect(protect);
  const retain = request.getRetainondelete();
  if (request.hasRetainondelete() && retain !== undefined) options.setRetainOnDelete(retain);
  if (request.getDeletebeforereplacedefined())
    options.setDeleteBeforeReplace(request.getDeletebeforereplace());
  const message = new resourceMessages.TransformRequest();
  message.setType(request.getType());
  message.setName(request.getName());
  message.setCustom(request.getCustom());
  message.setParent(request.getParent());
  message.setProperties(request.getObject());
  message.setOptions(options);
  return message;
}
