// What must every table of preferences do?
import { expect } from 'chai';
import { userIdSchema } from '../../../domain/ids.ts';
import { noPreferences, type Preferences } from '../../../domain/preferences.ts';
import type { PreferenceTable } from '../../../services/contracts.ts';

const one = userIdSchema.parse('user-1');
const two = userIdSchema.parse('user-2');

const preferences = (revision: number, retentionDays: number | null = null): Preferences => ({
  revision,
  retentionDays,
  questionSets: [
    {
      questionSetId: 'my-own',
      title: 'Perguntas; DROP TABLE “x”',
      language: 'pt',
      questions: ['Porquê? \u{1f642}', 'x'.repeat(500)],
      origin: 'own',
    },
  ],
});

/** `make` gives a new, empty table. */
export function describePreferences(name: string, make: () => Promise<PreferenceTable>): void {
  describe(`${name} as a table of preferences`, () => {
    let table: PreferenceTable;
    beforeEach(async () => {
      table = await make();
    });

    it('knows nothing of somebody who never saved any', async () => {
      expect(await table.read(one)).to.deep.equal(noPreferences);
    });

    it('gives back exactly what was saved, to its owner only (A5)', async () => {
      expect(await table.write(one, preferences(1, 30))).to.equal(true);
      expect(await table.read(one)).to.deep.equal(preferences(1, 30));
      expect(await table.read(two)).to.deep.equal(noPreferences);
    });

    it('takes one revision after the other', async () => {
      for (const revision of [1, 2, 3])
        expect(await table.write(one, preferences(revision, revision))).to.equal(true);
      expect(await table.read(one)).to.deep.equal(preferences(3, 3));
    });

    for (const revision of [0, 1, 2, 4, 5]) {
      it(`refuses revision ${revision} after revision 2`, async () => {
        await table.write(one, preferences(1));
        await table.write(one, preferences(2));
        expect(await table.write(one, preferences(revision, 99))).to.equal(false);
        expect(await table.read(one)).to.deep.equal(preferences(2));
      });
    }

    for (const revision of [0, 2]) {
      it(`refuses revision ${revision} as the first one`, async () => {
        expect(await table.write(one, preferences(revision))).to.equal(false);
        expect(await table.read(one)).to.deep.equal(noPreferences);
      });
    }

    for (const first of [true, false]) {
      it(`gives one winner among ten changes at once ${first ? 'of nothing' : 'of the same revision'}`, async () => {
        if (!first) await table.write(one, preferences(1));
        const revision = first ? 1 : 2;
        const days = Array.from({ length: 10 }, (_, index) => index + 1);
        const won = await Promise.all(days.map((day) => table.write(one, preferences(revision, day))));
        expect(won.filter(Boolean)).to.have.length(1);
        const winner = days[won.indexOf(true)] ?? null;
        expect(await table.read(one)).to.deep.equal(preferences(revision, winner));
      });
    }

    it('forgets a user once, and nobody else', async () => {
      await table.write(one, preferences(1));
      await table.write(two, preferences(1));
      expect(await table.remove(one)).to.equal(true);
      expect(await table.remove(one)).to.equal(false);
      expect(await table.read(one)).to.deep.equal(noPreferences);
      expect(await table.read(two)).to.deep.equal(preferences(1));
    });

    it('does not let a late change bring back what was forgotten', async () => {
      await table.write(one, preferences(1));
      await table.remove(one);
      expect(await table.write(one, preferences(2))).to.equal(false);
      expect(await table.read(one)).to.deep.equal(noPreferences);
      expect(await table.write(one, preferences(1))).to.equal(true);
    });
  });
}
