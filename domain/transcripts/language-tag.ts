// In which language is a transcript, when nobody says so?
import { normalised } from '../text-metrics/marked-text.ts';

const functionWords: Readonly<Record<string, ReadonlySet<string>>> = Object.fromEntries(
  Object.entries({
    en: 'the and of to a in i it that was is my we for on with you this but have were had not our so as at they',
    pt: 'de que não uma um para com eu os na do da em foi mas mais por ele minha meu nós você isso também muito ao',
    es: 'de que no una un para con yo los en el la y fue pero más por él mi nosotros usted eso también muy del las',
    fr: 'de que pas une un pour avec je les dans le la et était mais plus par il mon nous vous ce aussi très du des',
    de: 'der die und das nicht ein eine für mit ich den in zu war aber mehr von er mein wir sie es auch sehr dem ist',
    it: 'di che non una un per con io gli nel il la e era ma più da lui mio noi voi questo anche molto del le è',
  }).map(([language, words]) => [language, new Set(words.split(' '))]),
);

// Of running speech about half the words are function words; a list of names has hardly any.
const leastShare = 0.15;
const leastLead = 1.25;
const wordsLookedAt = 2000;

/** A canonical BCP 47 tag as transcripts carry it, `null` when the text is none. */
export function languageTag(text: string): string | null {
  try {
    const [tag] = Intl.getCanonicalLocales(text.trim().replaceAll('_', '-'));
    return tag !== undefined && /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag) ? tag : null;
  } catch {
    return null;
  }
}

/**
 * `en`, `pt`, `es`, `fr`, `de` or `it` by the share of its function words among the first 2,000 words;
 * `und` (undetermined) when no language leads clearly.
 */
export function spokenLanguage(pieces: readonly { readonly words: readonly string[] }[]): string {
  const words = pieces.slice(0, wordsLookedAt).flatMap((piece) => piece.words);
  const looked = words.slice(0, wordsLookedAt).map(normalised);
  const [first, second] = Object.entries(functionWords)
    .map(([language, list]) => ({ language, hits: looked.filter((word) => list.has(word)).length }))
    .toSorted((a, b) => b.hits - a.hits);
  if (!first || first.hits < looked.length * leastShare) return 'und';
  return first.hits >= leastLead * (second?.hits ?? 0) ? first.language : 'und';
}
