export type Keyword = 'stop' | 'start' | 'help';

const POLITE = /(?<!\p{L})(?:tack|please|pls|snälla|thanks|thank you)(?!\p{L})/gu;
const STOP =
  /^(?:stop|stopp|stopall|stop all|unsubscribe|avsluta|avregistrera|avregistrera mig|optout|opt out|revoke|cancel|end|jooji|dur|durdur|pare|parar|alto|stój|стоп|توقف|ايقاف|إيقاف|قف|لغو|ڕاگرە|وەستان|ደው|ደው በል|lopeta)$/;
const START =
  /^(?:start|starta|börja|borja|unstop|optin|opt in|subscribe|återuppta|yes start|bilow|başlat|zacznij|empezar|старт|ابدأ|شروع|دەستپێکردن|ጀምር|aloita)$/;
const HELP =
  /^(?:hjälp|hjalp|hjälp mig|help|help me|info|caawi|i caawi|yardım|pomoc|pomocy|ayuda|помощь|помогите|مساعدة|ساعدني|کمک|یارمەتی|ሓገዝ|apua)$/;

/**
 * The SMS keyword a whole message consists of, in any case and punctuation, or null (DOMAIN 5.6, 6.2; FAILURES F46).
 * A stop word inside a longer text is never an opt-out. "sluta", "quit" and "jag vill sluta" are null although providers
 * list them: they are what somebody in despair, or on the way out of a gang, writes. `requestOf` calls the bare words
 * `stop?`, so that the bot answers and tells that STOPP ends the messages. END has no such meaning here and counts.
 */
export function keywordOf(text: string): Keyword | null {
  if (text.length > 60) return null;
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N} ]+/gu, ' ')
    .replace(POLITE, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (words.length === 0 || words.length > 24) return null;
  if (STOP.test(words)) return 'stop';
  if (START.test(words)) return 'start';
  return HELP.test(words) ? 'help' : null;
}
