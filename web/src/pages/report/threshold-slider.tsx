// How is one threshold moved?
import { Label } from 'react-aria-components/Label';
import { Slider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components/Slider';
import { useTranslation } from 'react-i18next';
import { roundTo } from '../../../../domain/span.ts';
import type { ThresholdField } from './threshold-fields.ts';

interface ThresholdSliderProps {
  readonly field: ThresholdField;
  readonly value: number;
  readonly isChanged: boolean;
  readonly onChange: (value: number) => void;
}

/** The value with its unit, as it is shown and read out. */
function useValueText({ unit }: ThresholdField): (value: number) => string {
  const { t, i18n } = useTranslation('report');
  return (value) => {
    const shown = unit === 'ratio' ? value * 100 : value;
    const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 2 }).format(
      roundTo(shown, 2),
    );
    return t(`thresholds.units.${unit}`, { value: number });
  };
}

export function ThresholdSlider({ field, value, isChanged, onChange }: ThresholdSliderProps) {
  const { t } = useTranslation('report');
  const textOf = useValueText(field);
  const { name, least, most, step } = field;
  return (
    <Slider
      className={isChanged ? 'threshold is-moved' : 'threshold'}
      value={value}
      minValue={least}
      maxValue={most}
      step={step}
      onChange={(next) => onChange(roundTo(Array.isArray(next) ? (next[0] ?? value) : next))}
    >
      <Label>{t(`thresholds.names.${name}`)}</Label>
      <SliderOutput className="threshold-value">{textOf(value)}</SliderOutput>
      <SliderTrack className="threshold-track">
        <SliderThumb className="threshold-thumb" aria-valuetext={textOf(value)} />
      </SliderTrack>
    </Slider>
  );
}
