// How are the figures called, and known sentences said, in another language than the report's own?
import type { FormulaName } from '../domain/formulas.ts';
import { formulas } from '../domain/formulas.ts';

/** Words of one figure; what is left out stays English. */
interface FigureWords {
  readonly title: string;
  readonly definition: string;
  readonly source?: string;
  readonly bandSource?: string;
}

/** A report is written in English. A catalogue says the same in another language, as far as it knows it. */
export interface Catalogue {
  readonly formulas: { readonly [Name in FormulaName]?: FigureWords };
  readonly units: Readonly<Record<string, string>>;
  /** English sentences, with `{0}`, `{1}`, … for what differs from report to report, and what they become. */
  readonly sentences: Readonly<Record<string, string>>;
}

/** The report's own words. */
export const english: Catalogue = { formulas: {}, units: {}, sentences: {} };

/** A text and its language, when that is another one than the page's. */
export interface Said {
  readonly text: string;
  readonly lang: 'en' | null;
}

interface Speaker {
  readonly tag: string;
  readonly catalogue: Catalogue;
}

const said = (translated: string | undefined, original: string, { tag }: Speaker): Said =>
  translated === undefined
    ? { text: original, lang: tag === 'en' ? null : 'en' }
    : { text: translated, lang: null };

export const titleOf = (name: FormulaName, { catalogue }: Speaker): string =>
  catalogue.formulas[name]?.title ?? formulas[name].title;

export const definitionOf = (name: FormulaName, speaker: Speaker): Said =>
  said(speaker.catalogue.formulas[name]?.definition, formulas[name].definition, speaker);

export const sourceOf = (name: FormulaName, speaker: Speaker): Said =>
  said(speaker.catalogue.formulas[name]?.source, formulas[name].source, speaker);

export const bandSourceOf = (name: FormulaName, speaker: Speaker): Said | null => {
  const { band } = formulas[name];
  return band && said(speaker.catalogue.formulas[name]?.bandSource, band.source, speaker);
};

const lookUp = (words: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(words, name) ? words[name] : undefined;

export const unitOf = (unit: string, { catalogue }: Pick<Speaker, 'catalogue'>): string =>
  lookUp(catalogue.units, unit) ?? unit;

interface Pattern {
  readonly expression: RegExp;
  readonly translation: string;
}

const patternsOf = new WeakMap<Catalogue, readonly Pattern[]>();

/** One group for each `{0}`; what stands there is handed over as it is. */
function readPatterns({ sentences }: Catalogue): Pattern[] {
  return Object.entries(sentences)
    .filter(([sentence]) => /\{\d\}/.test(sentence))
    .map(([sentence, translation]) => {
      const source = sentence
        .replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`)
        .replaceAll(/\{(\d)\}/g, '(?<part$1>[^\\n]{1,700}?)');
      return { expression: new RegExp(`^${source}$`), translation };
    });
}

const lowered = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1);
const raised = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** Longer texts are no sentences of ours. */
const longestSentence = 1500;

/** What stands for `{0}`: a number in the language's form, a known sentence, a list of known words, or the text as it is. */
function translatePart(part: string, speaker: Speaker): string {
  const [, number, rest] = /^(-?\d+(?:\.\d+)?)( %| s)?$/.exec(part) ?? [];
  if (number !== undefined)
    return (
      new Intl.NumberFormat(speaker.tag, { maximumFractionDigits: 3 }).format(Number(number)) + (rest ?? '')
    );
  const whole = translate(part, speaker);
  if (whole !== undefined) return whole;
  const items = translateList(part.split(/(, | and )/), speaker);
  return items ? new Intl.ListFormat(speaker.tag, { type: 'conjunction' }).format(items) : part;
}

/** Known words between separators; one that has a separator inside itself is found all the same. */
function translateList(pieces: readonly string[], speaker: Speaker): string[] | null {
  if (pieces.length === 0) return [];
  for (let end = pieces.length; end > 0; end -= 2) {
    const first = translate(pieces.slice(0, end).join(''), speaker);
    const others = first === undefined ? null : translateList(pieces.slice(end + 1), speaker);
    if (first !== undefined && others) return [first, ...others];
  }
  return null;
}

function translate(text: string, speaker: Speaker): string | undefined {
  const { catalogue } = speaker;
  const known = lookUp(catalogue.sentences, text);
  if (known !== undefined || text.length > longestSentence) return known;
  let patterns = patternsOf.get(catalogue);
  if (!patterns) patternsOf.set(catalogue, (patterns = readPatterns(catalogue)));
  for (const { expression, translation } of patterns) {
    const parts = expression.exec(text)?.groups;
    if (parts)
      return translation.replaceAll(/\{(\d)\}/g, (_, index: string) =>
        translatePart(parts[`part${index}`] ?? '', speaker),
      );
  }
  return undefined;
}

/**
 * A sentence of the report in the catalogue's language: as it stands, with its first letter in the other case, or
 * sentence by sentence. What is not known comes back unchanged, with its language.
 */
export function sentenceOf(text: string, speaker: Speaker): Said {
  if (speaker.tag === 'en') return { text, lang: null };
  const whole = translate(text, speaker);
  if (whole !== undefined) return { text: whole, lang: null };
  const plain = text.replace(/[.]$/, '');
  const other = translate(lowered(plain), speaker) ?? translate(`${raised(plain)}.`, speaker);
  return said(other === undefined ? undefined : raised(other), text, speaker);
}

/** What an assessor wrote: the rules’ sentences in the catalogue’s language, a model’s as it wrote them. */
export const judgementOf = (text: string, provenance: string, speaker: Speaker): Said =>
  provenance === 'local-rules' ? sentenceOf(text, speaker) : { text, lang: null };
