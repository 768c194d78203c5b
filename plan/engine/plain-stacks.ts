// Why does a planned program start with this file? So that stack traces cost next to nothing.

/** What V8 calls a CallSite. */
interface Frame {
  readonly toString: () => string;
}

/** V8's own form, without source maps: Node strips types in place, so lines and columns are right as they are. */
function format(error: Error, frames: readonly Frame[]): string {
  // Pulumi makes an error for every promise and every resource, only to keep its trace for a debugger.
  if (error.message === '') return '';
  return [String(error), ...frames.map((frame) => `    at ${frame.toString()}`)].join('\n');
}

/** Whoever sets another formatter is not heard. */
function keep(): void {}

// The language host sets a formatter of its own that looks up source maps: a third of a plan's CPU time.
Object.defineProperty(Error, 'prepareStackTrace', { get: () => format, set: keep });
