// What happens with what is recorded?
import { useTranslation } from 'react-i18next';
import { consentPolicyVersion } from '../../../../domain/consent.ts';
import { useApp } from '../../app/context.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { Page } from '../../ui/page.tsx';

/** Chapters in their order; the one about places differs between this computer and a deployed system. */
const before = ['recorded', 'measured', 'notDone'] as const;
const after = ['who', 'howLong', 'deletion', 'browser', 'consent'] as const;

export function PrivacyPage() {
  const { t } = useTranslation('privacy');
  const formats = useFormats();
  const { identity } = useApp();
  const where = identity.kind === 'openid' ? 'whereDeployed' : 'whereLocal';
  const chapters = [...before, where, ...after] as const;
  return (
    <Page
      title={t('title')}
      lead={t('version', { date: formats.date(`${consentPolicyVersion}T12:00:00Z`) })}
      width="narrow"
    >
      <div className="prose">
        <p>{t('lead')}</p>
        {chapters.map((chapter) => (
          <section key={chapter} className="prose">
            <h2>{t(`${chapter}.title`)}</h2>
            <p>{t(`${chapter}.text`)}</p>
          </section>
        ))}
      </div>
    </Page>
  );
}
