// How do the figures of two attempts stand beside each other?
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Figure } from '../../../../domain/figure.ts';
import { formulas } from '../../../../domain/formulas.ts';
import type { Report } from '../../../../domain/report.ts';
import { sentenceOf, titleOf } from '../../../../report/catalogue.ts';
import { formatBand, formatStanding, formatValue } from '../../../../report/format.ts';
import type { ReportLanguage } from '../../../../report/language.ts';
import { SaidText } from '../report/said-text.tsx';
import { useReportLanguage } from '../report/use-report-language.ts';
import { compareFigures, type ComparedFigure } from './comparison.ts';

interface CellProps {
  readonly figure: Figure;
  readonly language: ReportLanguage;
  readonly isBetter: boolean;
}

function Value({ figure, language, isBetter }: CellProps) {
  const { t } = useTranslation('compare');
  if (figure.value === null) {
    const reason = sentenceOf(figure.reason, language);
    return (
      <td className="compare-missing">
        <span aria-hidden="true">{language.dash}</span>
        <SaidText said={reason} className="small muted" />
      </td>
    );
  }
  const { number, unit } = formatValue(figure.value, figure.unit, language);
  return (
    <td className={isBetter ? 'is-better' : undefined}>
      <strong>{number}</strong> {unit}
      <span className="compare-standing small muted">
        {figure.standing === null ? null : formatStanding(figure, language)}
        {isBetter ? <span className="better-mark"> ✓ {t('better')}</span> : null}
      </span>
    </td>
  );
}

function Difference({ row, language }: { readonly row: ComparedFigure; readonly language: ReportLanguage }) {
  const { t } = useTranslation('compare');
  if (row.difference === null) return <td>{language.dash}</td>;
  if (row.difference === 0) return <td className="muted">{t('same')}</td>;
  const { number, unit } = formatValue(Math.abs(row.difference), row.left.unit, language);
  const sign = row.difference > 0 ? '+' : '−';
  return (
    <td className="compare-difference">
      {sign}
      {number} {unit}
    </td>
  );
}

interface CompareTableProps {
  readonly left: Report;
  readonly right: Report;
}

/** One row for each figure; which side is nearer to the usual range is said in words, too. */
export function CompareTable({ left, right }: CompareTableProps) {
  const { t } = useTranslation('compare');
  const language = useReportLanguage();
  const rows = useMemo(() => compareFigures(left, right), [left, right]);
  return (
    <section className="card" aria-labelledby="compare-figures">
      <h2 id="compare-figures">{language.figures}</h2>
      {/* What scrolls sideways on a phone must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="compare-scroll" role="group" aria-labelledby="compare-figures" tabIndex={0}>
        <table className="compare-table">
          <thead>
            <tr>
              <th scope="col">{t('figure')}</th>
              <th scope="col">{t('leftColumn')}</th>
              <th scope="col">{t('rightColumn')}</th>
              <th scope="col">{t('difference')}</th>
            </tr>
          </thead>
          {(['video', 'audio', 'text'] as const).map((group) => (
            <tbody key={group}>
              <tr>
                <th scope="rowgroup" colSpan={4} className="compare-group">
                  {language.groups[group]}
                </th>
              </tr>
              {rows
                .filter((row) => row.group === group)
                .map((row) => {
                  const { band, unit } = formulas[row.name];
                  return (
                    <tr key={row.name}>
                      <th scope="row">
                        {titleOf(row.name, language)}
                        {band ? (
                          <span className="small muted">
                            {language.usual} {formatBand(band, unit, language)}
                          </span>
                        ) : null}
                      </th>
                      <Value figure={row.left} language={language} isBetter={row.better === 'left'} />
                      <Value figure={row.right} language={language} isBetter={row.better === 'right'} />
                      <Difference row={row} language={language} />
                    </tr>
                  );
                })}
            </tbody>
          ))}
        </table>
      </div>
    </section>
  );
}
