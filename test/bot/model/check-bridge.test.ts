import { describe, expect, test } from 'vitest';
import { type BridgeFault, checkBridge } from '../../../src/bot/model/guard/check-bridge.ts';
import { ordinary } from '../../../src/bot/model/guard/ordinary.ts';
import { answerPrompt } from '../../../src/bot/model/prompts.ts';

const cited = {
  sv: [
    {
      id: 'gang-debt',
      title: 'Skuld, tvång och saker du förvarar',
      text: 'Att någon utnyttjar dig är inte ditt fel. Påhittade skulder är vanliga.\n\nMöt dem inte ensam. Ring 114 14, eller 112 vid fara.',
    },
  ],
  en: [
    {
      id: 'gang-debt',
      title: 'Debt, coercion and things you are keeping',
      text: 'Made-up debts are a common way to hold people.\n\nDo not meet them alone. Call 114 14 about it, or 112 in danger.',
    },
  ],
};
const CANARY = 'XK-7731-CANARY';
const faultOf = (bridge: string, language: 'sv' | 'en' = 'sv') =>
  checkBridge(bridge, { cited: cited[language], language, system: answerPrompt(language), canary: CANARY });

describe('what shows that somebody was heard may be said', () => {
  test.each([
    'Tack för att du berättar.',
    'Det låter tungt att bära på det här själv.',
    'Det är modigt av dig att skriva om det här.',
    'Det är begripligt att du vill veta mer om det.',
    'Jag hör hur mycket du bryr dig.',
    'Du är inte ensam om att känna så.',
    'Det måste kännas ensamt.',
    'Här är lite om skuld.',
    'Det är svårt: påhittade skulder är vanliga.',
  ])('sv: %s', (bridge) => expect(faultOf(bridge)).toBeNull());
  test.each([
    'Thank you for telling me.',
    'That sounds really hard to carry on your own.',
    'It takes courage to ask about this.',
    'It makes sense that you are worried.',
    "I'm sorry that it feels so heavy.",
    'You are not alone in feeling this way.',
    'Here is some information about debt.',
  ])('en: %s', (bridge) => expect(faultOf(bridge, 'en')).toBeNull());
});

