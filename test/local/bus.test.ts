// Does an event reach its handler at least once, and a hopeless one the dead letters?
import { expect } from 'chai';
import { openDeadLetters } from '../../local/dead-letters.ts';
import { createBus, objectCreated, type BusEvent, type QueueOptions } from '../../local/bus.ts';

const event: BusEvent = objectCreated({
  bucket: 'media',
  key: 'uploads/local/01ARZ3NDEKTSV4RRFFQ69G5FAV.webm',
  sizeBytes: 3,
  etag: 'abc',
  versionId: 'v1',
});

type Deliver = QueueOptions['deliver'];
const done: Awaited<ReturnType<Deliver>> = { batchItemFailures: [] };

function subscribed(deliver: Deliver, options: Partial<QueueOptions> = {}) {
  const letters = openDeadLetters(':memory:');
  const bus = createBus(letters);
  bus.subscribe({ name: 'uploads', detailType: 'Object Created', redeliveryMs: 1, deliver, ...options });
  return { ...bus, deadLetters: () => letters.of('uploads') };
}

describe('the bus', () => {
  it('delivers the event of an upload as S3 words it', async () => {
    const bodies: unknown[] = [];
    const bus = subscribed(async ({ Records }) => {
      bodies.push(...Records.map(({ body }) => JSON.parse(body)));
      return done;
    });
    await bus.publish(event);
    expect(bodies).to.deep.equal([
      {
        source: 'aws.s3',
        'detail-type': 'Object Created',
        detail: {
          bucket: { name: 'media' },
          object: {
            key: 'uploads/local/01ARZ3NDEKTSV4RRFFQ69G5FAV.webm',
            size: 3,
            etag: 'abc',
            'version-id': 'v1',
          },
        },
      },
    ]);
    expect(bus.deadLetters()).to.deep.equal([]);
  });

  it('delivers again what a batch names as failed, under the same message id', async () => {
    const ids: string[] = [];
    const bus = subscribed(async ({ Records }) => {
      const [{ messageId } = { messageId: '' }] = Records;
      ids.push(messageId);
      return ids.length < 3 ? { batchItemFailures: [{ itemIdentifier: messageId }] } : done;
    });
    await bus.publish(event);
    expect(ids).to.have.length(3);
    expect(new Set(ids).size).to.equal(1);
    expect(bus.deadLetters()).to.deep.equal([]);
  });

  it('gives an event up after three deliveries and keeps it with its error', async () => {
    let deliveries = 0;
    const bus = subscribed(async () => {
      deliveries += 1;
      throw new Error('no table');
    });
    await bus.publish(event);
    expect(deliveries).to.equal(3);
    const [letter] = bus.deadLetters();
    expect(letter).to.include({ queue: 'uploads', error: 'Error: no table', body: JSON.stringify(event) });
  });

  it('counts the deliveries of each queue for itself', async () => {
    let first = 0;
    let second = 0;
    const bus = subscribed(async () => ({ batchItemFailures: [{ itemIdentifier: String((first += 1)) }] }), {
      maxReceiveCount: 2,
    });
    bus.subscribe({
      name: 'other',
      detailType: 'Object Created',
      deliver: async () => ((second += 1), done),
    });
    await bus.publish(event);
    expect([first, second, bus.deadLetters().length]).to.deep.equal([2, 1, 1]);
  });

  it('delivers a dead letter again, and forgets it only when that succeeds', async () => {
    let works = false;
    const bus = subscribed(async () => {
      if (!works) throw new Error('no table');
      return done;
    });
    await bus.publish(event);
    const [letter] = bus.deadLetters();
    if (!letter) throw new Error('there is no dead letter');
    await bus.replay(letter);
    expect(bus.deadLetters()).to.have.length(1);
    works = true;
    await bus.replay(letter);
    expect(bus.deadLetters()).to.deep.equal([]);
  });

  it('delivers only to the queues whose rule matches', async () => {
    let deliveries = 0;
    const bus = subscribed(async () => ((deliveries += 1), done), { detailType: 'Object Deleted' });
    await bus.publish(event);
    expect(deliveries).to.equal(0);
  });
});
