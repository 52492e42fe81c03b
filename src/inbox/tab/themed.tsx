import {
  FluentProvider,
  type Theme,
  teamsDarkTheme,
  teamsHighContrastTheme,
  teamsLightTheme,
  webDarkTheme,
  webLightTheme,
} from '@fluentui/react-components';
import { type ReactNode, useEffect, useSyncExternalStore } from 'react';
import type { Host, ThemeName } from './host.ts';
import { TextContext } from './inbox-context.ts';
import { textFor } from './text.ts';
import './themed.css';

const THEMES: Record<Host['kind'], Record<ThemeName, Theme>> = {
  teams: { light: teamsLightTheme, dark: teamsDarkTheme, contrast: teamsHighContrastTheme },
  browser: { light: webLightTheme, dark: webDarkTheme, contrast: teamsHighContrastTheme },
};

/** The host's theme, followed live, and its language. */
export function Themed({ host, children }: { host: Host; children: ReactNode }) {
  const theme = useSyncExternalStore(host.onTheme, host.theme);
  const text = textFor(host.locale);
  useEffect(() => {
    document.documentElement.lang = text.locale;
    document.documentElement.style.colorScheme = theme === 'light' ? 'light' : 'dark';
  }, [text, theme]);
  return (
    <FluentProvider theme={THEMES[host.kind][theme]} data-theme={theme}>
      {/* Not on the provider: its classes are copied to every dialog's layer. */}
      <div className="themed-page">
        <TextContext value={text}>{children}</TextContext>
      </div>
    </FluentProvider>
  );
}
