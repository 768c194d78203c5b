// What do the server and the process of the analyses say to each other?
import { z } from 'zod';

/** From the server. */
export const orderSchema = z.discriminatedUnion('kind', [
  /** A recording has arrived whole. */
  z.object({ kind: z.literal('announce'), key: z.string() }),
  /** Stop an execution, and answer `stopped` with the same id when nothing of it is left. */
  z.object({ kind: z.literal('stop'), id: z.int(), execution: z.string() }),
  /** End now, so that another process can take up what is unfinished. */
  z.object({ kind: z.literal('end') }),
]);
export type Order = z.infer<typeof orderSchema>;

/** From the process of the analyses. */
export const newsSchema = z.discriminatedUnion('kind', [
  /** It has the folder, and has taken up what was unfinished. */
  z.object({ kind: z.literal('ready') }),
  /** Another process has the folder and did not let go of it. */
  z.object({ kind: z.literal('occupied') }),
  z.object({ kind: z.literal('progress'), execution: z.string(), state: z.string(), fraction: z.number() }),
  z.object({ kind: z.literal('ended'), execution: z.string() }),
  z.object({ kind: z.literal('stopped'), id: z.int(), wasRunning: z.boolean() }),
]);
export type News = z.infer<typeof newsSchema>;
