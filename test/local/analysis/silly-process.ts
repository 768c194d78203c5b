// Stands in for the process of the analyses: it does as it is told by its argument.
//
// argv: `dies` ends at once; `stops` answers every stop; `forgets` ends at its first order; `deaf` never ends by itself.
import { orderSchema, type News } from '../../../local/analysis/messages.ts';

const kind = process.argv[2];
const tell = (news: News): void => void process.send?.(news);
if (kind === 'dies') process.exit(1);
process.on('message', (message) => {
  const order = orderSchema.parse(message);
  if (kind === 'forgets') process.exit(1);
  if (order.kind === 'stop') tell({ kind: 'stopped', id: order.id, wasRunning: true });
  if (order.kind === 'announce')
    tell({ kind: 'progress', execution: order.key, state: 'Convert', fraction: 0.5 });
  if (order.kind === 'end' && kind !== 'deaf') process.exit(0);
});
tell({ kind: 'ready' });
