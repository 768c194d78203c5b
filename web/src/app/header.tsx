// How does one get from page to page?
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { FlowIcon, ListIcon, QuestionIcon, SettingsIcon, VideoIcon } from '../ui/icons.tsx';
import { useIsSignedIn } from './context.ts';
import { LanguageSwitch } from './language-switch.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

const places = [
  { to: '/', key: 'nav.practise', icon: <VideoIcon /> },
  { to: '/attempts', key: 'nav.attempts', icon: <ListIcon /> },
  { to: '/questions', key: 'nav.questions', icon: <QuestionIcon /> },
  { to: '/runs', key: 'nav.runs', icon: <FlowIcon /> },
  { to: '/settings', key: 'nav.settings', icon: <SettingsIcon /> },
] as const;

export function Header() {
  const { t } = useTranslation();
  const isSignedIn = useIsSignedIn();
  return (
    <header className="header">
      <div className="header-inside">
        <Link to="/" className="brand">
          <img src="/icon.svg" alt="" width="28" height="28" />
          <span>{t('appName')}</span>
        </Link>
        {isSignedIn ? (
          <nav className="nav" aria-label={t('nav.label')}>
            {places.map(({ to, key, icon }) => (
              <Link key={to} to={to} activeOptions={{ exact: to === '/' }} className="nav-link">
                {icon}
                <span>{t(key)}</span>
              </Link>
            ))}
          </nav>
        ) : null}
        <div className="header-end">
          <LanguageSwitch />
          <ThemeSwitch />
        </div>
      </div>
    </header>
  );
}
