// How does a figure change from attempt to attempt, as a picture and as a table?
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordView } from '../../../../domain/api/shapes.ts';
import { formulas } from '../../../../domain/formulas.ts';
import { titleOf } from '../../../../report/catalogue.ts';
import { formatBand, formatNumber, formatValue } from '../../../../report/format.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { Loading } from '../../ui/query-state.tsx';
import { Select } from '../../ui/select.tsx';
import { useReportLanguage } from '../report/use-report-language.ts';
import { trendNames, trendOf, type TrendName, type TrendPoint } from './trend.ts';

const TrendChart = lazy(() => import('./trend-chart.tsx'));

interface TrendCardProps {
  readonly records: readonly RecordView[];
  /** Only attempts at this question; `null` for all. */
  readonly question: string | null;
}

interface TrendTableProps {
  readonly points: readonly TrendPoint[];
  readonly title: string;
  readonly format: (value: number) => string;
}

function TrendTable({ points, title, format }: TrendTableProps) {
  const { t } = useTranslation('attempts');
  const formats = useFormats();
  return (
    <details className="trend-table">
      <summary>{t('trend.asTable')}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('trend.when')}</th>
            <th scope="col">{title}</th>
          </tr>
        </thead>
        <tbody>
          {points.map(({ recordId, at, value }) => (
            <tr key={recordId}>
              <td>
                <Link to="/records/$recordId" params={{ recordId }}>
                  {formats.dateTime(at)}
                </Link>
              </td>
              <td>{format(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** Nothing while there are not two attempts with a known value. */
export function TrendCard({ records, question }: TrendCardProps) {
  const { t } = useTranslation('attempts');
  const language = useReportLanguage();
  const [wanted, setWanted] = useState<TrendName>('structureScore');
  const asked = useMemo(
    () => (question === null ? records : records.filter((record) => record.question === question)),
    [records, question],
  );
  const names = useMemo(() => trendNames(asked), [asked]);
  const name = names.includes(wanted) ? wanted : names[0];
  const points = useMemo(() => (name ? trendOf(asked, name, null) : []), [asked, name]);
  if (!name) return null;
  const labelOf = (one: TrendName): string =>
    one === 'structureScore' ? t('trend.structure') : titleOf(one, language);
  const formula = name === 'structureScore' ? null : formulas[name];
  const whole = formula === null ? 100 : formula.unit === 'ratio' ? 1 : null;
  const format = (value: number): string => {
    if (!formula) return formatNumber(value, language);
    const { number, unit } = formatValue(value, formula.unit, language);
    return `${number} ${unit}`;
  };
  return (
    <section className="card trend" aria-labelledby="trend-title">
      <div className="row row-between">
        <h2 id="trend-title">{t('trend.title')}</h2>
        <Select
          label={t('trend.figure')}
          hidesLabel
          choices={names.map((value) => ({ value, label: labelOf(value) }))}
          value={name}
          onChange={setWanted}
        />
      </div>
      <p className="muted small" dir="auto">
        {question ?? t('trend.allQuestions')}
        {formula?.band ? ` · ${language.usual} ${formatBand(formula.band, formula.unit, language)}` : null}
      </p>
      <div className="trend-picture" aria-hidden="true">
        <Suspense fallback={<Loading />}>
          <TrendChart
            points={points}
            band={formula?.band ?? null}
            whole={whole}
            format={format}
            label={labelOf(name)}
          />
        </Suspense>
      </div>
      <TrendTable points={points} title={labelOf(name)} format={format} />
    </section>
  );
}
