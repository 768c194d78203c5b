// Do Maps read, select, batch, bound and tolerate as they should?

import { expect } from 'chai';
import * as fc from 'fast-check';
import { VirtualClock } from '../../../local/interpreter/clock.ts';
import { batches, itemsIn } from '../../../local/interpreter/map-items.ts';
import { details, failure, lambda, lines, machine, run, scope } from './support.ts';

const task = { Type: 'Task', Resource: lambda, End: true };

/** A distributed Map whose children do one task. */
const distributed = (more: object) =>
  machine({
    M: {
      Type: 'Map',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        ...scope({ T: task }),
      },
      End: true,
      ...more,
    },
  });

describe('a Map', () => {
  it('gives ItemSelector the item and its index, and keeps the order of results', async () => {
    const clock = new VirtualClock(0);
    const { output } = await run(
      machine({
        M: {
          Type: 'Map',
          Items: '{% $states.input.list %}',
          ItemSelector: {
            i: '{% $states.context.Map.Item.Index %}',
            v: '{% $states.context.Map.Item.Value %}',
            all: '{% $count($states.input.list) %}',
          },
          ItemProcessor: scope({ T: task }),
          End: true,
        },
      }),
      {
        input: { list: ['a', 'b', 'c'] },
        clock,
        invoke: async ({ arguments: args, signal }) => {
          const { i } = args as { readonly i: number };
          await clock.sleepUntil(clock.now() + 1000 * (3 - i), signal);
          return args;
        },
      },
    );
    expect(output).to.deep.equal(['a', 'b', 'c'].map((v, i) => ({ i, v, all: 3 })));
  });

  it('runs no more iterations at once than MaxConcurrency', async () => {
    const clock = new VirtualClock(0);
    let running = 0;
    let most = 0;
    const { output } = await run(
      machine({
        M: { Type: 'Map', MaxConcurrency: '{% 3 %}', ItemProcessor: scope({ T: task }), End: true },
      }),
      {
        input: Array.from({ length: 10 }, (_, i) => i),
        clock,
        invoke: async ({ arguments: args, signal }) => {
          running += 1;
          most = Math.max(most, running);
          await clock.sleepUntil(clock.now() + 1000, signal);
          running -= 1;
          return args;
        },
      },
    );
    expect([most, clock.now()]).to.deep.equal([3, 4000]);
    expect(output).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});

describe('a distributed Map', () => {
  const csv = 'name,size\n"a, b",1\nc,"say ""x"""\n';
  const read: readonly (readonly [string, object, unknown])[] = [
    ['JSON', {}, [{ n: 1 }, { n: 2 }]],
    ['JSON text', { InputType: 'JSON' }, '[{"n":1},{"n":2}]'],
    ['JSON lines', { InputType: 'JSONL' }, { Body: '{"n":1}\n\n{"n":2}\n' }],
  ];
  for (const [what, ReaderConfig, answer] of read) {
    it(`reads ${what}`, async () => {
      const { output, history } = await run(
        distributed({
          ItemReader: {
            Resource: 'arn:aws:states:::s3:getObject',
            ReaderConfig,
            Arguments: { Key: '{% $states.input %}' },
          },
        }),
        {
          input: 'k',
          readItems: ({ arguments: args }) => {
            expect(args).to.deep.equal({ Key: 'k' });
            return answer as never;
          },
        },
      );
      expect(output).to.deep.equal([{ n: 1 }, { n: 2 }]);
      expect(details(history, 'MapStateStarted')).to.deep.equal({ length: 0 });
    });
  }

  it('reads CSV with the first row or given headers, and no more than MaxItems', () => {
    expect(itemsIn(csv, { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' })).to.deep.equal([
      { name: 'a, b', size: '1' },
      { name: 'c', size: 'say "x"' },
    ]);
    const given = {
      InputType: 'CSV',
      CSVHeaderLocation: 'GIVEN',
      CSVHeaders: ['x', 'y'],
      CSVDelimiter: 'PIPE',
    };
    expect(itemsIn('1|2\r\n3|4', { ...given, MaxItems: 1 })).to.deep.equal([{ x: '1', y: '2' }]);
  });

  it('fails with States.ItemReaderFailed when the items cannot be read', async () => {
    const { error, cause, history } = await run(
      distributed({ ItemReader: { Resource: 'arn:aws:states:::s3:getObject', Arguments: {} } }),
      { invoke: () => Promise.reject(failure('NoSuchKey', 'not there')) },
    );
    expect([error, cause]).to.deep.equal(['States.ItemReaderFailed', 'not there']);
    expect(lines(history).slice(2)).to.deep.equal([
      '3<2 MapStateStarted',
      '4<3 MapRunStarted',
      '5<4 MapRunFailed',
      '6<5 MapStateFailed',
      '7<6 ExecutionFailed',
    ]);
  });

  it('hands batches with their input to its children', async () => {
    const { output } = await run(
      distributed({
        Items: [1, 2, 3],
        ItemBatcher: { MaxItemsPerBatch: 2, BatchInput: { a: '{% $states.input %}' } },
      }),
      { input: 9 },
    );
    expect(output).to.deep.equal([
      { BatchInput: { a: 9 }, Items: [1, 2] },
      { BatchInput: { a: 9 }, Items: [3] },
    ]);
  });

  const tolerance: readonly (readonly [object, number, boolean])[] = [
    [{}, 0, true],
    [{}, 1, false],
    [{ ToleratedFailureCount: 2 }, 2, true],
    [{ ToleratedFailureCount: 2 }, 3, false],
    [{ ToleratedFailurePercentage: 30 }, 3, true],
    [{ ToleratedFailurePercentage: '{% 29.9 %}' }, 3, false],
    [{ ToleratedFailureCount: 5, ToleratedFailurePercentage: 10 }, 2, false],
  ];
  for (const [limits, failing, holds] of tolerance) {
    it(`${holds ? 'tolerates' : 'does not tolerate'} ${failing} of 10 failures with ${JSON.stringify(limits)}`, async () => {
      const { status, output, error, cause } = await run(
        distributed({ Items: '{% $range(0, 9, 1) %}', ...limits }),
        {
          invoke: ({ arguments: args }) => {
            if (Number(args) < failing) throw failure('Bad');
            return args;
          },
        },
      );
      expect(status).to.equal(holds ? 'SUCCEEDED' : 'FAILED');
      if (holds) {
        const failed = (output as readonly { readonly Status?: string; readonly Error?: string }[]).slice(
          0,
          failing,
        );
        expect(failed.map(({ Status, Error: name }) => [Status, name])).to.deep.equal(
          Array.from({ length: failing }, () => ['FAILED', 'Bad']),
        );
      } else {
        expect([error, cause]).to.deep.equal([
          'States.ExceedToleratedFailureThreshold',
          'The specified tolerated failure threshold was exceeded',
        ]);
      }
    });
  }

  it('writes its results where ResultWriter says', async () => {
    const written: unknown[] = [];
    const { output } = await run(
      distributed({
        Items: [[1], [2, 3]],
        ResultWriter: {
          Resource: 'arn:aws:states:::s3:putObject',
          Arguments: { Bucket: 'b' },
          WriterConfig: { Transformation: 'FLATTEN', OutputType: 'JSONL' },
        },
      }),
      {
        writeResults: ({ results, outputType }) => {
          written.push(results, outputType);
          return { Bucket: 'b', Key: 'k' };
        },
      },
    );
    expect(written).to.deep.equal([[1, 2, 3], 'JSONL']);
    expect(output).to.have.property('ResultWriterDetails').that.deep.equals({ Bucket: 'b', Key: 'k' });
  });
});

describe('batches', () => {
  it('hold all items in order, within both limits wherever a single item allows', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.integer(), fc.string())),
        fc.integer({ min: 0, max: 5 }),
        fc.integer({ min: 0, max: 60 }),
        (items, maxItems, maxBytes) => {
          const made = batches(items, { maxItems, maxBytes });
          expect(
            made.flatMap(({ input }) => (input as { readonly Items: typeof items }).Items),
          ).to.deep.equal(items);
          for (const { input, itemCount } of made) {
            expect(itemCount).to.be.greaterThan(0);
            if (maxItems > 0) expect(itemCount).to.be.at.most(maxItems);
            if (maxBytes > 0 && itemCount > 1) {
              expect(Buffer.byteLength(JSON.stringify(input))).to.be.at.most(maxBytes);
            }
          }
        },
      ),
    );
  });
});
