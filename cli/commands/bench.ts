// What does `./greenroom bench` do?
import { Command } from 'commander';
import { runBench } from '../../bench/main.ts';

export const benchCommand = (): Command => new Command('bench').action(() => runBench());
