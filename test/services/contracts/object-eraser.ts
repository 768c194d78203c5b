// What must every eraser of objects do?
import { expect } from 'chai';
import { foldersOf, newRecordId, userIdSchema } from '../../../domain/ids.ts';
import { ServiceRejected } from '../../../domain/errors.ts';
import type { ObjectEraser, ObjectStore } from '../../../services/contracts.ts';
import { thrownBy } from './object-store.ts';

interface Host {
  readonly store: Pick<ObjectStore, 'head' | 'readJson' | 'writeJson'>;
  readonly eraser: ObjectEraser;
}

const keysOf = (user: string, record: string): readonly string[] => [
  `uploads/${user}/${record}.webm`,
  `analyses/${user}/${record}/e1/report.json`,
];

/** `make` gives a new, empty store, and the eraser of what it holds. */
export function describeObjectEraser(name: string, make: () => Promise<Host>): void {
  describe(`${name} as an eraser of objects`, () => {
    let store: Host['store'];
    let eraser: ObjectEraser;
    const put = async (...keys: readonly string[]): Promise<void> => {
      for (const key of keys) await store.writeJson(key, key);
    };
    /** Which of these are still there. */
    const left = async (...keys: readonly string[]): Promise<readonly string[]> => {
      const found = await Promise.all(
        keys.map((key) =>
          store.head(key).then(
            () => [key],
            () => [],
          ),
        ),
      );
      return found.flat();
    };

    beforeEach(async () => {
      ({ store, eraser } = await make());
    });

    it('erases what begins so, and says how much (A85)', async () => {
      const keys = ['analyses/u/1/e/report.json', 'analyses/u/1/e/poster.jpg', 'analyses/u/1/f/report.json'];
      await put(...keys);
      const { objects, versions } = await eraser.erase('analyses/u/1/');
      expect({ objects, versions }).to.deep.equal({ objects: 3, versions: 3 });
      expect(await left(...keys)).to.deep.equal([]);
    });

    it('leaves the neighbours alone whose keys only look alike', async () => {
      const neighbours = [
        'uploads/u/10.webm',
        'uploads/u/1',
        'uploads/u/1-.webm',
        'uploads/u/1/.webm',
        'uploads/U/1.webm',
        'uploads/u2/1.webm',
        'analyses/u/1.webm',
        'x/uploads/u/1.webm',
      ];
      await put('uploads/u/1.webm', 'uploads/u/1.mp4', ...neighbours);
      expect((await eraser.erase('uploads/u/1.')).objects).to.equal(2);
      expect(await left('uploads/u/1.webm', 'uploads/u/1.mp4', ...neighbours)).to.deep.equal(neighbours);
    });

    it('takes every sign of a prefix for itself, wildcards too', async () => {
      const others = ['a/xb', 'a/%b', 'a/%25b', 'a/*b', 'a/録b'];
      await put('a/_b1', 'a/_b2', ...others);
      expect((await eraser.erase('a/_b')).objects).to.equal(2);
      expect((await eraser.erase('a/%b')).objects).to.equal(1);
      expect((await eraser.erase('a/録')).objects).to.equal(1);
      expect(await left(...others)).to.deep.equal(['a/xb', 'a/%25b', 'a/*b']);
    });

    it('erases everything of a record, or of a user, and nothing of anybody else', async () => {
      const [one, two] = ['user-1', 'user-10'].map((id) => userIdSchema.parse(id));
      const recordId = newRecordId();
      if (!one || !two) throw new Error('there are no users');
      const [mine, second, foreign] = [
        keysOf(one, recordId),
        keysOf(one, newRecordId()),
        keysOf(two, recordId),
      ];
      await put(...mine, ...second, ...foreign);
      for (const folder of foldersOf(one, recordId)) await eraser.erase(folder);
      expect(await left(...mine, ...second, ...foreign)).to.deep.equal([...second, ...foreign]);
      for (const folder of foldersOf(one)) await eraser.erase(folder);
      expect(await left(...second, ...foreign)).to.deep.equal(foreign);
    });

    it('takes every version with it, so that nothing older comes back', async () => {
      for (const text of ['first', 'second', 'third']) await store.writeJson('a/1', text);
      const { objects, versions } = await eraser.erase('a/');
      expect(objects).to.equal(1);
      expect(versions).to.be.at.least(1);
      expect(await left('a/1')).to.deep.equal([]);
    });

    it('has nothing to erase a second time, or where there was never anything', async () => {
      const nothing = { objects: 0, versions: 0 };
      expect(await eraser.erase('a/')).to.deep.equal(nothing);
      await put('a/1');
      await eraser.erase('a/');
      expect(await eraser.erase('a/')).to.deep.equal(nothing);
    });

    it('lets a key be written anew after it', async () => {
      await put('a/1');
      await eraser.erase('a/');
      await store.writeJson('a/1', 'anew');
      expect(await store.readJson('a/1')).to.equal('anew');
      expect((await eraser.erase('a/')).objects).to.equal(1);
    });

    it('shares the work with others who erase the same', async () => {
      const keys = Array.from({ length: 30 }, (_, index) => `a/${index}`);
      await put(...keys, 'b/1');
      await Promise.all([eraser.erase('a/'), eraser.erase('a/1'), eraser.erase('a/')]);
      expect(await left(...keys, 'b/1')).to.deep.equal(['b/1']);
    });

    it('refuses the empty prefix, which would be everything of everybody', async () => {
      await put('a/1');
      expect(await thrownBy(eraser.erase(''))).to.be.instanceOf(ServiceRejected);
      expect(await left('a/1')).to.deep.equal(['a/1']);
    });
  });
}
