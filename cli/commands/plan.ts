// What does `./greenroom plan` do? It shows what a deployment would change, with no account and no network.
import { Command } from 'commander';
import type { PlanFlags } from '../run-plan.ts';

export const planCommand = (): Command =>
  new Command('plan')
    .description('show offline what a deployment of a stack would change')
    .argument('<stack>', 'dev, staging, prod or any other Pulumi.<stack>.yaml')
    .option('--json', 'print {stack, resources, outputs} as JSON', false)
    .option('--against <file>', 'compare with this plan (plans/<stack>.json by default)')
    .option('--write', 'write plans/<stack>.json, unless a protected resource stands against it', false)
    .addHelpText(
      'after',
      '\nEnds with 0, or with 3 when the program fails or Pulumi would refuse to replace or delete what is protected.',
    )
    .action(async (stack: string, flags: PlanFlags) => {
      // Loaded only here: the protocol's messages would make every other command slower.
      const { runPlan } = await import('../run-plan.ts');
      process.exitCode = await runPlan(stack, flags);
    });
