/** What a sentence by a model must never do, whatever words it is made of (DOMAIN B4, B5, B8, B12, B14, AI5; FAILURES F4, F49). */
export type BannedFault =
  | 'link'
  | 'law'
  | 'time'
  | 'number-word'
  | 'promise'
  | 'secrecy'
  | 'claims-human'
  | 'transfer'
  | 'contact'
  | 'judging'
  | 'label'
  | 'advice'
  | 'confirms';

const word = (pattern: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])(?:${pattern})(?![\\p{L}\\p{M}\\p{N}])`, 'iu');

const BANNED: readonly (readonly [BannedFault, RegExp])[] = [
  ['link', /https?:|www\.|[\p{L}\p{N}-]\.(?:se|com|nu|org|net|eu|io|ru)(?!\p{L})|[@<>[\]{}|\\/`*_#]/iu],
  [
    'law',
    word(
      '§|lag(?:en|ar|arna|ens)?|paragraf\\p{L}*|sol|lvu|osl|brb|straff\\p{L}*|olaglig\\p{L}*|laglig\\p{L}*|rätt(?:en)? till|domstol\\p{L}*|law(?:s|ful)?|legal\\p{L}*|illegal\\p{L}*|act|section|article|court\\p{L}*|punish\\p{L}*|jail|prison|fängelse\\p{L}*',
    ),
  ],
  [
    'time',
    word(
      'idag|i dag|imorgon|i morgon|ikväll|i kväll|inatt|snart|strax|genast|direkt|omedelbart|inom|minut\\p{L}*|timm\\p{L}*|dygn\\p{L}*|dag(?:ar|en)?|veck\\p{L}*|månad\\p{L}*|klockan|måndag\\p{L}*|tisdag\\p{L}*|onsdag\\p{L}*|torsdag\\p{L}*|fredag\\p{L}*|lördag\\p{L}*|söndag\\p{L}*|today|tomorrow|tonight|soon|shortly|immediately|within|minutes?|hours?|days?|weeks?|months?|o.clock|\\p{L}+day',
    ),
  ],
  [
    'number-word',
    word(
      'två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|tjugo|tretti?o?|hundra|tusen|procent|noll|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|hundred|thousand|percent|zero',
    ),
  ],
  [
    'secrecy',
    word(
      'hemlig\\p{L}*|anonym\\p{L}*|sekretess\\p{L}*|tystnadsplikt\\p{L}*|spår\\p{L}*|mellan oss|(?:får|kommer|ska) (?:aldrig |inte |att få |få )*veta|berättar (?:inte|aldrig)|secret\\p{L}*|anonymous\\p{L}*|confidential\\p{L}*|private\\p{L}*|between us|trace\\p{L}*|ever know|tell (?:anyone|anybody|no one)|no ?(?:one|body)',
    ),
  ],
  [
    'promise',
    word(
      "lov(?:a|ar|ade|at)|garanter\\p{L}*|säkert?|trygg\\p{L}*|kommer att|ordnar sig|blir (?:bra|bättre)|går (?:bra|över)|alltid|aldrig|definitivt|promis\\p{L}*|guarante\\p{L}*|safe\\p{L}*|will|shall|going to|gonna|always|never|definitely|certainly|be (?:fine|okay|ok|alright|all right)|[\\p{L}]+[’']ll",
    ),
  ],
  [
    'claims-human',
    word(
      "jag är|jag heter|är människa|som (?:människa|socialsekreterare|kollega)|inte (?:en )?(?:bot|robot|maskin)|my name|i am(?! (?:sorry|glad))|i[’']m(?! (?:sorry|glad))|as a (?:human|person|social|real)|not a (?:bot|robot|machine|program)|real person",
    ),
  ],
  [
    'transfer',
    word(
      'koppl\\p{L}*|överlämn\\p{L}*|lämnar? (?:dig|över|vidare)|skick\\p{L}*|för(?:medla)?r? vidare|vidarebefordr\\p{L}*|kontakta\\p{L}*|ring(?:er|a|de|t)?|larma\\p{L}*|tillkall\\p{L}*|hämta\\p{L}*|meddela\\p{L}*|säger till|tar över|(?:kollega|socialsekreterare|medarbetare|människa|personal|polisen?|ambulans\\p{L}*)(?:n|en|r)? (?:\\p{L}+ )?(?:kommer|svarar|läser|ringer|skriver|hör av|tar)|på väg|transfer\\p{L}*|hand(?:ing|ed)? (?:you|this|it|over)|pass(?:ing|ed)? (?:you|this|it|on)|connect\\p{L}*|forward\\p{L}*|contact(?:ing|ed|s)?|call(?:ing|ed|s)?|alert\\p{L}*|alarm\\p{L}*|notif\\p{L}*|send(?:ing|s)?|sent|fetch\\p{L}*|take over|on (?:the|their) way|(?:colleague|social worker|someone|human|staff|police|ambulance) (?:\\p{L}+ )?(?:come|read|repl|answer|write|take|is|are)\\p{L}*',
    ),
  ],
  [
    'contact',
    word(
      "(?:har|hade) (?:inte |ännu |aldrig |redan )?(?:hört av|kontaktat|skrivit (?:till|hit)|varit (?:i kontakt|här)|pratat med (?:oss|mig))|(?<!you )(?:has|have|had|hasn[’']t|haven[’']t) (?:not |never |already )?(?:been in (?:touch|contact)|contacted|written|messaged|talked to us|reached out)",
    ),
  ],
  [
    'judging',
    word(
      'varför|borde|(?<!det )måste|skyll\\p{L}*|skäm\\p{L}*|skam\\p{L}*|dum\\p{L}*|fel av dig|ditt (?:eget )?fel|löjlig\\p{L}*|överdriv\\p{L}*|ljug\\p{L}*|hitta\\p{L}* på|själv valt|why|should\\p{L}*|(?<!(?:it|that) )must|have to|blam\\p{L}*|asham\\p{L}*|shame\\p{L}*|stupid\\p{L}*|your (?:own )?fault|ridiculous|overreact\\p{L}*|exaggerat\\p{L}*|lying|lies',
    ),
  ],
  [
    'label',
    word(
      'kriminell\\p{L}*|brottsling\\p{L}*|gäng\\p{L}*|extremist\\p{L}*|terrorist\\p{L}*|nazist\\p{L}*|islamist\\p{L}*|missbrukare|knarkare|narkoman\\p{L}*|psyksjuk\\p{L}*|galen|förövare|offer|criminals?|gang\\p{L}*|extremists?|terrorists?|nazis?|islamists?|junkie|addicts?|crazy|offenders?|perpetrators?|victims?|självmord\\p{L}*|suicide',
    ),
  ],
  [
    'confirms',
    word(
      "(?:ja|jo|nej|yes|no(?! wonder)|yeah|nope)|är (?:\\p{L}+ ){0,2}så(?= *[.,:]|$)|så är det|stämmer|(?<!över )just det(?= *[.,:]|$)|precis|visst|it is so|that is so|that[’']s (?:so|it|right)|is (?:so|right|true|correct|the case)(?= *[.,:]|$)|indeed|correct",
    ),
  ],
  [
    'advice',
    word(
      'du (?:kan|kunde|kanske|ska|bör|skulle)|(?<!här )kan du|gör (?:så|det)|gå (?:till|hem|dit)|betala\\p{L}*|sluta\\p{L}*|göm\\p{L}*|spring|fly|slå|you (?:can|could|may|might|need to)(?! (?:read|see) )|pay\\p{L}*|hide|run|quit|kill\\p{L}*|döda?\\p{L}*',
    ),
  ],
];

/** The first fault, or null. */
export function bannedIn(text: string): BannedFault | null {
  const plain = text.normalize('NFKC');
  return BANNED.find(([, pattern]) => pattern.test(plain))?.[0] ?? null;
}
