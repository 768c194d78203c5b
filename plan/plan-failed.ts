// Why is there no plan?

/** The program, its configuration or what it asked for cannot be planned; the message is for the reader. */
export class PlanFailed extends Error {
  override readonly name = 'PlanFailed';
}
