// Do the addresses that the client knows lead to the operations?
import { expect } from 'chai';
import { operations } from '../../../domain/api/operations.ts';
import { addresses } from '../../../web/src/api/addresses.ts';

describe('addresses of the client', () => {
  it('are method and path of every operation, and of no other', () => {
    const expected = Object.fromEntries(
      Object.entries(operations).map(([id, { method, path }]) => [id, { method, path }]),
    );
    expect(addresses).to.deep.equal(expected);
  });
});
