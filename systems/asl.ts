// What does a Step Functions definition look like? Amazon States Language as types, JSONata only.

/** A JSONata expression as Step Functions writes it: `{% $states.input.key %}`. */
export type Expression = `{%${string}%}`;
/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
/** A JSON value in which any string may be an expression. */
export type Template = Json;

/** One row of a Retry table: defaults 1 s, 3 attempts, rate 2, no cap, no jitter. */
export interface Retrier<Name extends string = string> {
  readonly ErrorEquals: readonly Name[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: 'FULL' | 'NONE';
}

/** One row of a Catch table; `$states.errorOutput` is `{Error, Cause}` in Output and Assign. */
export interface Catcher<Target extends string = string, Name extends string = string> {
  readonly ErrorEquals: readonly Name[];
  readonly Next: Target;
  readonly Output?: Template;
  readonly Assign?: { readonly [variable: string]: Template };
}

/** The JSONPath fields, named so that a definition which uses one does not compile. */
interface NoJsonPath {
  readonly InputPath?: never;
  readonly OutputPath?: never;
  readonly Parameters?: never;
  readonly ResultPath?: never;
  readonly ResultSelector?: never;
  readonly ItemsPath?: never;
  readonly SecondsPath?: never;
  readonly TimestampPath?: never;
}

interface Common extends NoJsonPath {
  readonly Comment?: string;
  readonly Output?: Template;
  readonly Assign?: { readonly [variable: string]: Template };
}

/** Either a next state or the end, never both and never neither. */
type Transition<Target extends string> =
  { readonly Next: Target; readonly End?: never } | { readonly End: true; readonly Next?: never };

interface Faults<Target extends string> {
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher<Target>[];
}

export type TaskState<Target extends string = string> = Common &
  Faults<Target> &
  Transition<Target> & {
    readonly Type: 'Task';
    readonly Resource: string;
    readonly Arguments?: Template;
    readonly TimeoutSeconds?: number | Expression;
    readonly HeartbeatSeconds?: number | Expression;
    readonly Credentials?: { readonly RoleArn: string };
  };
export type PassState<Target extends string = string> = Common &
  Transition<Target> & { readonly Type: 'Pass' };
export type WaitState<Target extends string = string> = Common &
  Transition<Target> & { readonly Type: 'Wait' } & (
    | { readonly Seconds: number | Expression; readonly Timestamp?: never }
    | { readonly Timestamp: string; readonly Seconds?: never }
  );
export interface ChoiceRule<Target extends string = string> extends Common {
  readonly Condition: Expression | boolean;
  readonly Next: Target;
}
export type ChoiceState<Target extends string = string> = Common & {
  readonly Type: 'Choice';
  readonly Choices: readonly ChoiceRule<Target>[];
  readonly Default?: Target;
  readonly Next?: never;
  readonly End?: never;
};
export type SucceedState = Common & { readonly Type: 'Succeed'; readonly Next?: never; readonly End?: never };
export type FailState = {
  readonly Type: 'Fail';
  readonly Comment?: string;
  readonly Error?: string;
  readonly Cause?: string;
  readonly Next?: never;
  readonly End?: never;
};
export type ParallelState<Target extends string = string> = Common &
  Faults<Target> &
  Transition<Target> & {
    readonly Type: 'Parallel';
    readonly Arguments?: Template;
    readonly Branches: readonly Scope[];
  };

export interface ItemReader {
  readonly Resource: 'arn:aws:states:::s3:getObject' | 'arn:aws:states:::s3:listObjectsV2';
  readonly ReaderConfig?: {
    readonly InputType?: 'CSV' | 'JSON' | 'JSONL' | 'MANIFEST';
    readonly MaxItems?: number | Expression;
    readonly CSVHeaderLocation?: 'FIRST_ROW' | 'GIVEN';
    readonly CSVHeaders?: readonly string[];
    readonly CSVDelimiter?: string;
  };
  readonly Arguments: Template;
}
export type MapState<Target extends string = string> = Common &
  Faults<Target> &
  Transition<Target> & {
    readonly Type: 'Map';
    readonly Items?: Expression | readonly Json[];
    readonly ItemReader?: ItemReader;
    readonly ItemSelector?: Template;
    readonly ItemBatcher?: {
      readonly MaxItemsPerBatch?: number | Expression;
      readonly MaxInputBytesPerBatch?: number | Expression;
      readonly BatchInput?: Template;
    };
    readonly ItemProcessor: Scope & {
      readonly ProcessorConfig?:
        | { readonly Mode: 'INLINE' }
        | { readonly Mode: 'DISTRIBUTED'; readonly ExecutionType: 'STANDARD' | 'EXPRESS' };
    };
    readonly ResultWriter?: {
      readonly Resource?: 'arn:aws:states:::s3:putObject';
      readonly Arguments?: Template;
      readonly WriterConfig?: {
        readonly Transformation?: 'NONE' | 'COMPACT' | 'FLATTEN';
        readonly OutputType?: 'JSON' | 'JSONL';
      };
    };
    readonly MaxConcurrency?: number | Expression;
    readonly ToleratedFailurePercentage?: number | Expression;
    readonly ToleratedFailureCount?: number | Expression;
    readonly Label?: string;
  };

export type State<Target extends string = string> =
  | TaskState<Target>
  | PassState<Target>
  | WaitState<Target>
  | ChoiceState<Target>
  | SucceedState
  | FailState
  | ParallelState<Target>
  | MapState<Target>;

/** A start state and the states it can reach: a machine's top level, a branch, or a Map's processor. */
export interface Scope {
  readonly StartAt: string;
  readonly States: { readonly [name: string]: State };
}

/** A whole definition, ready for `JSON.stringify` and CreateStateMachine. */
export interface StateMachineDefinition extends Scope {
  readonly Comment?: string;
  readonly QueryLanguage: 'JSONata';
  readonly TimeoutSeconds?: number;
}
