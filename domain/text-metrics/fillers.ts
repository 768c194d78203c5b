// Which words fill time without saying anything?
import type { Transcript } from '../transcript.ts';
import type { ListedLanguage } from './languages.ts';
import { listedLanguage } from './languages.ts';
import type { MarkedText, Occurrence } from './marked-text.ts';
import { findPhrases, markedText, phrase } from './marked-text.ts';

const hesitation = 'u+h*m+|u+h+|e+r+m*|e+h+m+|h+m+|m{2,}';
const being = "(?:is|was|are|were|am|be|been|[a-z]+'(?:m|s|re))";
const opening = `(?:[.,]|and|but|so|then|because|well|yeah|no|just|or|${hesitation})`;
const person = '(?:i|we|they|he|she|it|you)';

// "like" counts only where it cannot be a verb or a comparison: "I like to", "looks like", "like this" never match.
const like = [
  phrase('like(?<= [.,] like)(?= ,)'),
  phrase(`like(?<= ${being} like)(?<!what (?:it|that|this) (?:is|was) like)(?= ,)`),
  phrase(`like(?<= (?:${hesitation}) (?:, )?like)(?! (?:this|that|these|those|to|the|a) )`),
  phrase(
    `like(?<!(?: (?:i|we|you|they|to|would|really|also)|'d|n't) like)(?= (?:, )?(?:${hesitation}|like) )`,
  ),
  phrase(
    `like(?<= ${being} like)(?= (?:\\d+|really|totally|super|very|completely|literally|so|wow|oh|yeah|okay|a (?:lot|hundred|thousand|million)|(?:twen|thir|for|fif|six|seven|eigh|nine)ty) )`,
  ),
  phrase(
    `like(?<= (?:and|but|so|then|because) like)(?= ${person} )(?! ${person} (?:said|say|says|did|do|does|told|mentioned|or) )`,
  ),
];

const complement =
  '(?:what|how|that|who|where|when|why|if|whether|the|an?|this|these|those|him|her|it|me|us|them|my|your|our|his|their|about|of|anything|something|nothing|everything|exactly|more|better|enough|each|every|all)';

const youKnow = phrase(
  `you know(?<= (?:[.,]|and|but|so|then|because|was|is|well|just|like|or|with|of|to|an?|the|yeah|[a-z]+'s|${hesitation}) you know)(?= [,.])`,
);
const youKnowUnmarked = phrase(
  `you know(?<= (?:\\.|and|but|then|because|was|is|well|just|like|or|yeah|${hesitation}) you know)(?! ${complement} )`,
);

const clause = `(?:i|we|he|she|they|there|there's|it's|that's|let's|not|obviously|basically|(?:it|that|this|you) (?:was|were|is|are|had|took|would|could|can|did|didn't|wasn't|isn't|have|has))`;
const iMean = phrase(`i mean(?<= ${opening} i mean)(?= (?:,|${clause}) )`);

const kindOfThing =
  '(?:an?|the|this|that|these|those|some|any|every|what|which|one|no|same|another|each|all|other|different|new|right|wrong|certain|similar|particular|special|best|weird|strange|odd|good|bad|funny|whole)';
const sortOf = phrase(`sort of(?<! ${kindOfThing} sort of)(?! (?:things?|person|people) )|sorta`);

/** "kind of" where it softens what follows; not in "a kind of test". A hedge, kept beside its twin. */
export const softeningKindOf = `kind of(?<! ${kindOfThing} kind of)(?! (?:things?|person|people) )|kinda`;

const english = [
  // "5 mm" is a length.
  phrase(`(?<!\\d )(?:${hesitation})`),
  ...like,
  youKnow,
  iMean,
  sortOf,
];

const typeOf =
  '(?:um|uns|o|os|esse|este|aquele|do|desse|deste|que|qual|outro|algum|mesmo|de|no|cada|todo|nenhum|novo)';
const portuguese = [
  // "um" is an article and "é" a verb in Portuguese: the first never counts, the second by pattern.
  phrase('h+u+m+|h+ã+|ã+h+|a+h+n+|h+m+|é+h+m*|u+h+m+|u+h+|né'),
  phrase('é(?<= [.,] é)(?= ,)|é(?= (?:, )?é )'),
  phrase(`tipo assim|tipo(?<! ${typeOf} tipo)(?= ,)`),
  phrase('sabe(?<= , sabe)(?= [,.])|entendeu(?<= , entendeu)(?= \\.)'),
  phrase('então(?<= \\. então)(?= ,)'),
  phrase('quer dizer(?<= [.,] quer dizer)(?= ,)|assim(?<= , assim)(?= ,)'),
];

const lists: { readonly [Language in ListedLanguage]: readonly RegExp[] } = { en: english, pt: portuguese };

/** Fillers in marked text of a language that has a list. */
export function fillersIn(
  marked: MarkedText,
  language: ListedLanguage,
  words: Transcript['words'],
): Occurrence[] {
  // Without a single comma the recogniser did not write any: then the words alone must decide.
  const unmarked = language === 'en' && !marked.marks.includes(',');
  const patterns = unmarked ? [...lists[language], youKnowUnmarked] : lists[language];
  return findPhrases(marked, patterns).filter(
    // "the ER" is a room in a hospital.
    ({ firstIndex }) => words[firstIndex]?.text.replaceAll(/\P{L}/gu, '') !== 'ER',
  );
}

/** Every filler by the indexes of its words; `null` when there is no list for the transcript's language. */
export function findFillers(transcript: Transcript): Occurrence[] | null {
  const language = listedLanguage(transcript.language);
  return language && fillersIn(markedText(transcript.words), language, transcript.words);
}
