// Do stretches of time add up, whatever their order and overlap?
import { expect } from 'chai';
import * as fc from 'fast-check';
import { mergeSpans, totalSeconds, withoutSpans, type Span } from '../../domain/span.ts';

const spans = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 20 }))
    .map(([start, length]): Span => ({ startSeconds: start, endSeconds: start + length })),
  { maxLength: 8 },
);

/** The whole seconds that any of the spans covers. */
const covered = (list: readonly Span[]): number[] =>
  Array.from({ length: 80 }, (_, second) => second).filter((second) =>
    list.some((span) => second >= span.startSeconds && second < span.endSeconds),
  );

describe('spans', () => {
  it('cover the same time after a merge, each second once', () => {
    fc.assert(
      fc.property(spans, (list) => {
        expect(covered(mergeSpans(list))).to.deep.equal(covered(list));
        expect(totalSeconds(mergeSpans(list))).to.equal(covered(list).length);
      }),
    );
  });

  it('leave out exactly the holes', () => {
    fc.assert(
      fc.property(spans, spans, (list, holes) => {
        const merged = mergeSpans(list);
        const open = new Set(covered(holes));
        expect(covered(withoutSpans(merged, holes))).to.deep.equal(covered(list).filter((s) => !open.has(s)));
      }),
    );
  });
});
