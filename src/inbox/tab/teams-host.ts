import { app, authentication } from '@microsoft/teams-js';
import { conversationId } from './conversation-id.ts';
import type { Host, ThemeName } from './host.ts';

/** Rejects when nobody answers as Teams does. No extra origins are trusted: a listed origin could pose as Teams. */
export async function openTeams(): Promise<Host> {
  await app.initialize();
  const context = await app.getContext();
  let theme = themeName(context.app.theme);
  const listeners = new Set<() => void>();
  app.registerOnThemeChangeHandler((name) => {
    theme = themeName(name);
    for (const listener of listeners) listener();
  });
  return {
    kind: 'teams',
    locale: context.app.locale,
    conversation: conversationId(context.page.subPageId),
    theme: () => theme,
    onTheme(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    token: () => authentication.getAuthToken(),
    ready() {
      app.notifyAppLoaded();
      app.notifySuccess();
    },
  };
}

const themeName = (name: string): ThemeName => (name === 'dark' || name === 'contrast' ? name : 'light');
