// In which language is the app?
import { useTranslation } from 'react-i18next';
import { languageNames, languages } from '../i18n/languages.ts';
import { LanguageIcon } from '../ui/icons.tsx';
import { Select } from '../ui/select.tsx';

const choices = languages.map((value) => ({ value, label: languageNames[value] }));

export function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  return (
    <Select
      label={t('language')}
      hidesLabel
      icon={<LanguageIcon />}
      choices={choices}
      value={i18n.language === 'pt' ? 'pt' : 'en'}
      onChange={(language) => void i18n.changeLanguage(language)}
    />
  );
}
