// How do the components that bring words of their own speak the app's language?
import type { ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

export function LanguageOfComponents({ children }: { readonly children: ReactNode }) {
  const { i18n } = useTranslation();
  return <I18nProvider locale={i18n.language === 'pt' ? 'pt-BR' : 'en-US'}>{children}</I18nProvider>;
}
