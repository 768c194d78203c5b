// What is one step of a pipeline? A handler, the room it needs, and the few things it may touch.

/** Permission as data: IAM statements, local permissions and the tests of both are made from it. */
export type Grant =
  | {
      readonly action: 'objects:read' | 'objects:write' | 'objects:delete';
      /** Name of a bucket of the system's stores. */
      readonly on: string;
      /** Keys that start with this; `''` is the whole bucket. */
      readonly prefix: string;
    }
  | {
      readonly action: 'records:read' | 'records:write';
      /** Name of a table of the system's stores. */
      readonly on: string;
    }
  | {
      readonly action: 'executions:start';
      /** Name of a state machine of the system. */
      readonly on: string;
    }
  | { readonly action: 'speech:transcribe' }
  | { readonly action: 'model:invoke' };

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
