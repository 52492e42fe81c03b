import { randomBytes } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { ConfigError, type Environment, readConfig } from '../../src/server/config.ts';
import { endAll, runService } from './run-service.ts';

const KEY = randomBytes(32).toString('base64');
const SECRET = 'hemligt-lösen-3f9a';
/** Production as it should be; each test spoils one thing. */
const PRODUCTION: Environment = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://chatt.example',
  DATABASE_URL: `postgres://utvag:${SECRET}@db.internal/utvag`,
  MASTER_KEYS: `k1:${KEY}`,
  STAFF_SIGN_IN: 'entra',
  ENTRA_TENANT_ID: 't',
  ENTRA_CLIENT_ID: 'tab',
  MicrosoftAppId: 'bot',
  MicrosoftAppPassword: SECRET,
  MicrosoftAppTenantId: 't',
  SMS_PROVIDER: 'twilio',
  TWILIO_ACCOUNT_SID: 'AC1',
  TWILIO_AUTH_TOKEN: SECRET,
  TWILIO_FROM: '+46701740699',
  WIDGET_ORIGINS: 'https://ungdom.example, https://skola.example',
};
const ELKS: Environment = {
  SMS_PROVIDER: '46elks',
  ELKS_USERNAME: 'u',
  ELKS_PASSWORD: SECRET,
  ELKS_FROM: '+46701740699',
  ELKS_WEBHOOK_USER: 'h',
  ELKS_WEBHOOK_PASSWORD: SECRET,
};

afterAll(endAll);

function refusal(env: Environment): string {
  try {
    readConfig(env);
    return 'accepted';
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message;
  }
}

/** One line that begins with the variable and holds no secret. */
function expectRefused(name: string, env: Environment): void {
  const line = refusal(env);
  expect(line).toMatch(new RegExp(`^${name} [^\\n]{5,200}$`));
  expect(line).not.toContain(SECRET);
  expect(line).not.toContain(KEY.slice(0, 12));
}

