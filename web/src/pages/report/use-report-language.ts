// In which words is a report shown?
import { useTranslation } from 'react-i18next';
import { english, type ReportLanguage } from '../../../../report/language.ts';
import { portuguese } from '../../../../report/portuguese.ts';

/** The words of the language that the app is shown in. */
export function useReportLanguage(): ReportLanguage {
  const { i18n } = useTranslation();
  return i18n.language === 'pt' ? portuguese : english;
}
