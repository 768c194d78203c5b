// What does a figure say: its value with its usual range, or why it is not known?
import { useTranslation } from 'react-i18next';
import type { Figure } from '../../../../domain/figure.ts';
import { formulas } from '../../../../domain/formulas.ts';
import { sentenceOf } from '../../../../report/catalogue.ts';
import { formatBand, formatValue } from '../../../../report/format.ts';
import type { ReportLanguage } from '../../../../report/language.ts';
import { RangeBar } from './range-bar.tsx';
import { SaidText } from './said-text.tsx';

interface FigureValueProps {
  readonly figure: Figure;
  readonly language: ReportLanguage;
  /** `null` where no moment stands behind the value. */
  readonly onPress: (() => void) | null;
}

/** The value is a button where moments stand behind it. */
export function FigureValue({ figure, language, onPress }: FigureValueProps) {
  const { t } = useTranslation('report');
  if (figure.value === null) {
    return (
      <p className="value">
        <span className="number">
          <span aria-hidden="true">{language.dash}</span>
          <span className="visually-hidden">{language.unknown}:</span>
        </span>{' '}
        <SaidText said={sentenceOf(figure.reason, language)} className="reason" />
      </p>
    );
  }
  const { number, unit } = formatValue(figure.value, figure.unit, language);
  const { band } = formulas[figure.formula];
  const shown = (
    <>
      <span className="number">{number}</span> <span className="unit">{unit}</span>
    </>
  );
  return (
    <>
      {onPress ? (
        <button type="button" className="value value-button" onClick={onPress}>
          {shown}
          <span className="visually-hidden">. {t('goToMoments', { count: figure.evidence.length })}</span>
          <span className="value-count" aria-hidden="true">
            {t('moments', { count: figure.evidence.length })}
          </span>
        </button>
      ) : (
        <p className="value">{shown}</p>
      )}
      {band ? (
        <>
          <RangeBar value={figure.value} band={band} unit={figure.unit} />
          <p className="band">
            {language.usual} {formatBand(band, figure.unit, language)}
          </p>
        </>
      ) : null}
    </>
  );
}
