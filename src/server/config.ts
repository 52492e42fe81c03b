import { z } from 'zod';
import { completeVendors, vendorAddresses, vendorNames, vendorProblems } from './sms-settings.ts';

export type Environment = Readonly<Record<string, string | undefined>>;
export type Config = ReturnType<typeof shape> & { masterKeys: { id: string; key: Buffer }[] | null };

/** A setting that is wrong or unsafe: one line that names the variable and never shows its value. */
export class ConfigError extends Error {}

const text = z.string().trim().min(1).optional();
const url = z.url({ protocol: /^https?$/ }).transform((u) => u.replace(/\/+$/, ''));
const list = z
  .string()
  .default('')
  .transform((s) =>
    s
      .split(',')
      .map((x) => x.trim())
      .filter(Boolean),
  );
/** `new URL` drops what is no origin, so a page's whole address works too. */
const origins = list.pipe(z.array(url.transform((u) => new URL(u).origin)));
/** A wildcard needs a name of two parts behind it: `*.` or `*.com` would let our token go anywhere. */
const hosts = list.pipe(
  z.array(z.string().regex(/^(\*\.[\w-]+\.)?[\w-]+(\.[\w-]+)*(:\d{1,5})?$|^\[::1\](:\d{1,5})?$/)),
);
const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'it must be a whole number')
    .transform(Number)
    .pipe(z.number().min(least).max(most));

/** Three whole minutes, each no shorter than the one before: `2,5,6`. */
const ladder = list
  .pipe(z.tuple([whole(1, 10_080), whole(1, 10_080), whole(1, 10_080)]))
  .refine(([a, b, c]) => a <= b && b <= c, {
    error: 'it must be three numbers of minutes, none less than the one before',
  });

/** INTERFACES §2, parsed once at start. */
const Variables = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: whole(0, 65_535).default(3000),
  PUBLIC_URL: url.optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_DIRECT_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATA_DIR: text,
  MASTER_KEYS: text,
  STAFF_SIGN_IN: z.enum(['dev', 'entra']).optional(),
  ENTRA_TENANT_ID: text,
  ENTRA_CLIENT_ID: text,
  ENTRA_ISSUER: url.optional(),
  ENTRA_JWKS_URI: url.optional(),
  MicrosoftAppId: text,
  MicrosoftAppPassword: text,
  MicrosoftAppTenantId: text,
  TEAMS_APP_ID: z.guid().optional(),
  BOT_OPENID_METADATA_URL: url.default('https://login.botframework.com/v1/.well-known/openidconfiguration'),
  BOT_SERVICE_HOSTS: hosts,
  BOT_TOKEN_URL: url.optional(),
  SMS_PROVIDER: z.enum(['simulator', 'off', ...vendorNames()]).optional(),
  /** Texts a second that our sender may send; the vendor's usual rate when unset. */
  UTVAG_SMS_PER_SECOND: whole(1, 500).optional(),
  /** What one part of a text costs, in öre: shown on the simulated phone. */
  SMS_PART_ORE: whole(0, 10_000).optional(),
  OPENAI_API_KEY: text,
  OPENAI_BASE_URL: url.optional(),
  OPENAI_MODEL: text,
  WIDGET_ORIGINS: origins,
  RETENTION_DECISION: text,
  /** How long a burst of short messages is gathered before the bot answers, and at most. Milliseconds (F25). */
  UTVAG_BURST_WAIT_MS: whole(0, 10_000).default(2_500),
  UTVAG_BURST_CAP_MS: whole(0, 20_000).default(20_000),
  UTVAG_TURN_LEASE_MS: whole(1_000, 120_000).default(15_000),
  /** Days after the last word until a conversation that became no case is erased (G6). */
  UTVAG_KEPT_DAYS: whole(1, 3_650).default(30),
  /** Minutes unclaimed until the second line, the coordinators and the visitor hear of it. */
  UTVAG_ALARM_RED_MIN: ladder.default([2, 5, 6]),
  UTVAG_ALARM_AMBER_MIN: ladder.default([15, 30, 45]),
  UTVAG_ALARM_GREEN_MIN: ladder.default([45, 90, 120]),
});
type Variables = z.infer<typeof Variables>;

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/**
 * @param env the environment, passed in; an empty string counts as unset.
 * @throws ConfigError naming the first variable that is unknown, malformed or unsafe.
 */
