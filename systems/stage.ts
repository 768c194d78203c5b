// What is one step of a pipeline? A handler, the room it needs, and the few things it may touch.

/** Permission as data: IAM statements, local permissions and the tests of both are made from it. */
export type Grant =
  | {
      /** `objects:delete` is for every version, and for finding them. */
      readonly action: 'objects:read' | 'objects:write' | 'objects:delete';
      /** Name of a bucket of the system's stores. */
      readonly on: string;
      /** Keys that start with this; `''` is the whole bucket. */
      readonly prefix: string;
    }
  | {
      /** Sign a form or an address that lets a browser do this with one object: it can do no more than who signed it. */
      readonly action: `links:${'upload' | 'download'}`;
      readonly on: string;
      readonly prefix: string;
    }
  | {
      /** `records:list` is one user's through the index, `records:scan` everybody's. */
      readonly action: `records:${'create' | 'read' | 'list' | 'scan' | 'update' | 'delete'}`;
      /** Name of a table of the system's stores. */
      readonly on: string;
    }
  | {
      /** One row of preferences per user. */
      readonly action: `preferences:${'read' | 'write' | 'delete'}`;
      readonly on: string;
    }
  | {
      /** `read` and `stop` are about its executions. */
      readonly action: `executions:${'start' | 'read' | 'stop'}`;
      /** Name of a state machine of the system. */
      readonly on: string;
    }
  | {
      /** Take messages off a queue; whoever a queue calls needs it. */
      readonly action: 'messages:receive';
      /** Name of a queue of the system. */
      readonly on: string;
    }
  | { readonly action: 'speech:transcribe' | 'speech:read' | 'speech:delete' }
  | { readonly action: 'pictures:label' }
  | { readonly action: 'model:invoke' }
  /** Check tokens of the system's users; needs no right, only to know who issues them. */
  | { readonly action: 'identity:verify' }
  | { readonly action: 'accounts:delete' }
  /** Seal and open texts with the customer key. */
  | { readonly action: 'texts:seal' };
export type GrantAction = Grant['action'];

/** What is said once about a step and read by Lambda, by the local runner and by the tests. */
export interface StageSettings {
  /** Kebab-case, unique in the system: `probe-recording`. */
  readonly name: string;
  /** Path from the root of the repository: `handlers/interview/probe-recording.ts`. */
  readonly handler: string;
  /** `media` carries FFmpeg and the vision models; `plain` is Node alone. */
  readonly image: 'media' | 'plain';
  readonly memoryMiB: number;
  /** When Lambda kills the function; at most 900. */
  readonly timeoutSeconds: number;
  /** Size of `/tmp`; 512 to 10,240. */
  readonly ephemeralStorageMiB: number;
  /**
   * Most copies that run at once, reserved out of the account's limit; `null` takes from what is left. A step that is
   * expensive gets a limit so that a flood of uploads cannot spend the account's concurrency and the owner's money.
   */
  readonly reservedConcurrency: number | null;
  readonly grants: readonly Grant[];
}

/** A step with the JSON it takes and the JSON it returns; the types exist for the compiler only. */
export interface Stage<Input = never, Output = unknown> extends StageSettings {
  readonly run?: (input: Input) => Output;
}

/** Gives a step its input and output types; the settings are returned as they are. */
export const defineStage =
  <Input, Output>() =>
  (settings: StageSettings): Stage<Input, Output> =>
    settings;
