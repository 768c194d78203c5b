// Which programs did a handler run, exactly as they were called?
import type { Services } from '../../services/contracts.ts';
import type { HandlerContext } from './handler.ts';

/** The same context, whose tools write every command down, in the order in which they were started. */
export function hearCommands<Needs extends keyof Services>(
  context: HandlerContext<Needs>,
): { readonly context: HandlerContext<Needs>; readonly commands: string[][] } {
  const commands: string[][] = [];
  const onCommand = (argv: readonly string[]): void => void commands.push([...argv]);
  const media = { ...context.media, tools: { ...context.media.tools, onCommand } };
  return { context: { ...context, media }, commands };
}
