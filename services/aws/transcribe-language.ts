// In which of its languages shall Amazon Transcribe listen?
import { LanguageCode, type StartTranscriptionJobRequest } from '@aws-sdk/client-transcribe';
import { ServiceRejected } from '../../domain/errors.ts';
import { languageTag } from '../../domain/transcripts/language-tag.ts';

const codes: ReadonlySet<string> = new Set(Object.values(LanguageCode));

/** Where the likeliest region of a language (CLDR) is none of Transcribe's, or Transcribe calls the language otherwise. */
const ownNames: Readonly<Record<string, LanguageCode>> = {
  ar: 'ar-SA',
  'es-419': 'es-US',
  fil: 'tl-PH',
  nb: 'no-NO',
  nn: 'no-NO',
  yue: 'zh-HK',
};

/** BCP 47 for "nobody knows". */
const undetermined = 'und';

const isCode = (code: string): code is LanguageCode => codes.has(code);

/** `en` with a region that Transcribe does not know is still English; script and variants do not matter to the ear. */
function candidates(tag: string): string[] {
  const given = new Intl.Locale(tag);
  const likely = new Intl.Locale(given.language).maximize();
  const { language } = given;
  return [
    ownNames[tag],
    `${language}-${given.maximize().region ?? ''}`,
    ownNames[language],
    `${language}-${likely.region ?? ''}`,
    Object.values(LanguageCode).find((code) => code.startsWith(`${language}-`)),
  ].filter((code) => code !== undefined);
}

/**
 * Transcribe's code for a BCP 47 tag: the same region where there is one, else the language's likeliest region.
 * @throws ServiceRejected (UPSTREAM) for a language that Transcribe does not know
 */
export function transcribeLanguage(language: string): LanguageCode {
  const tag = languageTag(language) ?? undetermined;
  const code = tag === undetermined ? undefined : candidates(tag).find(isCode);
  if (code !== undefined) return code;
  throw new ServiceRejected('UPSTREAM', `Amazon Transcribe does not know the language ${language}.`);
}

type LanguageChoice = Pick<
  StartTranscriptionJobRequest,
  'LanguageCode' | 'IdentifyLanguage' | 'LanguageOptions'
>;

/**
 * The language if it is known, else the choice between `among` (none: all that Transcribe can tell apart). Options want
 * at least two languages, and Transcribe advises against more than five.
 */
export function languageChoice(language: string | null, among: readonly string[]): LanguageChoice {
  if (language !== null && language !== undetermined) return { LanguageCode: transcribeLanguage(language) };
  const [first, ...others] = new Set(among.map(transcribeLanguage));
  if (first === undefined) return { IdentifyLanguage: true };
  if (others.length === 0) return { LanguageCode: first };
  return { IdentifyLanguage: true, LanguageOptions: [first, ...others] };
}
