// Which words are better left out of an answer, and why?
import type { Assessment } from '../assessment.ts';
import { fillersIn } from '../text-metrics/fillers.ts';
import { hedgesIn } from '../text-metrics/hedges.ts';
import type { ListedLanguage } from '../text-metrics/languages.ts';
import type { MarkedText, Occurrence } from '../text-metrics/marked-text.ts';
import { evidenceOf, findPhrases, normalised, phrase } from '../text-metrics/marked-text.ts';
import type { Word } from '../transcript.ts';

type WordsToAvoid = Assessment['wordsToAvoid'];

interface Kind {
  readonly reason: string;
  readonly find: (marked: MarkedText, language: ListedLanguage, words: Word[]) => Occurrence[];
}

const listed =
  (lists: { readonly [Language in ListedLanguage]: RegExp }): Kind['find'] =>
  (marked, language) =>
    findPhrases(marked, [lists[language]]);

const kinds: readonly Kind[] = [
  {
    reason: 'It fills time without saying anything; a short silence sounds surer.',
    find: fillersIn,
  },
  {
    reason: 'It takes back what you say; say it plainly, or say what you do not know.',
    find: hedgesIn,
  },
  {
    reason: 'It is vague; name the thing, the number or the person.',
    find: listed({
      en: phrase(
        'stuff|things?(?! to )|and so on|et cetera|etc|whatever|a lot of|lots of|somehow|something like that',
      ),
      pt: phrase(
        'coisas?|e tal|e tals|e assim por diante|etc|um monte de|de alguma forma|algo assim|negócio',
      ),
    }),
  },
  {
    reason: 'It claims to be true without showing it; give the fact instead.',
    find: listed({
      en: phrase('obviously|honestly|basically|literally|actually|clearly|to be honest|frankly|of course'),
      pt: phrase(
        'obviamente|honestamente|basicamente|literalmente|na verdade|claramente|pra ser sincer[ao]|para ser sincer[ao]|sinceramente|com certeza',
      ),
    }),
  },
  {
    reason: 'It is absolute and invites a counter-example; say how often, how many or who.',
    find: listed({
      en: phrase('always|never|everyone|everybody|nobody|no one'),
      pt: phrase('sempre|nunca|todo mundo|ninguém'),
    }),
  },
];

/** "Umm" and "um" are one word to avoid, shown as it was first said. */
const keyOf = (text: string): string =>
  text.replace(/^(u|e|é|h)[umhr]+$/, (sound) => [...new Set(sound)].join(''));

/** Fillers, hedges, vague words, assurances and absolutes, with every occurrence; the most frequent first. */
export function findWordsToAvoid(marked: MarkedText, language: ListedLanguage, words: Word[]): WordsToAvoid {
  const found = new Map<string, WordsToAvoid[number]>();
  for (const { reason, find } of kinds) {
    for (const occurrence of find(marked, language, words)) {
      const evidence = evidenceOf(words, occurrence);
      const text = (evidence.text ?? '').split(' ').map(normalised).join(' ');
      const key = keyOf(text);
      const known = found.get(key);
      if (known) known.evidence.push(evidence);
      else found.set(key, { text, reason, evidence: [evidence] });
    }
  }
  return [...found.values()].toSorted(
    (a, b) => b.evidence.length - a.evidence.length || (a.text < b.text ? -1 : 1),
  );
}
