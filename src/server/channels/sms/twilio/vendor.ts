import { vendorModule } from '../vendor/vendor-module.ts';
import { createTwilio } from './twilio.ts';

export const twilio = vendorModule({
  name: 'twilio',
  variables: {
    TWILIO_ACCOUNT_SID: { needed: true },
    TWILIO_AUTH_TOKEN: { needed: true },
    TWILIO_FROM: { needed: true },
    TWILIO_API_URL: { address: true, default: 'https://api.twilio.com' },
  },
  perSecond: 10,
  open: (setting, publicUrl) =>
    createTwilio({
      accountSid: setting('TWILIO_ACCOUNT_SID'),
      authToken: setting('TWILIO_AUTH_TOKEN'),
      from: setting('TWILIO_FROM'),
      apiUrl: setting('TWILIO_API_URL'),
      publicUrl,
    }),
});
