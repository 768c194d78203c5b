// What would the figures of the picture be with other thresholds? Computed here, at once, and never kept.
import { useTranslation } from 'react-i18next';
import type { FormulaName } from '../../../../domain/formulas.ts';
import type { Report } from '../../../../domain/report.ts';
import type { VideoThresholds } from '../../../../domain/video-thresholds.ts';
import { titleOf } from '../../../../report/catalogue.ts';
import { formatValue } from '../../../../report/format.ts';
import type { ReportLanguage } from '../../../../report/language.ts';
import { Button } from '../../ui/button.tsx';
import { RedoIcon } from '../../ui/icons.tsx';
import { areDefaults, defaultThresholds, thresholdFields } from './threshold-fields.ts';
import { ThresholdSlider } from './threshold-slider.tsx';

interface ThresholdsPanelProps {
  readonly original: Report;
  readonly shown: Report;
  readonly changed: ReadonlySet<FormulaName>;
  readonly thresholds: VideoThresholds;
  readonly language: ReportLanguage;
  readonly onChange: (thresholds: VideoThresholds) => void;
}

/** Value before and after, for each figure that became another. */
function Changes({
  original,
  shown,
  changed,
  language,
}: Omit<ThresholdsPanelProps, 'thresholds' | 'onChange'>) {
  const { t } = useTranslation('report');
  const say = (report: Report, name: FormulaName): string => {
    const { value, unit } = report.figures[name];
    if (value === null) return language.dash;
    const text = formatValue(value, unit, language);
    return `${text.number} ${text.unit}`;
  };
  if (changed.size === 0) return <p className="muted small">{t('thresholds.unchanged')}</p>;
  return (
    <ul className="threshold-changes">
      {[...changed].map((name) => (
        <li key={name}>
          {titleOf(name, language)}: <s>{say(original, name)}</s> <strong>{say(shown, name)}</strong>
        </li>
      ))}
    </ul>
  );
}

export function ThresholdsPanel(props: ThresholdsPanelProps) {
  const { original, thresholds, language, onChange } = props;
  const { t } = useTranslation('report');
  if (!original.measurements.vision && !original.measurements.picture) return null;
  return (
    <details className="card thresholds">
      <summary>
        <h2>{t('thresholds.title')}</h2>
      </summary>
      <p className="muted">{t('thresholds.text')}</p>
      <div className="threshold-grid">
        {thresholdFields.map((field) => (
          <ThresholdSlider
            key={field.name}
            field={field}
            value={thresholds[field.name]}
            isChanged={thresholds[field.name] !== defaultThresholds[field.name]}
            onChange={(value) => onChange({ ...thresholds, [field.name]: value })}
          />
        ))}
      </div>
      <div className="threshold-end">
        <div aria-live="polite">
          <Changes {...props} language={language} />
        </div>
        <Button
          icon={<RedoIcon />}
          isDisabled={areDefaults(thresholds)}
          onPress={() => onChange(defaultThresholds)}
        >
          {t('thresholds.reset')}
        </Button>
      </div>
    </details>
  );
}
