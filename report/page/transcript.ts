// How is the transcript shown? Paragraphs with their time, each word with its own, marked where a figure points at it.
import type { Report } from '../../domain/report.ts';
import type { Transcript } from '../../domain/transcript.ts';
import { sentenceOf } from '../catalogue.ts';
import { asSentence, clock, formatSource } from '../format.ts';
import type { ReportLanguage } from '../language.ts';
import { wordKinds } from '../marks.ts';
import type { MarkedWord } from '../paragraphs.ts';
import { markWords, paragraphsOf } from '../paragraphs.ts';
import { langOf, markup } from './markup.ts';
import type { Markup } from './markup.ts';

function drawWord({ kind, text, startSeconds, endSeconds }: MarkedWord, language: ReportLanguage): Markup {
  const times = markup`data-at="${startSeconds}" data-end="${endSeconds}"`;
  if (kind === null) return markup`<span class="word" ${times}>${text}</span> `;
  return markup`<mark class="word said-${kind}" ${times} title="${language.marks[kind]}">${text}<span class="unseen"> (${language.marks[kind]})</span></mark> `;
}

function body(transcript: Transcript, report: Report, language: ReportLanguage): Markup {
  const paragraphs = paragraphsOf(markWords(transcript, report.figures)).map((words) => {
    const at = words[0]?.startSeconds ?? 0;
    return markup`<div class="paragraph"><button type="button" class="stamp" data-at="${at}">${clock(at)}</button><p lang="${transcript.language}" dir="auto">${words.map((word) => drawWord(word, language))}</p></div>`;
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
  const reason = sentenceOf(report.transcriptReason ?? '', language);
  return markup`<section class="card transcript" aria-labelledby="transcript-title"><h2 id="transcript-title">${language.transcript}</h2>${
    transcript && transcript.words.length > 0
      ? body(transcript, report, language)
      : markup`<p>${language.noTranscript}</p><p class="muted" dir="auto"${langOf(reason)}>${asSentence(reason.text)}</p>`
  }</section>`;
}
