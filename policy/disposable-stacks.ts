// Which stacks may lose what they hold?

/** Stacks with `protectData: false`; every other one, whatever its name, has to keep its data. */
export const disposableStacks: readonly string[] = ['dev', 'staging'];

export const keepsData = (stack: string): boolean => !disposableStacks.includes(stack);
