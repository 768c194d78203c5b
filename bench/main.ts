export const runBench = (): void => {};
