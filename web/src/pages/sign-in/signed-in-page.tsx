// What happens when the issuer sends the user back?
import { useRouter } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApp } from '../../app/context.ts';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Loading } from '../../ui/query-state.tsx';

export function SignedInPage() {
  const { t } = useTranslation();
  const { identity } = useApp();
  const router = useRouter();
  const [hasFailed, setHasFailed] = useState(false);
  const begun = useRef(false);

  useEffect(() => {
    // The code may be exchanged once only, also where effects run twice.
    if (begun.current) return;
    begun.current = true;
    identity
      .finishSignIn()
      .then((returnTo) => router.history.replace(returnTo))
      .catch(() => setHasFailed(true));
  }, [identity, router]);

  return (
    <Page title={t('signIn.title')} width="narrow">
      {hasFailed ? (
        <Notice
          kind="bad"
          actions={<Button onPress={() => void identity.signIn('/')}>{t('tryAgain')}</Button>}
        >
          {t('signIn.failed')}
        </Notice>
      ) : (
        <Loading />
      )}
    </Page>
  );
}
