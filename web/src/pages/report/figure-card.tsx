// How is one figure shown? Value, usual range, moments, and behind a disclosure how it was measured.
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Figure } from '../../../../domain/figure.ts';
import { formulas, type FormulaName } from '../../../../domain/formulas.ts';
import type { SeenLabels } from '../../../../domain/picture-labels.ts';
import { bandSourceOf, definitionOf, sourceOf, titleOf } from '../../../../report/catalogue.ts';
import { formatProvenance, formatStanding } from '../../../../report/format.ts';
import type { ReportLanguage } from '../../../../report/language.ts';
import { Button } from '../../ui/button.tsx';
import { FigureValue } from './figure-value.tsx';
import { momentSteps } from './moment-steps.ts';
import { Moments } from './moments.tsx';
import { usePlayback } from './playback-context.ts';
import { NextIcon, PreviousIcon } from './player-icons.tsx';
import { SaidText } from './said-text.tsx';
import { SeenThings } from './seen-things.tsx';

function Method({ name, language }: { readonly name: FormulaName; readonly language: ReportLanguage }) {
  const { band, source } = formulas[name];
  const bandSource = band && band.source !== source ? bandSourceOf(name, language) : null;
  return (
    <details className="method">
      <summary>{language.howMeasured}</summary>
      <dl>
        <dt>{language.definition}</dt>
        <SaidText as="dd" said={definitionOf(name, language)} />
        <dt>{language.source}</dt>
        <SaidText as="dd" said={sourceOf(name, language)} />
        {bandSource ? (
          <>
            <dt>{language.bandSource}</dt>
            <SaidText as="dd" said={bandSource} />
          </>
        ) : null}
      </dl>
    </details>
  );
}

interface StepsProps {
  readonly figure: Extract<Figure, { readonly evidence: readonly unknown[] }>;
  readonly title: string;
}

function Steps({ figure: { evidence }, title }: StepsProps) {
  const { t } = useTranslation('report');
  const playback = usePlayback();
  const go = (direction: 'previous' | 'next'): void => {
    const target = momentSteps(evidence, playback.position())[direction];
    if (target) playback.seek(target.startSeconds, { play: true });
  };
  return (
    <div className="figure-steps">
      <Button
        kind="quiet"
        size="small"
        icon={<PreviousIcon />}
        aria-label={t('previousMoment', { figure: title })}
        onPress={() => go('previous')}
      />
      <Button
        kind="quiet"
        size="small"
        icon={<NextIcon />}
        aria-label={t('nextMoment', { figure: title })}
        onPress={() => go('next')}
      />
    </div>
  );
}

interface FigureCardProps {
  readonly figure: Figure;
  readonly labels: SeenLabels | null;
  readonly language: ReportLanguage;
  readonly isChosen: boolean;
  /** Another value than the report's own, because a threshold was moved. */
  readonly isChanged: boolean;
  readonly onChoose: (name: FormulaName) => void;
}

const standingClass = (figure: Figure): string =>
  figure.value === null ? 'unknown' : (figure.standing ?? 'open');

export const FigureCard = memo(function FigureCard(props: FigureCardProps) {
  const { figure, labels, language, isChosen, isChanged, onChoose } = props;
  const { t } = useTranslation('report');
  const name = figure.formula;
  const title = titleOf(name, language);
  const hasMoments = figure.value !== null && figure.evidence.length > 0;
  const marks = `${isChosen ? ' is-chosen' : ''}${isChanged ? ' is-changed' : ''}`;
  return (
    <article className={`card figure is-${standingClass(figure)}${marks}`} id={`figure-${name}`}>
      <header>
        <h4>{title}</h4>
        <span className="standing">{formatStanding(figure, language)}</span>
      </header>
      {isChanged ? <p className="changed">{t('thresholds.changed')}</p> : null}
      <FigureValue figure={figure} language={language} onPress={hasMoments ? () => onChoose(name) : null} />
      {hasMoments ? (
        <div className="figure-moments">
          {name === 'objects' && labels ? (
            <SeenThings labels={labels} language={language} />
          ) : (
            <Moments evidence={figure.evidence} />
          )}
          {figure.evidence.length > 1 ? <Steps figure={figure} title={title} /> : null}
        </div>
      ) : null}
      <footer>
        <Method name={name} language={language} />
        <span className="provenance" title={language.from}>
          {formatProvenance(figure.provenance, language)}
        </span>
      </footer>
    </article>
  );
});
