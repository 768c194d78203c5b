// How are numbers, dates, durations and sizes written in the user's language?
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { clockText } from './clock-text.ts';

export interface Formats {
  readonly number: (value: number, fractionDigits?: number) => string;
  /** 0–1. */
  readonly percent: (share: number) => string;
  /** ISO 8601 or Date: day and time of day. */
  readonly dateTime: (moment: string | Date) => string;
  readonly date: (moment: string | Date) => string;
  /** `1:05`, `1:01:05`. */
  readonly clock: (seconds: number) => string;
  /** `1 min 5 s`, in words short enough for a line. */
  readonly duration: (seconds: number) => string;
  /** Decimal megabytes and so on, as browsers and shops count. */
  readonly bytes: (bytes: number) => string;
}

const sizeUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

function createFormats(language: string): Formats {
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const dayAndTime = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const unit = (value: number, name: string, maximumFractionDigits = 0): string =>
    new Intl.NumberFormat(language, {
      style: 'unit',
      unit: name,
      unitDisplay: name === 'byte' ? 'long' : 'short',
      maximumFractionDigits,
    }).format(value);
  return {
    number: (value, maximumFractionDigits = 0) =>
      new Intl.NumberFormat(language, { maximumFractionDigits }).format(value),
    percent: (share) => new Intl.NumberFormat(language, { style: 'percent' }).format(share),
    dateTime: (moment) => dayAndTime.format(new Date(moment)),
    date: (moment) => day.format(new Date(moment)),
    clock: clockText,
    duration(seconds) {
      const whole = Math.max(0, Math.round(seconds));
      const parts = [
        [Math.floor(whole / 3600), 'hour'],
        [Math.floor((whole % 3600) / 60), 'minute'],
        [whole % 60, 'second'],
      ] as const;
      const shown = parts.filter(([value]) => value > 0);
      return shown.length === 0
        ? unit(0, 'second')
        : shown.map(([value, name]) => unit(value, name)).join(' ');
    },
    bytes(bytes) {
      const step = Math.min(sizeUnits.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
      return unit(bytes / 1000 ** step, sizeUnits[step] ?? 'byte', step > 1 ? 1 : 0);
    },
  };
}

/** Formats of the language that is shown. */
export function useFormats(): Formats {
  const { i18n } = useTranslation();
  return useMemo(() => createFormats(i18n.language), [i18n.language]);
}
