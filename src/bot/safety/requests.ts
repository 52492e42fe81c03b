import { asksHuman } from './ask-human.ts';
import { keywordOf } from './keyword.ts';
import { type Ordinal, ordinalOf } from './numerals.ts';
import { fold } from './spelling.ts';

export type Request =
  | 'human'
  | 'bot?'
  | 'erase'
  | 'optout'
  | 'optin'
  | 'stop?'
  | 'gives-up'
  | 'help'
  | 'info'
  | 'greeting'
  | 'thanks'
  | 'goodbye'
  | 'insult'
  | 'attack'
  | 'yes'
  | 'no'
  | 'skip'
  | Ordinal
  | 'more'
  | 'cannot-call'
  | 'brief';

const LONGEST_READ = 4000;
const LONGEST_ACT_WORDS = 6;

/** A person: what somebody means who asks for "nån på riktigt" or "a real person". */
const PERSON =
  '(?:(?:en |nan |nagon |lite |annan )*(?:manniska\\w*|person\\w*|vuxen|vuxna|socialsekreterare\\w*|handlaggare\\w*|kurator\\w*|kollega|medarbetare|personal\\w*|nan|nagon|er|nan av er)|(?:a |an |some |the |real |actual |live |to )*(?:human\\w*|person|people|someone|somebody|some1|anyone|adult|social worker|counsell?or|caseworker|staff|agent))';
const VERB =
  '(?:prata|snacka|tala|chatta|skriva|traffa|kopplas?|ringa|talk|speak|chat|connect(?:ed)?|write|transfer(?:red)?)';
