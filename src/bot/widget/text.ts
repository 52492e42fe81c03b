/**
 * The chat's own words; `{}` is filled in. A page carries those of its language alone. What the bot says comes from the server.
 * A missing key does not compile.
 */
const sv = {
  title: 'Chatt',
  bot: 'Chattbot, inte en människa',
  worker: '{}, socialsekreterare',
  held: 'En människa svarar: {}, socialsekreterare. Boten svarar inte längre.',
  someone: 'En människa',
  waiting: 'Du väntar på en människa.',
  first: 'Du står först i kön.',
  ahead: 'Du står i kö. {} före dig.',
  opens: 'Ingen människa svarar just nu. Vi är tillbaka {}.',
  closed: 'Samtalet är avslutat. Skriv om du vill börja igen.',
  you: 'Du',
  typing: 'skriver …',
  log: 'Meddelanden',
  write: 'Skriv här …',
  send: 'Sänd',
  human: 'Prata med en människa',
  wantHuman: 'Jag vill prata med en människa',
  sending: 'Skickas …',
  sent: 'Skickat',
  failed: 'Inte skickat.',
  retry: 'Försök igen',
  offline: 'Ingen kontakt just nu. Det du skriver skickas när nätet är tillbaka.',
  language: 'Språk',
  hide: 'Göm',
  show: 'Tillbaka',
  leave: 'Lämna',
  numbers: 'Nummer att ringa',
};

export type Words = typeof sv;

const en: Words = {
  title: 'Chat',
  bot: 'Chatbot, not a human',
  worker: '{}, social worker',
  held: 'A person is answering: {}, social worker. The bot no longer answers.',
  someone: 'A person',
  waiting: 'You are waiting for a person.',
  first: 'You are first in line.',
  ahead: 'You are in line. {} before you.',
  opens: 'Nobody answers just now. We are back {}.',
  closed: 'This conversation has ended. Write if you want to start again.',
  you: 'You',
  typing: 'is writing …',
  log: 'Messages',
  write: 'Write here …',
  send: 'Send',
  human: 'Talk to a person',
  wantHuman: 'I want to talk to a person',
  sending: 'Sending …',
  sent: 'Sent',
  failed: 'Not sent.',
  retry: 'Try again',
  offline: 'No connection right now. What you write is sent when it is back.',
  language: 'Language',
  hide: 'Hide',
  show: 'Back',
  leave: 'Leave',
  numbers: 'Numbers to call',
};

/** English for a language we have no words of our own for yet. */
export const wordsFor = (language: string): Words => (language === 'sv' ? sv : en);
