// How is the answer built? Who judged stands first, then each statement with the words behind it.
import { memo } from 'react';
import type { Assessment, Point, StarPart } from '../../../../domain/assessment.ts';
import type { FormulaName } from '../../../../domain/formulas.ts';
import type { Report } from '../../../../domain/report.ts';
import { judgementOf, sentenceOf, titleOf } from '../../../../report/catalogue.ts';
import { asSentence, originOf } from '../../../../report/format.ts';
import type { ReportLanguage } from '../../../../report/language.ts';
import { Moments } from './moments.tsx';
import { SaidText } from './said-text.tsx';

const starParts: readonly StarPart[] = ['situation', 'task', 'action', 'result'];

interface PartProps {
  readonly assessment: Assessment;
  readonly language: ReportLanguage;
}

function Star({ assessment: { star }, language }: PartProps) {
  const present = starParts.filter((part) => star[part].length > 0).length;
  return (
    <>
      <h3>
        {language.structure} <span className="aside">{language.structureOf(present)}</span>
      </h3>
      <ol className="star">
        {starParts.map((part) => (
          <li key={part} className={`star-part ${star[part].length > 0 ? 'is-present' : 'is-missing'}`}>
            <h4>
              <span className="letter" aria-hidden="true">
                {language.star[part].slice(0, 1)}
              </span>
              {language.star[part]}
            </h4>
            {star[part].length > 0 ? (
              <Moments evidence={star[part]} />
            ) : (
              <p className="muted">{language.partMissing}</p>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}

interface PointsProps extends PartProps {
  readonly kind: 'strong' | 'weak';
  readonly onFigure: (name: FormulaName) => void;
}

function Points({ assessment, language, kind, onFigure }: PointsProps) {
  const points: readonly Point[] = kind === 'strong' ? assessment.strengths : assessment.weaknesses;
  return (
    <div className={`points points-${kind}`}>
      <h3>{kind === 'strong' ? language.strengths : language.weaknesses}</h3>
      {points.length === 0 ? <p className="muted">{language.noPoints}</p> : null}
      <ol>
        {points.map(({ statement, figure, evidence }) => (
          <li key={statement}>
            <SaidText as="p" said={judgementOf(statement, assessment.provenance, language)} />
            {figure === null ? null : (
              <button type="button" className="figure-link" onClick={() => onFigure(figure)}>
                {titleOf(figure, language)}
              </button>
            )}
            <Moments evidence={evidence} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function WordsToAvoid({ assessment, language }: PartProps) {
  const { wordsToAvoid, provenance } = assessment;
  return (
    <>
      <h3>{language.wordsToAvoid}</h3>
      {wordsToAvoid.length === 0 ? <p className="muted">{language.noPoints}</p> : null}
      <ul className="avoid">
        {wordsToAvoid.map(({ text, reason, evidence }) => (
          <li key={text}>
            <p>
              <q dir="auto">{text}</q> <span className="aside">{language.times(evidence.length)}</span>
            </p>
            <SaidText as="p" className="muted" said={judgementOf(reason, provenance, language)} />
            <Moments
              evidence={evidence.map(({ startSeconds, endSeconds }) => ({ startSeconds, endSeconds }))}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

interface AssessmentSectionProps {
  readonly report: Report;
  readonly language: ReportLanguage;
  /** Goes to a figure. */
  readonly onFigure: (name: FormulaName) => void;
}

/** Without an assessment it says why there is none (A85). */
export const AssessmentSection = memo(function AssessmentSection(props: AssessmentSectionProps) {
  const { report, language, onFigure } = props;
  const { assessment, assessmentReason } = report;
  const reason = sentenceOf(assessmentReason ?? '', language);
  return (
    <section className="card assessment" aria-labelledby="assessment-title">
      <h2 id="assessment-title">{language.assessment}</h2>
      {assessment ? (
        <>
          <SaidText
            as="p"
            className="summary"
            said={judgementOf(assessment.summary, assessment.provenance, language)}
          />
          <p className="origin">{originOf(assessment.provenance, language)}</p>
          <Star assessment={assessment} language={language} />
          <div className="two">
            <Points assessment={assessment} language={language} kind="strong" onFigure={onFigure} />
            <Points assessment={assessment} language={language} kind="weak" onFigure={onFigure} />
          </div>
          <WordsToAvoid assessment={assessment} language={language} />
        </>
      ) : (
        <>
          <p>{language.noAssessment}</p>
          <SaidText as="p" className="muted" said={{ ...reason, text: asSentence(reason.text) }} />
        </>
      )}
    </section>
  );
});
