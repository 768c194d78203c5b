// How are the changes of a plan told to a person?
import type { Change, Operation } from '../compare/changes.ts';
import { nameOf } from '../engine/urn.ts';

/** Adds colour, or does not. */
export type Paint = (style: 'green' | 'yellow' | 'red' | 'magenta' | 'bold' | 'dim', text: string) => string;

type Sign = Exclude<Operation, 'same'> | 'rename';

const signs: { readonly [sign in Sign]: { readonly mark: string; readonly style: Parameters<Paint>[0] } } = {
  create: { mark: '+', style: 'green' },
  change: { mark: '~', style: 'yellow' },
  replace: { mark: '±', style: 'magenta' },
  delete: { mark: '-', style: 'red' },
  rename: { mark: '>', style: 'yellow' },
};

/** Order of telling: the dangerous last, nearest to the counts. */
const order: readonly Sign[] = ['create', 'rename', 'change', 'replace', 'delete'];

/** Components exist in Pulumi's state only; what happens to them happens to their children. */
const isComponent = ({ type }: Change): boolean => !/^(?:aws|docker-build|pulumi:providers):/u.test(type);

const signOf = (change: Change): Sign | null => {
  if (change.operation !== 'same') return change.operation;
  return change.renamedFrom === null ? null : 'rename';
};

function detailsOf(change: Change): string {
  const changed = change.properties.filter((property) => !change.forcedBy.includes(property));
  const parts = [
    change.renamedFrom === null ? '' : `was ${nameOf(change.renamedFrom)}`,
    change.forcedBy.length > 0 ? `because of ${change.forcedBy.join(', ')}` : '',
    changed.join(', '),
    change.following.length > 0 ? `follows a replacement: ${change.following.join(', ')}` : '',
    change.deletedFirst ? 'deleted before its successor is made' : '',
    change.staysInAccount ? 'stays in the account' : '',
  ];
  return parts.filter((part) => part !== '').join('; ');
}

function lineOf(change: Change, sign: Sign, widths: readonly [number, number], paint: Paint): string {
  const { mark, style } = signs[sign];
  const refusal = change.isRefused ? `  ${paint('red', 'REFUSED: it is protected')}` : '';
  const plain = `${change.type.padEnd(widths[0])}  ${change.name.padEnd(widths[1])}  ${detailsOf(change)}`;
  return `  ${paint(style, `${mark} ${sign.padEnd(7)}`)}  ${plain.trimEnd()}${refusal}`;
}

const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map((text) => text.length));

/** One line for each change, then the counts. Nothing is said of resources that stay as they are but their number. */
export function changesText(changes: readonly Change[], paint: Paint): string {
  const resources = changes
    .filter((change) => !isComponent(change))
    .toSorted((a, b) => (`${a.type} ${a.urn}` < `${b.type} ${b.urn}` ? -1 : 1));
  const told = resources.flatMap((change) => {
    const sign = signOf(change);
    return sign === null ? [] : [{ change, sign }];
  });
  const widths = [
    widest(told.map(({ change }) => change.type)),
    widest(told.map(({ change }) => change.name)),
  ] as const;
  const groups = order.map((sign) => told.filter((item) => item.sign === sign));
  const lines = groups.flat().map(({ change, sign }) => lineOf(change, sign, widths, paint));
  const counts = order.flatMap((sign, index) => {
    const count = groups[index]?.length ?? 0;
    return count === 0 ? [] : [`${String(count)} to ${sign}`];
  });
  const same = resources.length - told.length;
  const refused = resources.filter(({ isRefused }) => isRefused).length;
  return [
    ...lines,
    ...(lines.length > 0 ? [''] : []),
    paint('bold', [...counts, `${String(same)} stay as they are`].join(', ')),
    ...(refused === 0
      ? []
      : [
          paint(
            'red',
            `Pulumi would refuse: ${String(refused)} of them protected. Keep the old name with \`aliases\`, or take the protection off in a deployment of its own first.`,
          ),
        ]),
  ].join('\n');
}
