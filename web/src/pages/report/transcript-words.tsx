// How do thousands of words stand on the page, each one a way to its moment?
import { memo, useDeferredValue } from 'react';
import type { ReportLanguage } from '../../../../report/language.ts';
import type { MarkedWord } from '../../../../report/paragraphs.ts';
import { clock } from '../../../../report/format.ts';

interface ParagraphProps {
  readonly words: readonly MarkedWord[];
  readonly tag: string;
  readonly marks: ReportLanguage['marks'];
}

/** Words are found again by `data-word`; presses on them by `data-at`. A browser lays out only what is near. */
const Paragraph = memo(({ words, tag, marks }: ParagraphProps) => {
  const at = words[0]?.startSeconds ?? 0;
  return (
    <div className="paragraph">
      <button type="button" className="stamp" data-at={at}>
        {clock(at)}
      </button>
      <p lang={tag} dir="auto">
        {words.map(({ index, kind, text, startSeconds }) => [
          kind === null ? (
            <span key={index} className="word" data-word={index} data-at={startSeconds}>
              {text}
            </span>
          ) : (
            <mark
              key={index}
              className={`word said-${kind}`}
              data-word={index}
              data-at={startSeconds}
              title={marks[kind]}
            >
              {text}
              <span className="visually-hidden"> ({marks[kind]})</span>
            </mark>
          ),
          ' ',
        ])}
      </p>
    </div>
  );
});

interface TranscriptWordsProps extends Omit<ParagraphProps, 'words'> {
  readonly paragraphs: readonly (readonly MarkedWord[])[];
}

/** Paragraphs that fill the window; the others follow without holding anything up. */
const firstParagraphs = 8;

export const TranscriptWords = memo(({ paragraphs, tag, marks }: TranscriptWordsProps) => {
  const shown = useDeferredValue(paragraphs, paragraphs.slice(0, firstParagraphs));
  return shown.map((words) => <Paragraph key={words[0]?.index ?? 0} words={words} tag={tag} marks={marks} />);
});
