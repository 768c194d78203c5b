// How are moments of the recording offered so that a press goes there?
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Evidence } from '../../../../domain/figure.ts';
import { formatSpan } from '../../../../report/format.ts';

/** Shown at once; the others wait behind a button. */
const shownAtOnce = 4;

/** `data-at` moves the player: the report listens for presses in one place. */
export function MomentButton({ startSeconds, endSeconds, text }: Evidence) {
  return (
    <button type="button" className="moment" data-at={startSeconds}>
      <span className="moment-time">{formatSpan({ startSeconds, endSeconds })}</span>
      {text === undefined ? null : (
        <>
          {' '}
          <q dir="auto">{text}</q>
        </>
      )}
    </button>
  );
}

/** A list of moments, or nothing when there are none. */
export function Moments({ evidence }: { readonly evidence: readonly Evidence[] }) {
  const { t } = useTranslation('report');
  const [showsAll, setShowsAll] = useState(false);
  if (evidence.length === 0) return null;
  const hidden = evidence.length <= shownAtOnce + 1 || showsAll ? 0 : evidence.length - shownAtOnce;
  return (
    <ul className="moments">
      {(hidden > 0 ? evidence.slice(0, shownAtOnce) : evidence).map((one) => (
        <li key={`${one.startSeconds} ${one.endSeconds} ${one.text ?? ''}`}>
          <MomentButton {...one} />
        </li>
      ))}
      {hidden > 0 ? (
        <li>
          <button type="button" className="moment moment-more" onClick={() => setShowsAll(true)}>
            {t('moreMoments', { count: hidden })}
          </button>
        </li>
      ) : null}
    </ul>
  );
}
