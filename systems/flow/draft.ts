// What may an author write? The states of asl.ts, loose enough that the checks can say what is wrong in a sentence.
import type {
  ChoiceState,
  FailState,
  MapState,
  ParallelState,
  PassState,
  SucceedState,
  TaskState,
  WaitState,
} from '../asl.ts';
import type { Stage } from '../stage.ts';

type KeyOf<State> = State extends unknown ? keyof State : never;
type ValueOf<State, Key> = State extends unknown
  ? Key extends keyof State
    ? Exclude<State[Key], undefined>
    : never
  : never;

/** The fields that a state of asl.ts has on any of its shapes, all optional; the forbidden ones left out. */
type Fields<State, Except extends string> = {
  readonly [
    Key in Exclude<KeyOf<State>, Except> as [ValueOf<State, Key>] extends [never] ? never : Key
  ]?: ValueOf<State, Key>;
};

type Task = { readonly Type: 'Task'; readonly Stage?: Stage } & Fields<TaskState, 'Type'>;
type Pass = { readonly Type: 'Pass' } & Fields<PassState, 'Type'>;
type Wait = { readonly Type: 'Wait' } & Fields<WaitState, 'Type'>;
type Choice = Pick<ChoiceState, 'Type' | 'Choices'> & Fields<ChoiceState, 'Type' | 'Choices'>;
type Succeed = { readonly Type: 'Succeed' } & Fields<SucceedState, 'Type'>;
type Fail = { readonly Type: 'Fail' } & Fields<FailState, 'Type'>;
type Parallel = { readonly Type: 'Parallel'; readonly Branches: readonly DraftScope[] } & Fields<
  ParallelState,
  'Type' | 'Branches'
>;
interface Processor extends DraftScope {
  readonly ProcessorConfig?: MapState['ItemProcessor']['ProcessorConfig'];
}
type Map = { readonly Type: 'Map'; readonly ItemProcessor: Processor } & Fields<
  MapState,
  'Type' | 'ItemProcessor'
>;

export type DraftState = Task | Pass | Wait | Choice | Succeed | Fail | Parallel | Map;

/** The fields a state of this type has; any other field is an error, the JSONPath ones among them. */
export type FieldOfType<Type extends string> = KeyOf<Extract<DraftState, { Type: Type }>>;

/** The body of `task(stage, …)`. */
export type StageTaskBody = Omit<Task, 'Type' | 'Stage' | 'Resource'>;

export interface DraftScope {
  readonly StartAt: string;
  readonly States: { readonly [name: string]: DraftState };
}

export interface DraftMachine extends DraftScope {
  readonly Comment?: string;
  /** The whole execution; every timeout inside must be shorter. */
  readonly TimeoutSeconds: number;
}

/** One scope as the checks see it: the machine itself, a branch of a Parallel, or a Map's processor. */
export interface Graph {
  readonly scope: DraftScope;
  /** Input of the whole execution. */
  readonly input: unknown;
  /** The graph around this one and the state in it that holds this one; `null` for the machine. */
  readonly up: { readonly graph: Graph; readonly at: string } | null;
}