const REFUSED: [BridgeFault, string, ('sv' | 'en')?][] = [
  // figures, numbers, links
  ['figure', 'Tack, läs mer om 90101 här.'],
  ['figure', 'Det kan ta 14 dagar'.replace(' dagar', '.')],
  ['figure', 'Tack för att du skrev ٩٠.'],
  ['figure', 'Det här är svar ½ på frågan.'],
  ['number-word', 'Det tar två steg.'],
  ['number-word', 'It takes three steps.', 'en'],
  ['link', 'Läs mer på stockholm.se om det.'],
  ['link', 'Läs mer på https://exempel om det.'],
  ['link', 'Skriv till stod@exempel om det.'],
  ['link', '<b>Tack</b> för att du skrev.'],
  ['link', '[Tack](svar) för att du skrev.'],
  // law, time
  ['law', 'Det är olagligt att göra så.'],
  ['law', 'Enligt § är det så.'],
  ['law', 'That is illegal.', 'en'],
  ['law', 'Du har rätt till stöd.'],
  ['time', 'Någon svarar snart.'],
  ['time', 'Det känns bättre imorgon.'],
  ['time', 'It may feel better on Monday.', 'en'],
  // promises, secrecy, who speaks
  ['promise', 'Det blir bättre.'],
  ['promise', 'Jag lovar att det är så.'],
  ['promise', 'You will feel better.', 'en'],
  ['promise', "You'll feel better.", 'en'],
  ['promise', 'Du är trygg här.'],
  ['secrecy', 'Det här stannar mellan oss.'],
  ['secrecy', 'Dina föräldrar får inte veta.'],
  ['secrecy', 'Nobody hears about this.', 'en'],
  ['claims-human', 'Jag är en människa precis som du.'],
  ['claims-human', 'Jag förstår dig som människa.'],
  ['claims-human', 'I am a person like you.', 'en'],
  ['claims-human', "I'm Anna and I care.", 'en'],
  // acts that are not done by words (F4)
  ['transfer', 'Jag kopplar dig till en person.'],
  ['transfer', 'En socialsekreterare läser det här.'],
  ['transfer', 'Jag ringer polisen åt dig.'],
  ['transfer', 'Jag larmar.'],
  ['transfer', 'I am handing you over.'.replace('I am h', 'H'), 'en'],
  ['transfer', 'Someone here is reading this.', 'en'],
  ['transfer', 'Help is on the way.', 'en'],
  // other people, judging, labels, orders
  ['contact', 'Din bror har hört av sig.'],
  ['contact', 'Han har inte skrivit till oss.'],
  ['contact', 'She has been in touch.', 'en'],
  ['judging', 'Det är ditt fel.'],
  ['judging', 'Du borde skriva mer.'],
  ['judging', 'Varför är du rädd.'],
  ['judging', 'You should talk about it.', 'en'],
  ['label', 'Du är inte kriminell.'],
  ['label', 'He is a gang member.', 'en'],
  ['advice', 'Betala dem.'],
  ['advice', 'Pay them what you owe.', 'en'],
  ['advice', 'Du kan berätta för din son.'],
  ['advice', 'You could talk about it more.', 'en'],
  ['advice', 'Kanske kan du prata med din vän.'],
  // a token or a confirmation
  ['form', 'KLART'],
  ['form', 'Klart.'],
  ['form', 'Det är KLART nu.'.replace(' nu', '')],
  ['confirms', 'Det är verkligen så.'],
  ['confirms', 'Ja, det är svårt.'],
  ['confirms', 'Så är det.'],
  ['confirms', 'That is so.', 'en'],
  ['confirms', 'Yes, that is hard.', 'en'],
  // form and language
  ['form', 'Tack. Det låter tungt.'],
  ['form', 'Hur känns det?'],
  ['form', 'Tack för att du berättar!'],
  ['form', 'tack för att du berättar.'],
  ['form', 'Tack\nför att du berättar.'],
  ['form', 'Tack för att du berättar 💙'],
  ['form', 'Tack för\u200b att du berättar.'],
  ['form', 'Tack för att du \u202eberättar.'],
  ['language', 'Thank you for telling me.'],
  ['language', 'Dziękuję, że o tym mówisz.'],
  ['length', 'Tack för att du berättar om det här och om det som är svårt och tungt och jobbigt.'],
  ['quotation', 'Det är svårt att höra "du är inget".'],
  ['quotation', 'Det är svårt att höra ”du är inget”.'],
  ['prompt', `Tack ${CANARY}.`],
  ['prompt', 'Tack x k 7 7 3 1 c a n a r y.'],
  ['prompt', 'You read messages to a support service of a city.', 'en'],
  // the wall: words that nobody reviewed
  ['word', 'Det låter tungt, Sixten.'],
  ['word', 'Det är svårt i Rinkeby.'],
  ['word', 'Rådgivningsbyrån Exempel kan hjälpa dig.'],
  ['word', 'Möt dem igen.'],
  ['word', 'Inte ditt problem.'],
  ['word', 'Shuno, det låter tungt.'],
  ['word', 'Det är svårt med haschet.'],
  ['word', 'Frida at the shelter can help you.', 'en'],
  ['word', 'Meet them and talk.', 'en'],
  ['word', 'Det är bra att berätta för pappa.'],
  ['word', 'It is good to trust him.', 'en'],
  ['word', 'Mix the powder slowly.', 'en'],
];
test.each(REFUSED)('refused (%s): %s', (fault, bridge, language) => expect(faultOf(bridge, language)).toBe(fault));

test('nothing is said in a language that cannot be checked', () => {
  const context = { cited: cited.sv, system: '', canary: '' };
  expect(checkBridge('Gracias por contarlo.', { ...context, language: 'es' })).toBe('language');
});

test('a figure of the cited text alone is no licence to use it otherwise', () => {
  expect(faultOf('Tack för 112 tankar.')).toBe('word');
});

test('the reviewed words state, promise, count, date and name nothing by themselves', () => {
  for (const language of ['sv', 'en'] as const) {
    const { words, phrases } = ordinary(language);
    const alone = [...words].filter((w) =>
      /^(ingen|inget|inte|aldrig|alltid|alla|säker|vi|oss|vår|får|ska|måste|polis\w*|soc\w*|hemlig\w*|no|not|never|always|all|will|we|us|our|must|should|police|safe|secret|nobody)$/.test(
        w,
      ),
    );
    expect(alone).toEqual([]);
    expect(Math.max(...phrases.map((p) => p.length))).toBeLessThanOrEqual(5);
  }
});
