/** The bot's own Entra registration and the places it talks to (INTERFACES §2). */
export interface TeamsSettings {
  /** `MicrosoftAppId`, `MicrosoftAppPassword`, `MicrosoftAppTenantId`: none may be empty, always single tenant. */
  appId: string;
  password: string;
  tenantId: string;
  /** `BOT_OPENID_METADATA_URL` */
  openIdMetadataUrl: string;
  /** `BOT_SERVICE_HOSTS`: `host`, `host:port` or `*.suffix`. A loopback host named with its port may speak http. */
  serviceHosts: string[];
  /** `BOT_TOKEN_URL` */
  tokenUrl: string;
}

export const OPENID_METADATA_URL = 'https://login.botframework.com/v1/.well-known/openidconfiguration';
/** Where Teams of the commercial cloud calls from; the government clouds have hosts of their own (MICROSOFT §1). */
export const SERVICE_HOSTS = ['smba.trafficmanager.net', '*.botframework.com'];
export const tokenUrlOf = (tenantId: string): string =>
  `https://login.microsoftonline.com/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`;
