// Which words take back what is said?
import type { Transcript } from '../transcript.ts';
import { softeningKindOf } from './fillers.ts';
import type { ListedLanguage } from './languages.ts';
import { listedLanguage } from './languages.ts';
import type { MarkedText, Occurrence } from './marked-text.ts';
import { findPhrases, markedText, phrase } from './marked-text.ts';

const lists: { readonly [Language in ListedLanguage]: readonly RegExp[] } = {
  en: [
    phrase(
      'maybe|perhaps|probably|possibly|presumably|supposedly|apparently|seemingly|hopefully|somewhat|more or less|pretty much|in a way|to some extent',
    ),
    // "What I think" and "I think about" state something.
    phrase(
      'i (?:just )?(?:think|guess|suppose|believe)(?<! (?:what|how|when|as|than|before|if|the way) i (?:think|guess|suppose|believe))(?! (?:about|of|through|in|up|ahead|differently) )',
    ),
    phrase("i feel like|i'm not (?:really |entirely |quite )?sure|it seem(?:s|ed)(?: like)?"),
    phrase('a (?:little )?bit(?! of )'),
    phrase(softeningKindOf),
  ],
  pt: [
    phrase(
      'talvez|provavelmente|possivelmente|quem sabe|mais ou menos|meio que|de certa forma|de certo modo|se não me engano',
    ),
    phrase(
      '(?:eu )?(?:acho|acredito|creio|imagino|suponho) que|eu acho|não sei se|parece que|um pouco(?! de )',
    ),
  ],
};

/** Hedges in marked text of a language that has a list. */
export const hedgesIn = (marked: MarkedText, language: ListedLanguage): Occurrence[] =>
  findPhrases(marked, lists[language]);

/** Every hedge by the indexes of its words; `null` when there is no list for the transcript's language. */
export function findHedges(transcript: Transcript): Occurrence[] | null {
  const language = listedLanguage(transcript.language);
  return language && hedgesIn(markedText(transcript.words), language);
}
