// What can be set?
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { chooseTheme, themes, useTheme } from '../../app/theme.ts';
import { useApp } from '../../app/context.ts';
import { languageNames, languages } from '../../i18n/languages.ts';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { DeleteEverything } from './delete-everything.tsx';
import { RetentionSetting } from './retention-setting.tsx';

export function SettingsPage() {
  const { t, i18n } = useTranslation('settings');
  const { t: tc } = useTranslation();
  const { identity } = useApp();
  const theme = useTheme();
  return (
    <Page title={t('title')} width="narrow">
      <section className="card stack" aria-labelledby="looks">
        <h2 id="looks">{t('looks')}</h2>
        <Select
          label={tc('language')}
          choices={languages.map((value) => ({ value, label: languageNames[value] }))}
          value={i18n.language === 'pt' ? 'pt' : 'en'}
          onChange={(language) => void i18n.changeLanguage(language)}
        />
        <Select
          label={t('colours')}
          choices={themes.map((value) => ({ value, label: t(`theme.${value}`) }))}
          value={theme}
          onChange={chooseTheme}
        />
      </section>
      <RetentionSetting />
      <section className="card stack" aria-labelledby="privacy">
        <h2 id="privacy">{t('privacy')}</h2>
        <p>
          <Link to="/privacy">{t('readPrivacy')}</Link>
        </p>
      </section>
      <section className="card stack" aria-labelledby="session">
        <h2 id="session">{t('session')}</h2>
        <p className="muted">{identity.kind === 'openid' ? t('sessionText') : t('localSessionText')}</p>
        <div className="row">
          <Button onPress={() => void identity.signOut()}>{t('signOut')}</Button>
        </div>
      </section>
      <DeleteEverything />
    </Page>
  );
}
