/** The one line a visitor sees when the conversation changes hands (F3). On a phone it names no authority (DOMAIN 5.6). */
export type Handing = 'claimed' | 'released' | 'handed-back' | 'closed' | 'returned';

type Line = (name: string) => string;
type Lines = Record<Handing, Line>;

const sv: Lines = {
  claimed: (name) => `Nu skriver ${name} här, socialsekreterare. Boten svarar inte längre.`,
  released: () => 'Du står i kö igen. En kollega tar över så snart någon kan. Du kan skriva här så länge.',
  'handed-back': () => 'Nu svarar chattboten igen. Den är inte en människa. Säg till om du vill prata med en människa.',
  closed: () => 'Samtalet är avslutat. Skriv här igen när du vill, så börjar ett nytt. Är det fara: ring 112.',
  returned: () => 'Du står i kö igen. Du behöver inte skriva om det du redan har berättat. Är det fara: ring 112.',
};

const en: Lines = {
  claimed: (name) => `This is ${name}, a social worker, writing now. The bot no longer answers.`,
  released: () =>
    'You are in the queue again. A colleague takes over as soon as someone can. You can write here meanwhile.',
  'handed-back': () => 'The chatbot answers again now. It is not a human. Say so if you want to talk to a person.',
  closed: () =>
    'This conversation has ended. Write here again whenever you want to start a new one. In danger: call 112.',
  returned: () => 'You are in the queue again. You need not repeat what you have told us. In danger: call 112.',
};

const svText: Partial<Lines> = {
  claimed: (name) => `Nu skriver ${name} här. En människa, inte boten.`,
};
const enText: Partial<Lines> = {
  claimed: (name) => `This is ${name} writing now. A person, not the bot.`,
};

/** @returns the line in the visitor's language; where we have none, Swedish and English together (W8). */
export function lineFor(handing: Handing, language: string, channel: 'web' | 'sms', name: string): string {
  const swedish = (channel === 'sms' ? svText[handing] : undefined) ?? sv[handing];
  const english = (channel === 'sms' ? enText[handing] : undefined) ?? en[handing];
  if (language === 'sv') return swedish(name);
  if (language === 'en') return english(name);
  return `${swedish(name)}\n\n${english(name)}`;
}
