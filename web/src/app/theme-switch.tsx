// Light, dark, or as the system has it: which is next?
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { MoonIcon, ScreenIcon, SunIcon } from '../ui/icons.tsx';
import { chooseTheme, themes, useTheme } from './theme.ts';

const icons = { system: <ScreenIcon />, light: <SunIcon />, dark: <MoonIcon /> };

export function ThemeSwitch() {
  const { t } = useTranslation();
  const theme = useTheme();
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system';
  return (
    <Button
      kind="quiet"
      icon={icons[theme]}
      aria-label={t('themeSwitch', { theme: t(`theme.${theme}`) })}
      onPress={() => chooseTheme(next)}
    />
  );
}
