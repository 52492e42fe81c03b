import { vendorModule } from '../vendor/vendor-module.ts';
import { createElks } from './elks.ts';

export const elks = vendorModule({
  name: '46elks',
  variables: {
    ELKS_USERNAME: { needed: true },
    ELKS_PASSWORD: { needed: true },
    ELKS_FROM: { needed: true },
    ELKS_WEBHOOK_USER: { needed: true },
    ELKS_WEBHOOK_PASSWORD: { needed: true },
    ELKS_API_URL: { address: true, default: 'https://api.46elks.com/a1' },
  },
  perSecond: 10,
  open: (setting, publicUrl) =>
    createElks({
      username: setting('ELKS_USERNAME'),
      password: setting('ELKS_PASSWORD'),
      from: setting('ELKS_FROM'),
      apiUrl: setting('ELKS_API_URL'),
      webhookUser: setting('ELKS_WEBHOOK_USER'),
      webhookPassword: setting('ELKS_WEBHOOK_PASSWORD'),
      publicUrl,
    }),
});