const HUMAN: readonly RegExp[] = [
  new RegExp(
    `(?:kan|far|skulle|vill|onskar|behover|gar det|kunna|hellre|istallet|garna|please|can|could|may|want|wanna|need|like|rather|id|let me)\\b.{0,30}\\b${VERB}\\b.{0,18}\\b(?:med|till|to|with)\\b ?.{0,16}${PERSON}`,
  ),
  /\b(?:koppla|koppl) (?:mig|mej|oss|in|over)\b|\b(?:transfer|connect|put) me\b|\bhand(?:ed)? (?:me )?over to\b/,
  /\b(?:far|vill|kan|behover)\b.{0,16}\b(?:en )?(?:riktig|levande|verklig) (?:manniska|person)\b|\breal (?:person|human)\b.{0,30}\b(?:chat|talk|speak|please|instead|write)|\b(?:human|person) please\b|\bmanniska (?:tack|istallet|snalla)\b/,
  /\b(?:is there|finns det|ar det)\b.{0,18}\b(?:someone|anyone|human|nan|nagon|manniska)\b.{0,14}\b(?:real|riktig)?\b.{0,10}\b(?:i can|jag kan|to)\b.{0,8}\b(?:prata|chat|talk|speak|skriva)/,
  /\bring(?:a|er)? (?:upp )?(?:mig|mej|oss|tillbaka|tebax)\b|\bkan (?:ni|nan|nagon|du) ringa\b(?! (?:polis|112|ambulans))|\bcall (?:me|us)(?: back)?\b(?! (?:a|an|names|stupid|crazy|ugly|fat|gay|that|it|them)\b)|\bsomeone call me\b|\bfar (?:garna )?ringa\b|\bgarna ringa\b/,
  /\b(?:ni kan )?(?:na|nar|mejla|maila|kontakta) (?:mig|mej|oss) (?:pa|via)\b|\breach me (?:on|at)\b|\bemail me\b|\bmy number is\b.{0,20}\[|\bboka (?:en )?tid\b|\b(?:fa|boka|ha) (?:ett )?(?:samtal|mote) med\b/,
  /\b(?:behover|vill ha)\b.{0,12}\b(?:nan|nagon)\b(?: vuxen)? (?:att|o|och)? ?(?:prata|snacka) med\b|\bneed (?:someone|somebody|an adult|a person) to (?:talk|speak) to\b|\bfa rad av (?:nan|nagon|en)\b|\bvem kan man snacka med\b/,
  /\bhur nar jag (?:er|nan|nagon|dig)\b|\b(?:how do i|can i|how can i) reach (?:you|someone|a )|\bwho (?:do|can|should) i (?:talk|speak) to\b|\b(?:human|person|someone|somebody) (?:please )?(?:talk|speak|chat|write) (?:to|with) me\b|\bnan som kan (?:prata|ringa|svara)\b.{0,12}\bmed mig\b/,
  /^(?:ja(?: tack)?,? )?(?:garna )?(?:en )?(?:manniska|human|person|agent|socialsekreterare)(?: tack| please)?$/,
];
/** Asks how or when one reaches somebody, or books: a question about contact, not a wish to be handed over now. */
const PRACTICAL = /\b(?:when|how|where|what time|which|who do i|nar|hur|vart|vilken|vilket|vem ringer|boka|book)\b/;
const NOT_ASKED =
  /\b(?:vill inte|dont want to|dont wanna|ar du|are you|kommer ni|do i have to|maste jag)\b.{0,24}\b(?:prata|ringa|manniska|riktig|human|talk|call|person)\b/;

/**
 * Does the writer ask for a person, a call or a named function, or leave a way to be reached (eval LABELS §1 `wantsHuman`)?
 * "Hjälp mig" alone does not.
 */
export function wantsHuman(text: string): boolean {
  const plain = plainOf(text);
  return (HUMAN.some((pattern) => pattern.test(plain)) || asksHuman(plain)) && !NOT_ASKED.test(plain);
}

/** Short acts: the whole message must be one of them. Order matters. */
const ACTS: ReadonlyArray<readonly [Request, RegExp]> = [
  [
    'yes',
    /^(?:ja|jaa+|japp|jepp|jo|yes|yeah|yep|yup|ok|okej|okay|okey|k|absolut|gor det|garna|javisst|visst|sure|ja gor det|please do|ja snalla|yes please|ja tack|ja garna|jag vill|det vill jag|stammer|precis|نعم|اه|ايه|haa|evet|tak|si|да|እወ|بەڵێ|بله|اره|kylla|joo|ок|давай)(?: tack| snalla| please| garna)?$/,
  ],
  [
    'no',
    /^(?:nej|na|nae|nah|nope|no|nej tack|no thanks|no thank you|inte nu|not now|not really|inte|aldrig|vill inte|det vill jag inte|helst inte|لا|maya|hayir|nie|нет|ኣይፋል|ኣይኮነን|نەخێر|نه|خیر|ei)(?: tack| thanks)?$/,
  ],
  [
    'skip',
    /^(?:skip|hoppa over|hoppa|vill inte saga|vill inte svara|spelar ingen roll|vet inte|vet ej|ingen aning|dont know|idk|i dont know|rather not say|id rather not say|dont want to say|pass|nasta|next|strunt samma|nej vill inte saga|jag vill inte saga)$/,
  ],
  ['more', /^(?:mer|more|mera|svara mer|reply more|مزيد|بیشتر|زیاتر|wax badan|daha|wiecej|mas|еще|ተወሳኺ|lisaa)$/],
  [
    'greeting',
    /^(?:hej|hejsan|hejhej|hej hej|hallo|halla|tja|tjena|tjenare|tjo|yo|god ?morgon|god ?kvall|god ?dag|hi|hii+|hello|hey|heya|hiya|good (?:morning|evening|afternoon)|hej pa er|hej igen|hi again|sup|tjabba|salam|salaam|salaan|selam|merhaba|مرحبا|سلام|السلام عليكم|czesc|hola|привет|ሰላም|سڵاو|moi|hei|tjena bror)(?: (?:dar|pa dig|bror|bre|there|alla|igen|again|bot))?$/,
  ],
  [
    'thanks',
    /^(?:(?:ok|okej|okay|ah|great|super|perfekt|toppen) )?(?:tack|tackar|tack snalla|tusen tack|stort tack|tack sa mycket|tack sa mkt|tack for hjalpen|tack for allt|tack snalla du|thanks|thank you|thx|ty|thanks a lot|thank you so much|cheers|tackar|tack det hjalpte|many thanks)(?: (?:hejda|hej da|bye|sa mycket|for hjalpen|bre|bror))?$/,
  ],
  [
    'goodbye',
    /^(?:(?:ok|okej|okay|tack) )?(?:hejda|hej da|adjo|vi hors|hors|bye|bye bye|goodbye|ciao|ha det bra|ha det|god natt|good night|see you|ttyl|maste ga|maste gitta)$/,
  ],
];
/** Acts that are told by a turn of phrase in a short message. */
const PHRASES: ReadonlyArray<readonly [Request, RegExp]> = [
  [
    'attack',
    /\b(?:ignor(?:e|era)|disregard|glom|forget|override|bypass|strunta i)\b.{0,40}\b(?:instru\w*|regler\w*|rules|prompt\w*|previous|above|tidigare|innan|allt du|training)\b|system ?prompt|\bdeveloper mode\b|utvecklarlage|\bjailbreak|\bdan mode\b|\bunrestricted\b|\b(?:no|inga|utan|without) (?:rules|regler|restrictions|filter)\b|<\/?(?:user|system|assistant)>|\[system\]|^system\s?(?:note|:)|\b(?:skriv ut|print|reveal|visa|repeat|upprepa|output|avsloja|leak)\b.{0,40}\b(?:prompt\w*|instru\w*|text(?:en)? above|text(?:en)? ovan|staff|personal\w*|phone list|konversation\w*|conversations|regler|rules|losenord|passwords?)\b|\b(?:latsas|pretend|act as|roleplay|rollspela|du ar nu|you are now)\b.{0,60}\b(?:att du|you|mode|regler|rules|ai|admin|lage|farfar|grandma|hemlig\w*|developer|utvecklare|unrestricted)\b|\b(?:set|satt) (?:risk|severity|priority)\b|\bpriority 0\b|\bescalation disabled\b|\b(?:se|see|show me|visa)\b.{0,12}\b(?:alla|other|andras|all) (?:konversationer|chattar|conversations|chats)\b/,
  ],
  [
    'optout',
    /\b(?:sluta|stoppa|inga fler|vill inte ha|vill inte fa|skicka inga|ta bort mig fran)\b.{0,20}\b(?:sms\w*|meddeland\w*|skicka|skriva till mig|listan|utskick)|^(?:stopp?|avsluta|unsubscribe)(?: (?:tack|please|me|sms|now))*$|\bunsubscribe me\b|\b(?:stop|dont|no more|quit)\b.{0,8}\b(?:texting|sending|messaging|texts|messages|sms|text)\b|\bavregistrera\b|\bopt me out\b/,
  ],
  ['optin', /^(?:start|starta|borja|unstop|borja igen|start again|subscribe)$/],
  [
    'erase',
    /\b(?:radera|ta bort|tabort|slang|delete|erase|remove|wipe)\b.{0,24}\b(?:chat\w*|allt|det jag|vad jag|everything|what i|my (?:data|messages|chat)|mina|min|uppgifter\w*|all (?:my|data)|konversation\w*|meddeland\w*|historik\w*)/,
  ],
  [
    'bot?',
    /\b(?:ar|e) (?:du|det har|detta|jag) .{0,24}\b(?:bot\w*|robot\w*|ai|manniska|maskin|dator|chatgpt|riktig person|pa riktigt|verklig)\b|\bare you\b.{0,20}\b(?:bot|robot|ai|human|real|person|machine|chatgpt|alive)\b|\b(?:is this|am i talking to|pratar jag med|chattar jag med|skriver jag med)\b.{0,16}\b(?:bot|robot|ai|human|person|machine|manniska|nan riktig|dator)\b|\bbevisa (?:det|att du)|\b(?:prove|lie about).{0,12}(?:human|bot)\b|^(?:bot|robot|chatgpt|ai)$/,
  ],
  [
    'cannot-call',
    /\b(?:kan|vagar|far|vill|orkar) (?:inte|ej|nte) (?:ringa|prata hogt|ringa nu|prata i telefon|tala)\b|\bring(?:a)? inte\b|\b(?:cant|cannot|can not|unable to|scared to|dont want to|dont|do not) (?:call|phone|ring|talk out loud|speak)\b|\bkan inte ringa\b/,
  ],
  [
    'brief',
    /\bskriv(?:a)? kort\b|\bkorta svar\b|\bsvara kort\b|\bkort(?:a)? (?:tack|pls|snalla)\b|\b(?:dom|de|han|hon|pappa|mamma|nan|they|he|she|someone|parents|dad|mum|mom) (?:laser|kollar|check|checks|read|reads|ser|snokar|goes through|look|looks at|monitors?)\b.{0,12}\b(?:mobil\w*|tele\w*|phone|sms|luren|chatt\w*|messages|texts)\b|\bkeep (?:it|your answers|the answers|answers|replies|messages) short\b|\bshort (?:answers|replies|messages)\b|\bkan nte skriva allt\b/,
  ],
  [
    'insult',
    /\b(?:idiot\w*|jav(?:la|el|eln|lar)\w*|fuck\w*|f\*+\w*|fan ta|dra at helvete|hall (?:kaften|kaft|truten|kaft)|kaften|shut up|stfu|useless|vardelos\w*|suger|you suck|sucks|dum(?:ma)? (?:i huvudet|robot|bot|jav\w*)|korkad\w*|stupid|dumb|trash|skraprobot|skitbot|skitrobot|robotjavel|cp|(?:din|jav\w*) hora|bitch|asshole|worst bot|kass|samst\w*|sa dalig|fattar (?:ju )?(?:inget|ingenting)|piss off|screw you|loser|mongo|retard\w*)\b/,
  ],
];

/**
 * What a message does in the conversation, or null when it says something of its own. Danger is not judged here: a
 * message may be an insult and a cry for help at once, and then the triage decides.
 */
export function requestOf(text: string): Request | null {
  const plain = plainOf(text);
  if (plain.length === 0) return null;
  const word = keywordOf(text);
  if (word === 'help' || word === 'info' || word === 'stop?' || word === 'gives-up') return word;
  const ordinal = ordinalOf(text);
  if (ordinal) return ordinal;
  const words = plain.split(' ').length;
  if (words <= LONGEST_ACT_WORDS) for (const [act, pattern] of ACTS) if (pattern.test(plain)) return act;
  for (const [act, pattern] of PHRASES) {
    if (
      act === 'attack'
        ? pattern.test(plain) || pattern.test(text.toLowerCase().slice(0, LONGEST_READ))
        : words <= 20 && pattern.test(plain)
    ) {
      return act === 'insult' && wantsHuman(text) ? 'human' : act;
    }
  }
  return wantsHuman(text) && !PRACTICAL.test(plain) ? 'human' : null;
}

function plainOf(text: string): string {
  return fold(text.slice(0, LONGEST_READ).normalize('NFKC').toLowerCase())
    .replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replace(/(\p{L})['’`´](\p{L})/gu, '$1$2')
    .replace(/[^\p{L}\p{N}*<>[\]/:]+/gu, ' ')
    .replace(/(?<!\S):+|:+(?!\S)/g, '')
    .replace(/ +/g, ' ')
    .trim();
}
