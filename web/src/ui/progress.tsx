// How does one see how far something is?
import { Label } from 'react-aria-components/Label';
import { ProgressBar } from 'react-aria-components/ProgressBar';
import './progress.css';

interface ProgressProps {
  readonly label: string;
  /** 0–1; `null` while nothing can be said. */
  readonly share: number | null;
  /** Shown at the end of the line instead of the percentage. */
  readonly valueLabel?: string;
  readonly hidesLabel?: boolean;
}

/** A bar that fills. */
export function Progress({ label, share, valueLabel, hidesLabel = false }: ProgressProps) {
  const given = valueLabel === undefined ? {} : { valueLabel };
  return (
    <ProgressBar
      className="progress"
      isIndeterminate={share === null}
      value={(share ?? 0) * 100}
      formatOptions={{ style: 'percent' }}
      {...given}
      minValue={0}
      maxValue={100}
    >
      {({ percentage, valueText }) => (
        <>
          <div className={hidesLabel ? 'visually-hidden' : 'progress-words'}>
            <Label>{label}</Label>
            <span className="muted progress-value">{valueText}</span>
          </div>
          <div className="progress-track">
            <div
              className="progress-fill"
              style={{ width: `${String(share === null ? 35 : percentage)}%` }}
            />
          </div>
        </>
      )}
    </ProgressBar>
  );
}
