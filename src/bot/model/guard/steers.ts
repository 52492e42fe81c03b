const either = (...patterns: string[]): RegExp => new RegExp(`(?<![\\p{L}\\p{N}])(?:${patterns.join('|')})`, 'iu');

/** Asks for certain words: a confirmation, a promise, a role, a repetition, instructions. */
const DICTATES = either(
  'bekräfta',
  'erkänn',
  'lova(?!r|t)',
  'upprepa',
  'låtsas',
  'spela en roll',
  'säg (?:att|bara|ja|nej|det|mig)',
  'svara (?:bara |endast |med |ja|nej|ordet)',
  'skriv (?:att|bara|ut|ordet|ner|upp|exakt)',
  'börja (?:ditt svar|svaret|med)',
  'glöm|strunta i|ignorera',
  'system|prompt|instruktion|regler',
  'hitta på',
  'confirm',
  'admit',
  'promise',
  'repeat',
  'pretend',
  'act as',
  'you are now',
  'say (?:that|only|yes|no|just)',
  'reply (?:only|with)',
  'answer (?:only|yes|no|with)',
  'write (?:that|only|the word|exactly)',
  'begin (?:your|with)',
  'start (?:your|with)',
  'ignore|forget|disregard',
  'instruct|rules|guidelines',
);

const PROBES = either(
  '(?:har|hade|skrev|ringde|pratade|kontaktade|snackade) (?:\\p{L}+ ){1,4}(?:kontakt|skrivit|snackat|pratat|chattat|hört av|ringt|hit|er|med er|till er)(?!\\p{L})',
  '(?:snackat|pratat|skrivit|chattat) (?:med|till) er',
  '(?:has|have|did|had) (?:\\p{L}+ ){1,4}(?:contact|wr[io]t|text|talk|call|message|been in touch|reach)',
  'vad heter|vilka (?:jobbar|svarar)|vem (?:är du|svarar|jobbar)|namn på',
  'who (?:are you|works|answers)|names? of',
  '(?:andra|annan|others?|previous|last|före mig)(?:s|\\p{L}*) (?:\\p{L}+ ){0,3}(?:skriv|skrev|chatt|konversation|wrote|chat|conversation)',
);

/** Whether a message fishes for other people: who has been in touch, who works here, what others wrote (B14). */
export const probes = (text: string): boolean => PROBES.test(text);

/** Whether a message tries to get certain words out of the bot. It then says approved texts and nothing beside them. */
export const steers = (text: string): boolean => DICTATES.test(text) || probes(text);
