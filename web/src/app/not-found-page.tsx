// What is shown at an address where nothing is?
import { useTranslation } from 'react-i18next';
import { LinkButton } from '../ui/link-button.tsx';
import { Page } from '../ui/page.tsx';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('notFound.title')} width="narrow">
      <p>{t('notFound.text')}</p>
      <div className="row">
        <LinkButton to="/" kind="primary">
          {t('notFound.toPractise')}
        </LinkButton>
        <LinkButton to="/attempts">{t('errorPage.toAttempts')}</LinkButton>
      </div>
    </Page>
  );
}
