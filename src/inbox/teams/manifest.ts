import { INBOX_TAB } from '../cards/conversation-card.ts';
import { texts } from './texts.ts';

/** What ties the app to one installation. */
export interface AppIds {
  /** https address of the service. */
  publicUrl: string;
  /** The bot's registration. */
  botAppId: string;
  /** The tab's registration: never the same, or any user's token could speak as the bot's channel (MICROSOFT §1). */
  tabClientId: string;
  /** Semantic version; a new one for each upload that should replace the last. */
  version: string;
}

/** The Teams app's manifest of schema 1.25 (MICROSOFT §7): personal tab, channel tab, bot, single sign-on. */
export function manifestOf({ publicUrl, botAppId, tabClientId, version }: AppIds) {
  const host = new URL(publicUrl).host;
  const { app, tab, commands } = texts.sv;
  return {
    $schema: 'https://developer.microsoft.com/json-schemas/teams/v1.25/MicrosoftTeams.schema.json',
    manifestVersion: '1.25',
    version,
    id: botAppId,
    developer: {
      name: 'Utväg',
      websiteUrl: `${publicUrl}/about`,
      privacyUrl: `${publicUrl}/privacy`,
      termsOfUseUrl: `${publicUrl}/about`,
    },
    name: { short: app.short, full: app.full },
    description: { short: app.about, full: app.aboutFull },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: '#5B5FC7',
    localizationInfo: {
      defaultLanguageTag: 'sv',
      defaultLanguageFile: 'sv.json',
      additionalLanguages: [{ languageTag: 'en', file: 'en.json' }],
    },
    staticTabs: [
      {
        entityId: INBOX_TAB,
        name: tab,
        contentUrl: `${publicUrl}/inbox/`,
        websiteUrl: `${publicUrl}/inbox/`,
        scopes: ['personal'],
      },
      { entityId: 'conversations', scopes: ['personal'] },
    ],
    configurableTabs: [
      {
        configurationUrl: `${publicUrl}/inbox/config`,
        canUpdateConfiguration: true,
        scopes: ['team'],
        context: ['channelTab'],
      },
    ],
    bots: [
      {
        botId: botAppId,
        scopes: ['personal', 'team'],
        isNotificationOnly: false,
        supportsFiles: false,
        commandLists: [
          { scopes: ['team'], commands: commands.team },
          { scopes: ['personal'], commands: commands.personal },
        ],
      },
    ],
    defaultInstallScope: 'personal',
    defaultGroupCapability: { team: 'bot' },
    permissions: ['identity'],
    validDomains: [host],
    webApplicationInfo: { id: tabClientId, resource: `api://${host}/${tabClientId}` },
    showLoadingIndicator: true,
  };
}

/** A language's texts under the names that the localisation schema gives them. */
export function localisationOf(language: keyof typeof texts): Record<string, string> {
  const { app, tab, commands } = texts[language];
  return {
    $schema: 'https://developer.microsoft.com/json-schemas/teams/v1.25/MicrosoftTeams.Localization.schema.json',
    'name.short': app.short,
    'name.full': app.full,
    'description.short': app.about,
    'description.full': app.aboutFull,
    'staticTabs[0].name': tab,
    ...Object.fromEntries(
      [commands.team, commands.personal].flatMap((list, i) =>
        list.flatMap(({ title, description }, j) => [
          [`bots[0].commandLists[${i}].commands[${j}].title`, title],
          [`bots[0].commandLists[${i}].commands[${j}].description`, description],
        ]),
      ),
    ),
  };
}
