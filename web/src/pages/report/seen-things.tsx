// Which things stand in the picture, and when?
import type { SeenLabels } from '../../../../domain/picture-labels.ts';
import { formatValue } from '../../../../report/format.ts';
import type { ReportLanguage } from '../../../../report/language.ts';
import { Moments } from './moments.tsx';

interface SeenThingsProps {
  readonly labels: SeenLabels;
  readonly language: ReportLanguage;
}

/** By the service’s own names, which are English; what was seen longest comes first. */
export function SeenThings({ labels, language }: SeenThingsProps) {
  return (
    <ul className="things">
      {labels.things.map(({ name, confidence, spans }) => {
        const { number, unit } = formatValue(confidence, 'ratio', language);
        return (
          <li key={name}>
            <b lang="en">{name}</b>{' '}
            <span className="confidence" title={language.confidence}>
              {number} {unit}
            </span>
            <Moments evidence={spans} />
          </li>
        );
      })}
    </ul>
  );
}