export function readConfig(env: Environment): Config {
  const given: Environment = Object.fromEntries(Object.entries(env).filter(([, v]) => v !== undefined && v !== ''));
  const known = new Set(Object.keys(Variables.shape));
  for (const name of Object.keys(given))
    if (name.startsWith('UTVAG_') && !known.has(name))
      throw new ConfigError(`${name} is not a setting of this program`);
  const parsed = Variables.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ConfigError(`${String(issue?.path[0] ?? 'environment')} is not valid: ${issue?.message ?? ''}`);
  }
  const v = parsed.data;
  for (const [name, wrong] of unsafe(v, given)) if (wrong) throw new ConfigError(`${name} ${wrong}`);
  return { ...shape(v, given), masterKeys: v.MASTER_KEYS ? masterKeysOf(v.MASTER_KEYS) : null };
}

function shape(v: Variables, env: Environment) {
  const production = v.NODE_ENV === 'production';
  return {
    production,
    host: v.HOST,
    port: v.PORT,
    publicUrl: v.PUBLIC_URL ?? `http://localhost:${v.PORT}`,
    databaseUrl: v.DATABASE_URL ?? null,
    directUrl: v.DATABASE_DIRECT_URL ?? v.DATABASE_URL ?? null,
    dataDir: v.DATA_DIR ?? '.data',
    staffSignIn: v.STAFF_SIGN_IN ?? 'dev',
    entra: v.ENTRA_TENANT_ID && v.ENTRA_CLIENT_ID ? entraOf(v, v.ENTRA_TENANT_ID, v.ENTRA_CLIENT_ID) : null,
    bot: v.MicrosoftAppId ? botOf(v, v.MicrosoftAppId) : null,
    sms: {
      provider: v.SMS_PROVIDER ?? 'simulator',
      /** The chosen vendor first. */
      vendors: completeVendors(env, v.SMS_PROVIDER ?? 'simulator'),
      perSecond: v.UTVAG_SMS_PER_SECOND ?? null,
      partOre: v.SMS_PART_ORE ?? null,
    },
    /** Null: cards link to the inbox in a browser. */
    teamsAppId: v.TEAMS_APP_ID ?? null,
    /** Null: the bot runs on rules, classifier and search alone. */
    model:
      v.OPENAI_BASE_URL && v.OPENAI_MODEL
        ? { baseUrl: v.OPENAI_BASE_URL, apiKey: v.OPENAI_API_KEY ?? null, model: v.OPENAI_MODEL }
        : null,
    widgetOrigins: v.WIDGET_ORIGINS,
    retentionDecision: v.RETENTION_DECISION ?? null,
    /** Null: nothing is erased by schedule, for want of a decision (A2). */
    keptDays: production && !v.RETENTION_DECISION ? null : v.UTVAG_KEPT_DAYS,
    burst: { waitMs: v.UTVAG_BURST_WAIT_MS, capMs: v.UTVAG_BURST_CAP_MS },
    turnLeaseMs: v.UTVAG_TURN_LEASE_MS,
    ladders: { red: v.UTVAG_ALARM_RED_MIN, amber: v.UTVAG_ALARM_AMBER_MIN, green: v.UTVAG_ALARM_GREEN_MIN },
  };
}

const entraOf = (v: Variables, tenantId: string, clientId: string) => ({
  tenantId,
  clientId,
  issuer: v.ENTRA_ISSUER ?? `https://login.microsoftonline.com/${tenantId}/v2.0`,
  jwksUri: v.ENTRA_JWKS_URI ?? `https://login.microsoftonline.com/${tenantId}/discovery/v2.0/keys`,
});

const botOf = (v: Variables, appId: string) => ({
  appId,
  password: v.MicrosoftAppPassword ?? '',
  tenantId: v.MicrosoftAppTenantId ?? '',
  openIdMetadataUrl: v.BOT_OPENID_METADATA_URL,
  serviceHosts:
    v.BOT_SERVICE_HOSTS.length > 0 ? v.BOT_SERVICE_HOSTS : ['smba.trafficmanager.net', '*.botframework.com'],
  tokenUrl: v.BOT_TOKEN_URL ?? `https://login.microsoftonline.com/${v.MicrosoftAppTenantId ?? ''}/oauth2/v2.0/token`,
});

