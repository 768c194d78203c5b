// What was said? The words follow the player, and the player the words.
import { memo, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Report } from '../../../../domain/report.ts';
import type { Transcript } from '../../../../domain/transcript.ts';
import { sentenceOf } from '../../../../report/catalogue.ts';
import { asSentence, formatSource } from '../../../../report/format.ts';
import { wordKinds } from '../../../../report/marks.ts';
import type { ReportLanguage } from '../../../../report/language.ts';
import { markWords, paragraphsOf } from '../../../../report/paragraphs.ts';
import { SaidText } from './said-text.tsx';
import { TranscriptWords } from './transcript-words.tsx';
import { useSpokenWord } from './use-spoken-word.ts';

interface BodyProps {
  readonly report: Report;
  readonly transcript: Transcript;
  readonly language: ReportLanguage;
  readonly title: string | undefined;
}

function Body({ report, transcript, language, title }: BodyProps) {
  const { t } = useTranslation('report');
  const region = useRef<HTMLDivElement>(null);
  const [isFollowing, setIsFollowing] = useState(true);
  const { words, language: tag, source, timing } = transcript;
  const { figures } = report;
  const paragraphs = useMemo(() => paragraphsOf(markWords(transcript, figures)), [transcript, figures]);
  useSpokenWord({ region, words, isFollowing });
  return (
    <>
      <div className="row row-between">
        <ul className="key">
          {wordKinds.map(({ kind }) => (
            <li key={kind}>
              <span className={`said-${kind}`}>{language.marks[kind]}</span>
            </li>
          ))}
        </ul>
        <label className="check small">
          <input
            type="checkbox"
            checked={isFollowing}
            onChange={(event) => setIsFollowing(event.currentTarget.checked)}
          />
          {t('follow')}
        </label>
      </div>
      {/* What scrolls must be reachable by keyboard; the arrow keys go from word to word. */}
      {/* oxlint-disable jsx-a11y/no-noninteractive-tabindex */}
      <section
        ref={region}
        className="words"
        tabIndex={0}
        aria-label={title === undefined ? language.transcriptKeys : `${title}. ${language.transcriptKeys}`}
      >
        {/* oxlint-enable jsx-a11y/no-noninteractive-tabindex */}
        <TranscriptWords paragraphs={paragraphs} tag={tag} marks={language.marks} />
      </section>
      <p className="hint">
        {language.transcriptSource(formatSource(source, language), tag)}
        {timing === 'cue' ? ` ${language.cueTiming}` : null}
      </p>
    </>
  );
}

interface TranscriptSectionProps {
  readonly report: Report;
  readonly language: ReportLanguage;
  /** Heading of the section; the default says that it is what was said. */
  readonly title?: string;
}

/** Without a transcript it says why there is none. */
export const TranscriptSection = memo(function TranscriptSection(props: TranscriptSectionProps) {
  const { report, language, title } = props;
  const { transcript, transcriptReason } = report;
  const reason = sentenceOf(transcriptReason ?? '', language);
  return (
    <section className="card transcript" aria-label={title ?? language.transcript}>
      <h2>{title ?? language.transcript}</h2>
      {transcript && transcript.words.length > 0 ? (
        <Body report={report} transcript={transcript} language={language} title={title} />
      ) : (
        <>
          <p>{language.noTranscript}</p>
          <SaidText as="p" className="muted" said={{ ...reason, text: asSentence(reason.text) }} />
        </>
      )}
    </section>
  );
});
