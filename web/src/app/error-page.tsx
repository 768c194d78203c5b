// What is shown when a page breaks?
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { codeOfFailure, ProblemError } from '../api/problem-error.ts';
import { Button } from '../ui/button.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { Page } from '../ui/page.tsx';

export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  const router = useRouter();
  const again = (): void => {
    reset();
    void router.invalidate();
  };
  return (
    <Page title={t('errorPage.title')} width="narrow">
      <div className="stack">
        <p>{error instanceof ProblemError ? t(`failure.${codeOfFailure(error)}`) : t('errorPage.text')}</p>
        <p className="muted small">{error instanceof Error ? error.message : String(error)}</p>
        <div className="row">
          <Button kind="primary" onPress={again}>
            {t('tryAgain')}
          </Button>
          <LinkButton to="/attempts">{t('errorPage.toAttempts')}</LinkButton>
        </div>
      </div>
    </Page>
  );
}