/** Where keys come from and where credentials and words go. */
const SECRETS_GO_TO = [
  'ENTRA_ISSUER',
  'ENTRA_JWKS_URI',
  'BOT_OPENID_METADATA_URL',
  'BOT_TOKEN_URL',
  'OPENAI_BASE_URL',
] as const;

const BARE = 'must be an https address in production, or on loopback';
const isBare = (address: string | undefined): boolean =>
  address?.startsWith('http://') === true && !LOOPBACK.has(new URL(address).hostname.replace(/^\[|\]$/g, ''));

/** Every combination that would be wrong or open: the name to blame and what is wrong with it, or false. */
function unsafe(v: Variables, env: Environment): [string, string | false][] {
  const production = v.NODE_ENV === 'production';
  const signIn = v.STAFF_SIGN_IN ?? 'dev';
  const needs = (name: keyof Variables, when: boolean): [string, string | false] => [
    name,
    when && !v[name] && 'must be set',
  ];
  const bot = v.MicrosoftAppId !== undefined;
  return [
    ['STAFF_SIGN_IN', production && signIn !== 'entra' && 'must be entra in production'],
    ['STAFF_SIGN_IN', signIn === 'dev' && !LOOPBACK.has(v.HOST) && 'may be dev only while HOST is a loopback address'],
    ['SMS_PROVIDER', production && !v.SMS_PROVIDER && `must be set in production (${vendorNames().join(', ')} or off)`],
    ['SMS_PROVIDER', production && v.SMS_PROVIDER === 'simulator' && 'may not be the simulator in production'],
    ['MASTER_KEYS', production && !v.MASTER_KEYS && 'must be set in production: keys are never generated there'],
    [
      'DATABASE_URL',
      production &&
        !v.DATABASE_URL &&
        !v.DATA_DIR &&
        'must be set in production, or DATA_DIR named for the embedded database',
    ],
    ['PUBLIC_URL', production && !v.PUBLIC_URL?.startsWith('https://') && 'must be an https address in production'],
    ['DATABASE_URL', v.DATABASE_DIRECT_URL !== undefined && !v.DATABASE_URL && 'must be set with DATABASE_DIRECT_URL'],
    ['WIDGET_ORIGINS', production && v.WIDGET_ORIGINS.some(isBare) && 'must be https addresses in production'],
    ...SECRETS_GO_TO.map((name): [string, string | false] => [name, production && isBare(v[name]) && BARE]),
    needs('ENTRA_TENANT_ID', signIn === 'entra'),
    needs('ENTRA_CLIENT_ID', signIn === 'entra'),
    needs('MicrosoftAppPassword', bot),
    needs('MicrosoftAppTenantId', bot),
    [
      'MicrosoftAppId',
      !bot &&
        (v.MicrosoftAppPassword ?? v.MicrosoftAppTenantId) !== undefined &&
        'must be set with the other bot settings',
    ],
    ['ENTRA_CLIENT_ID', bot && v.ENTRA_CLIENT_ID === v.MicrosoftAppId && 'must not be the bot’s own registration'],
    needs('OPENAI_MODEL', v.OPENAI_BASE_URL !== undefined),
    needs('OPENAI_BASE_URL', v.OPENAI_MODEL !== undefined || v.OPENAI_API_KEY !== undefined),
    ...vendorProblems(env, v.SMS_PROVIDER ?? ''),
    ...vendorAddresses().map((name): [string, string | false] => [name, production && isBare(env[name]) && BARE]),
  ];
}

function masterKeysOf(value: string): { id: string; key: Buffer }[] {
  const keys = value.split(',').map((part) => {
    const [id = '', base64 = ''] = part.trim().split(/:(.*)/s);
    // Node's decoder skips what it does not know, and a mistyped key would be another key.
    return { id, key: Buffer.from(/^[A-Za-z0-9+/_-]{43}=?$/.test(base64) ? base64 : '', 'base64') };
  });
  if (keys.some((k) => !/^[\w-]{1,40}$/.test(k.id) || k.key.length !== 32))
    throw new ConfigError('MASTER_KEYS must be id:base64 of 32 bytes, comma-separated');
  if (new Set(keys.map((k) => k.id)).size !== keys.length) throw new ConfigError('MASTER_KEYS has the same id twice');
  return keys;
}