describe('the configuration', () => {
  test('an empty environment is a developer’s machine: loopback, embedded database, simulated texts, no Teams', () => {
    expect(readConfig({})).toMatchObject({
      production: false,
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://localhost:3000',
      databaseUrl: null,
      dataDir: '.data',
      masterKeys: null,
      staffSignIn: 'dev',
      sms: { provider: 'simulator', vendors: [], perSecond: null },
      bot: null,
      entra: null,
      retentionDecision: null,
    });
  });

  test('an empty value is no value, and another program’s variables are nobody’s business', () => {
    expect(readConfig({ PORT: '', SMS_PROVIDER: '', MASTER_KEYS: '', PATH: '/bin', UTVAGEN: '1' })).toEqual(
      readConfig({}),
    );
  });

  test('a whole production environment is accepted and read', () => {
    const config = readConfig(PRODUCTION);
    expect(config).toMatchObject({
      production: true,
      staffSignIn: 'entra',
      sms: { provider: 'twilio', vendors: [{ vendor: { name: 'twilio' } }] },
      widgetOrigins: ['https://ungdom.example', 'https://skola.example'],
    });
    expect(config.masterKeys).toEqual([{ id: 'k1', key: Buffer.from(KEY, 'base64') }]);
    expect(config.directUrl).toBe(config.databaseUrl);
    const both = readConfig({ ...PRODUCTION, ...ELKS }).sms.vendors;
    expect(both.map(({ vendor }) => vendor.name)).toEqual(['46elks', 'twilio']);
    expect(both[0]?.settings['ELKS_WEBHOOK_USER']).toBe('h');
    expect(readConfig({ ...PRODUCTION, DATABASE_URL: undefined, DATA_DIR: '/srv/utvag' }).dataDir).toBe('/srv/utvag');
  });

  test('keys are read newest first', () => {
    const second = randomBytes(32).toString('base64');
    expect(readConfig({ MASTER_KEYS: `k2:${second}, k1:${KEY}` }).masterKeys?.map((k) => k.id)).toEqual(['k2', 'k1']);
  });

  test.each<[string, Environment]>([
    ['UTVAG_X', { UTVAG_X: SECRET }],
    ['UTVAG_BURST_WAIT', { UTVAG_BURST_WAIT: '1' }],
    ['NODE_ENV', { NODE_ENV: 'prod' }],
    ['PORT', { PORT: '70000' }],
    ['PORT', { PORT: 'abc' }],
    ['PORT', { PORT: ' ' }],
    ['PORT', { PORT: '0x50' }],
    ['PORT', { PORT: '3000.5' }],
    ['PORT', { PORT: '-1' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'chatt.example' }],
    ['PUBLIC_URL', { PUBLIC_URL: `javascript:${SECRET}` }],
    ['DATABASE_URL', { DATABASE_URL: `mysql://u:${SECRET}@h/d` }],
    ['DATABASE_URL', { DATABASE_URL: SECRET }],
    ['DATABASE_DIRECT_URL', { DATABASE_DIRECT_URL: SECRET }],
    ['STAFF_SIGN_IN', { STAFF_SIGN_IN: 'none' }],
    ['SMS_PROVIDER', { SMS_PROVIDER: 'sinch' }],
    ['ENTRA_JWKS_URI', { ENTRA_JWKS_URI: 'file:///etc/passwd' }],
    ['BOT_TOKEN_URL', { BOT_TOKEN_URL: 'login' }],
    ['TWILIO_API_URL', { TWILIO_API_URL: 'ftp://x' }],
    ['UTVAG_BURST_WAIT_MS', { UTVAG_BURST_WAIT_MS: '99999999' }],
    ['UTVAG_TURN_LEASE_MS', { UTVAG_TURN_LEASE_MS: '1' }],
    ['WIDGET_ORIGINS', { WIDGET_ORIGINS: 'ungdom.example' }],
    ['WIDGET_ORIGINS', { WIDGET_ORIGINS: 'https://a.example,*' }],
    ['WIDGET_ORIGINS', { WIDGET_ORIGINS: 'null' }],
    ['BOT_SERVICE_HOSTS', { BOT_SERVICE_HOSTS: '*' }],
    ['BOT_SERVICE_HOSTS', { BOT_SERVICE_HOSTS: '*.' }],
    ['BOT_SERVICE_HOSTS', { BOT_SERVICE_HOSTS: 'smba.example,*.com' }],
    ['BOT_SERVICE_HOSTS', { BOT_SERVICE_HOSTS: 'https://smba.example' }],
    ['MASTER_KEYS', { MASTER_KEYS: KEY }],
    ['MASTER_KEYS', { MASTER_KEYS: `k1:${KEY.slice(4)}` }],
    ['MASTER_KEYS', { MASTER_KEYS: `k1:${KEY},k1:${KEY}` }],
    ['MASTER_KEYS', { MASTER_KEYS: `k 1:${KEY}` }],
    ['MASTER_KEYS', { MASTER_KEYS: `k1:${KEY.slice(0, 20)} ${KEY.slice(20)}` }],
    ['MASTER_KEYS', { MASTER_KEYS: `k1:${KEY},` }],
  ])('a wrong %s stops the start', (name, env) => expectRefused(name, env));

  test.each<[string, Environment]>([
    ['STAFF_SIGN_IN', { HOST: '0.0.0.0' }],
    ['STAFF_SIGN_IN', { HOST: '::' }],
    ['STAFF_SIGN_IN', { HOST: '192.168.1.5', STAFF_SIGN_IN: 'dev' }],
    ['ENTRA_TENANT_ID', { STAFF_SIGN_IN: 'entra', ENTRA_CLIENT_ID: 'x' }],
    ['ENTRA_CLIENT_ID', { STAFF_SIGN_IN: 'entra', ENTRA_TENANT_ID: 'x' }],
    ['MicrosoftAppPassword', { MicrosoftAppId: 'b', MicrosoftAppTenantId: 't' }],
    ['MicrosoftAppTenantId', { MicrosoftAppId: 'b', MicrosoftAppPassword: SECRET }],
    ['MicrosoftAppId', { MicrosoftAppPassword: SECRET }],
    ['MicrosoftAppId', { MicrosoftAppTenantId: 't' }],
    ['TWILIO_ACCOUNT_SID', { SMS_PROVIDER: 'twilio', TWILIO_AUTH_TOKEN: SECRET, TWILIO_FROM: '+46' }],
    ['TWILIO_AUTH_TOKEN', { SMS_PROVIDER: 'twilio', TWILIO_ACCOUNT_SID: 'AC', TWILIO_FROM: '+46' }],
    ['TWILIO_FROM', { SMS_PROVIDER: 'twilio', TWILIO_ACCOUNT_SID: 'AC', TWILIO_AUTH_TOKEN: SECRET }],
    ...Object.keys(ELKS)
      .filter((name) => name !== 'SMS_PROVIDER')
      .map((name): [string, Environment] => [name, { ...ELKS, [name]: undefined }]),
    ['DATABASE_URL', { DATABASE_DIRECT_URL: `postgres://u:${SECRET}@h/d` }],
  ])('without what belongs to it a setting is unsafe, and %s is named', (name, env) => expectRefused(name, env));

  test.each<[string, Environment]>([
    ['STAFF_SIGN_IN', { STAFF_SIGN_IN: undefined }],
    ['STAFF_SIGN_IN', { STAFF_SIGN_IN: 'dev' }],
    ['SMS_PROVIDER', { SMS_PROVIDER: undefined }],
    ['SMS_PROVIDER', { SMS_PROVIDER: 'simulator' }],
    ['MASTER_KEYS', { MASTER_KEYS: undefined }],
    ['DATABASE_URL', { DATABASE_URL: undefined }],
    ['PUBLIC_URL', { PUBLIC_URL: undefined }],
    ['PUBLIC_URL', { PUBLIC_URL: 'http://chatt.example' }],
    ['ENTRA_CLIENT_ID', { ENTRA_CLIENT_ID: 'bot' }],
    ['WIDGET_ORIGINS', { WIDGET_ORIGINS: 'https://a.example,http://b.example' }],
    ['ENTRA_ISSUER', { ENTRA_ISSUER: 'http://issuer.example' }],
    ['ENTRA_JWKS_URI', { ENTRA_JWKS_URI: 'http://keys.example' }],
    ['BOT_OPENID_METADATA_URL', { BOT_OPENID_METADATA_URL: 'http://keys.example' }],
    ['BOT_TOKEN_URL', { BOT_TOKEN_URL: 'http://token.example' }],
    ['TWILIO_API_URL', { TWILIO_API_URL: 'http://gateway.example' }],
    ['ELKS_API_URL', { ...ELKS, ELKS_API_URL: 'http://gateway.example' }],
    ['OPENAI_BASE_URL', { OPENAI_BASE_URL: 'http://model.example/v1' }],
  ])('production with a bad %s stops the start', (name, env) => expectRefused(name, { ...PRODUCTION, ...env }));

  test('a gateway on the same machine may be spoken to in the clear, in production too', () => {
    for (const host of ['127.0.0.1:9000', 'localhost:9000', '[::1]:9000'])
      expect(refusal({ ...PRODUCTION, TWILIO_API_URL: `http://${host}` })).toBe('accepted');
  });
});

describe('node src/server/main.ts', () => {
  test.each<[string, Record<string, string>]>([
    ['UTVAG_X', { UTVAG_X: SECRET, PORT: '0' }],
    ['STAFF_SIGN_IN', { NODE_ENV: 'production' }],
    ['DATABASE_URL', { DATABASE_URL: `postgrs://u:${SECRET}@h/d` }],
  ])('with a bad %s ends with code 1 and one line that names it', async (name, env) => {
    const service = runService(env);
    expect((await service.ended()).code).toBe(1);
    expect(service.err()).toMatch(new RegExp(`^[^\\n]*${name}[^\\n]*\\n$`));
    expect(service.err()).not.toContain(SECRET);
    expect(service.out()).toBe('');
  });
});
