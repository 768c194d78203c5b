// How is a stack planned, compared, shown and written down?
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { styleText } from 'node:util';
import { WrongUsage } from '../local/wrong-usage.ts';
import {
  committedText,
  noBaseline,
  readBaseline,
  toCommitted,
  type Baseline,
} from '../plan/compare/baseline.ts';
import { changesAgainst } from '../plan/compare/changes.ts';
import { costOf } from '../plan/cost/cost.ts';
import { PlanFailed } from '../plan/plan-failed.ts';
import { planStack, type PlannedStack } from '../plan/plan-stack.ts';
import type { Paint } from '../plan/present/changes-text.ts';
import { costsText } from '../plan/present/costs-text.ts';
import { planText } from '../plan/present/plan-text.ts';
import { exitCodes } from './run-analysis.ts';

export interface PlanFlags {
  readonly json: boolean;
  readonly write: boolean;
  readonly against?: string;
}

const projectFolder = resolve(import.meta.dirname, '..');

/** Colours reach terminals only. */
const paint: Paint = (style, text) => styleText(style, text, { stream: process.stdout });

async function loadBaseline(file: string, mustExist: boolean): Promise<Baseline> {
  if (!mustExist && !existsSync(file)) return noBaseline;
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new WrongUsage(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  return readBaseline(text, file);
}

function jsonOf({ stack, resources, outputs }: PlannedStack): string {
  return `${JSON.stringify({ stack, resources, outputs }, null, 2)}\n`;
}

/**
 * Prints the plan and returns the exit code: 3 when there is none, or when Pulumi would refuse it.
 * @throws WrongUsage for a stack or file that is not there.
 */
export async function runPlan(stack: string, flags: PlanFlags): Promise<number> {
  if (!existsSync(join(projectFolder, `Pulumi.${stack}.yaml`)))
    throw new WrongUsage(`There is no stack ${stack}: Pulumi.${stack}.yaml does not exist.`);
  try {
    return await planAndTell(stack, flags);
  } catch (error) {
    if (!(error instanceof PlanFailed)) throw error;
    process.stderr.write(`${error.message}\n`);
    return exitCodes.failed;
  }
}

async function planAndTell(stack: string, flags: PlanFlags): Promise<number> {
  const committed = join(projectFolder, 'plans', `${stack}.json`);
  const against = flags.against === undefined ? committed : resolve(flags.against);
  const planned = await planStack({ stack });
  const baseline = await loadBaseline(against, flags.against !== undefined);
  const changes = changesAgainst(planned, baseline);
  const comparedWith = baseline === noBaseline ? null : relative(process.cwd(), against);
  process.stdout.write(
    flags.json
      ? jsonOf(planned)
      : planText({ planned, changes, comparedWith, costs: costsText(costOf(planned), paint) }, paint),
  );
  if (changes.some(({ isRefused }) => isRefused)) {
    process.stderr.write('Pulumi would refuse to replace or delete what is protected.\n');
    return exitCodes.failed;
  }
  if (flags.write) {
    await mkdir(join(projectFolder, 'plans'), { recursive: true });
    await writeFile(committed, committedText(toCommitted(planned)));
  }
  return 0;
}
