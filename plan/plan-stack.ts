// What would one stack deploy? Runs the real program against a model of AWS, with no account and no network.
import { resolve } from 'node:path';
import type { Resource, StackGraph } from '../policy/resource.ts';
import { readConfiguration } from './configuration.ts';
import type { LogEntry, Registration } from './engine/registration.ts';
import { runProgram } from './engine/run-program.ts';
import { toReadable } from './engine/wire.ts';
import { isModelled } from './provider/kinds.ts';
import { makeProviderModel } from './provider/model.ts';
import { sortedValue } from './sorted-value.ts';

export interface PlanOptions {
  readonly stack: string;
  /** Folder of Pulumi.yaml; default: Greenroom's own. */
  readonly folder?: string;
  /** Settings that stand before those of the stack's file, by full key (`greenroom:imageMode`). */
  readonly overrides?: { readonly [key: string]: string };
  /** Answer like `pulumi preview` of a first deployment: what a provider would tell is unknown. Default false. */
  readonly preview?: boolean;
  /** When the program is stopped; default 60. */
  readonly timeoutSeconds?: number;
}

/** The graph, and what is needed to compare it with another one. */
export interface PlannedStack extends StackGraph {
  readonly project: string;
  /** As the program registered them: parents before children, with aliases and options. */
  readonly registrations: readonly Registration[];
  /** Kinds of which the model knows no more than that they have an id, sorted. */
  readonly unmodelled: readonly string[];
  /** Warnings and remarks of the program. */
  readonly log: readonly LogEntry[];
}

const projectFolder = resolve(import.meta.dirname, '..');

/** An app that is there already: a plan leaves its files out, and so need not wait for its build. */
const readySite = 'plan/site';

const known = new Map<string, Promise<PlannedStack>>();

/**
 * Every resource that the stack would have, sorted by URN, with secrets redacted. The answer for the same options is
 * remembered for the life of the process.
 * @throws PlanFailed when the program or its configuration is wrong, hangs, or needs what the model does not know.
 */
export function planStack(options: PlanOptions): Promise<PlannedStack> {
  const id = JSON.stringify(sortedValue(options));
  const planned = known.get(id) ?? plan(options);
  known.set(id, planned);
  return planned;
}

async function plan(options: PlanOptions): Promise<PlannedStack> {
  const folder = resolve(options.folder ?? projectFolder);
  const { project, stack, main, ...configuration } = readConfiguration(folder, options.stack);
  const wanted = { ...configuration.values, ...options.overrides };
  const siteFolder = `${project}:siteFolder`;
  const values = wanted[siteFolder] === '' ? { ...wanted, [siteFolder]: readySite } : wanted;
  const provider = makeProviderModel({
    project,
    stack,
    region: values['aws:region'] ?? 'us-east-1',
    autonaming: values['pulumi:autonaming'],
  });
  const { registrations, outputs, log } = await runProgram({
    folder,
    project,
    stack,
    main,
    provider,
    preview: options.preview ?? false,
    configuration: values,
    secretKeys: configuration.secretKeys,
    timeoutSeconds: options.timeoutSeconds ?? 60,
  });
  const show = (value: unknown): unknown => sortedValue(withoutFolder(value, folder));
  const resources = registrations
    .map((registration) => resourceOf(registration, show))
    .toSorted((a, b) => (a.urn < b.urn ? -1 : 1));
  return {
    stack,
    project,
    resources,
    outputs: show(toReadable(outputs)) as StackGraph['outputs'],
    registrations,
    unmodelled: unmodelledOf(registrations),
    log,
  };
}

const unmodelledOf = (registrations: readonly Registration[]): readonly string[] =>
  [
    ...new Set(
      registrations.filter(({ custom, type }) => custom && !isModelled(type)).map(({ type }) => type),
    ),
  ].toSorted();

const resourceOf = (registration: Registration, show: (value: unknown) => unknown): Resource => ({
  urn: registration.urn,
  type: registration.type,
  name: registration.name,
  parent: registration.parent,
  inputs: show(toReadable(registration.inputs)) as Resource['inputs'],
  protect: registration.protect,
  retainOnDelete: registration.retainOnDelete,
  dependencies: registration.dependencies,
});

/** Paths below the project are told from there: a plan does not depend on where the project lies. */
function withoutFolder(value: unknown, folder: string): unknown {
  if (typeof value === 'string') return value.replaceAll(`${folder}/`, './').replaceAll(folder, '.');
  if (Array.isArray(value)) return value.map((item) => withoutFolder(item, folder));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutFolder(item, folder)]));
}
