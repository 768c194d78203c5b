// Does the offline plan see a rename, a replacement and a refusal as Pulumi's engine would?
import { expect } from 'chai';
import type { Change } from '../../../plan/compare/changes.ts';
import { changesBetween } from '../scenario.ts';

/** `replace aws:sqs/queue:Queue jobs` and so on, without what stays as it is; sorted. */
const tell = (changes: readonly Change[]): readonly string[] =>
  changes
    .filter(({ operation, renamedFrom }) => operation !== 'same' || renamedFrom !== null)
    .map(({ operation, type, name, isRefused }) =>
      [operation, type.split(':').at(-1), name, ...(isRefused ? ['refused'] : [])].join(' '),
    )
    .toSorted();

const named = (changes: readonly Change[], name: string): Change => {
  const found = changes.find((change) => change.name === name && change.type.startsWith('aws:'));
  if (!found) throw new Error(`nothing is said of ${name}`);
  return found;
};

const cases: readonly (readonly [
  title: string,
  before: string,
  after: string,
  expected: readonly string[],
])[] = [
  ['nothing when nothing changed', 'queue', 'queue', []],
  ['a change in place', 'queue', 'queueDelayed', ['change Queue jobs']],
  ['nothing of an ignored change', 'queue', 'queueDelayIgnored', []],
  [
    'what replaceOnChanges makes of it, and who follows',
    'queue',
    'queueDelayReplaces',
    [
      'change Parameter address',
      'replace EventSourceMapping mapping',
      'replace Queue jobs',
      'replace QueuePolicy policy',
    ],
  ],
  [
    'a replacement of a property that AWS cannot change, and who follows',
    'queue',
    'queueFifo',
    [
      'change Parameter address',
      'replace EventSourceMapping mapping',
      'replace Queue jobs',
      'replace QueuePolicy policy',
    ],
  ],
  ['a protection that is put on', 'queue', 'queueProtected', ['change Queue jobs']],
  [
    'a refusal to replace what is protected',
    'queueProtected',
    'queueFifo',
    [
      'change Parameter address',
      'replace EventSourceMapping mapping',
      'replace Queue jobs refused',
      'replace QueuePolicy policy',
    ],
  ],
  [
    'a renamed store and what is called after it as new, and a refusal to delete the protected old ones',
    'store',
    'storeRenamed',
    [
      'create Bucket vault-media',
      'create Store vault',
      'delete Bucket store-media refused',
      'delete Store store refused',
    ],
  ],
  [
    'a renamed store with an alias as the same one, its children included',
    'store',
    'storeRenamedWithAlias',
    ['same Bucket vault-media', 'same Store vault'],
  ],
  [
    'that protection is taken off',
    'store',
    'storeUnprotected',
    ['change Bucket store-media', 'change Queue jobs', 'change Store store'],
  ],
];

describe('the comparison of two plans', function () {
  this.timeout(60_000);

  for (const [title, before, after, expected] of cases)
    it(`tells ${title}`, async () => {
      expect(tell(await changesBetween(before, after))).to.deep.equal(expected);
    });

  it('names the properties and which of them force a replacement', async () => {
    const changes = await changesBetween('queue', 'queueFifo');
    expect(named(changes, 'jobs')).to.deep.include({ properties: ['fifoQueue'], forcedBy: ['fifoQueue'] });
    expect(named(changes, 'policy')).to.deep.include({ properties: [], following: ['queueUrl'] });
  });

  it('tells which replacement is deleted first', async () => {
    expect(named(await changesBetween('queue', 'queueFifo'), 'jobs').deletedFirst).to.equal(false);
    expect(named(await changesBetween('queue', 'queueFifoDeletedFirst'), 'jobs').deletedFirst).to.equal(true);
  });

  it('tells under which name a renamed child was known', async () => {
    const bucket = named(await changesBetween('store', 'storeRenamedWithAlias'), 'vault-media');
    expect(bucket.renamedFrom).to.equal(
      'urn:pulumi:dev::scenarios::scenarios:blocks:Store$aws:s3/bucket:Bucket::store-media',
    );
  });
});
