// How does one go on with the attempts that were chosen?
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { inOrderOfTime } from './selection.ts';

interface CompareBarProps {
  readonly chosen: readonly string[];
  readonly onClear: () => void;
}

/** Stays in sight while something is chosen; says how many are missing. */
export function CompareBar({ chosen, onClear }: CompareBarProps) {
  const { t } = useTranslation('attempts');
  const pair = inOrderOfTime(chosen);
  return (
    <div role="status" className="attempts-end">
      {chosen.length === 0 ? null : (
        <div className="compare-bar">
          <span>{t('chosen', { count: chosen.length })}</span>
          <span className="row">
            <Button size="small" kind="quiet" onPress={onClear}>
              {t('clearChosen')}
            </Button>
            {pair ? (
              <LinkButton
                size="small"
                kind="primary"
                to="/compare/$left/$right"
                params={{ left: pair[0], right: pair[1] }}
              >
                {t('compareThem')}
              </LinkButton>
            ) : null}
          </span>
        </div>
      )}
    </div>
  );
}
