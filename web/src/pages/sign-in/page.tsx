// What does somebody see whom the app does not know yet?
import { useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useApp } from '../../app/context.ts';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';

export function SignInPage() {
  const { t } = useTranslation();
  const { identity } = useApp();
  const href = useRouterState({ select: ({ location }) => location.href });
  if (identity.kind === 'local-session') {
    return (
      <Page title={t('signIn.localTitle')} width="narrow">
        <div className="card stack">
          <p>{t('signIn.localText')}</p>
          <p>
            <code className="command">{'./greenroom start'}</code>
          </p>
          <p className="muted small">{t('signIn.localWhy')}</p>
        </div>
      </Page>
    );
  }
  return (
    <Page title={t('signIn.title')} lead={t('signIn.text')} width="narrow">
      <div className="row">
        <Button kind="primary" size="large" onPress={() => void identity.signIn(href)}>
          {t('signIn.button')}
        </Button>
      </div>
    </Page>
  );
}
