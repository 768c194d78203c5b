// What is the user's mistake rather than the file's or ours?

/** Wrong words on the command line or in the environment: exit code 2 and this sentence. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage';
}
