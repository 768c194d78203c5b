// How is the transcript shown? Paragraphs with their time, each word with its own, marked where a figure points at it.
import type { Report } from '../../domain/report.ts';
import type { Transcript, Word } from '../../domain/transcript.ts';
import type { Evidence } from '../../domain/figure.ts';
import { asSentence, clock, formatSource } from '../report-format.ts';
import type { ReportLanguage } from '../report-language.ts';
import { wordKinds } from './lanes.ts';
import { markup } from './markup.ts';
import type { Markup } from './markup.ts';

/** A silence this long starts a new paragraph. */
const paragraphPauseSeconds = 1.5;
/** After this many words the next end of a sentence starts a new paragraph. */
const longParagraphWords = 40;

/** Words grouped for reading: at pauses, and at ends of sentences once a paragraph is long. */
export function paragraphsOf(words: readonly Word[]): Word[][] {
  const paragraphs: Word[][] = [];
  for (const word of words) {
    const current = paragraphs.at(-1);
    const last = current?.at(-1);
    const startsNew =
      !current ||
      !last ||
      word.startSeconds - last.endSeconds >= paragraphPauseSeconds ||
      (current.length >= longParagraphWords && /[.?!]["”’']?$/.test(last.text));
    if (startsNew) paragraphs.push([word]);
    else current.push(word);
  }
  return paragraphs;
}

type MarkedEvidence = readonly {
  readonly kind: 'filler' | 'hedge' | 'repeat';
  readonly evidence: readonly Evidence[];
}[];

const covers = (evidence: Evidence, word: Word): boolean => {
  const middle = (word.startSeconds + word.endSeconds) / 2;
  return middle >= evidence.startSeconds && middle <= evidence.endSeconds;
};

function drawWord(word: Word, marked: MarkedEvidence, language: ReportLanguage): Markup {
  const kind = marked.find((one) => one.evidence.some((evidence) => covers(evidence, word)))?.kind;
  const times = markup`data-at="${word.startSeconds}" data-end="${word.endSeconds}"`;
  if (kind === undefined) return markup`<span class="word" ${times}>${word.text}</span> `;
  return markup`<mark class="word said-${kind}" ${times} title="${language.marks[kind]}">${word.text}<span class="unseen"> (${language.marks[kind]})</span></mark> `;
}

function body(transcript: Transcript, report: Report, language: ReportLanguage): Markup {
  const marked = wordKinds.map(({ kind, figure: name }) => {
    const figure = report.figures[name];
    return { kind, evidence: figure.value === null ? [] : figure.evidence };
  });
  const paragraphs = paragraphsOf(transcript.words).map((words) => {
    const at = words[0]?.startSeconds ?? 0;
    return markup`<div class="paragraph"><button type="button" class="stamp" data-at="${at}">${clock(at)}</button><p lang="${transcript.language}" dir="auto">${words.map((word) => drawWord(word, marked, language))}</p></div>`;
  });
  const key = wordKinds.map(
    ({ kind }) => markup`<li><span class="said-${kind}">${language.marks[kind]}</span></li>`,
  );
  return markup`<ul class="key">${key}</ul>
<div class="words" id="words" tabindex="0" role="region" aria-label="${language.transcriptKeys}">${paragraphs}</div>
<p class="hint">${language.transcriptSource(formatSource(transcript.source, language), transcript.language)}${
    transcript.timing === 'cue' ? ` ${language.cueTiming}` : null
  }</p>`;
}

/** The section; without a transcript it says why there is none. */
export function transcriptSection(report: Report, language: ReportLanguage): Markup {
  const { transcript } = report;
  return markup`<section class="card transcript" aria-labelledby="transcript-title"><h2 id="transcript-title">${language.transcript}</h2>${
    transcript && transcript.words.length > 0
      ? body(transcript, report, language)
      : markup`<p>${language.noTranscript}</p><p class="muted" dir="auto">${asSentence(report.transcriptReason ?? '')}</p>`
  }</section>`;
}
