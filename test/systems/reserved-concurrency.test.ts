// Is the concurrency of a stage scaled with its stack?
import { expect } from 'chai';
import { reservedConcurrency } from '../../systems/reserved-concurrency.ts';

describe('reserved concurrency', () => {
  const cases: readonly (readonly [specified: number | null, percent: number, reserved: number | null])[] = [
    [20, 100, 20],
    [20, 25, 5],
    [20, 1, 1],
    [5, 50, 3],
    [20, 200, 40],
    [20, 0, null],
    [null, 100, null],
  ];
  for (const [specified, percent, reserved] of cases) {
    it(`of ${String(specified)} at ${String(percent)} % is ${String(reserved)}`, () => {
      expect(reservedConcurrency({ reservedConcurrency: specified }, percent)).to.equal(reserved);
    });
  }
});
