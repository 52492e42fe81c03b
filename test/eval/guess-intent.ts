import type { Risk, RiskKind } from '../../src/bot/outcome.ts';
import { type Request, requestOf, wantsHuman } from '../../src/bot/safety/requests.ts';

export interface HeardText {
  text: string;
  risk: Risk;
  kinds: readonly RiskKind[];
  /** Best first. */
  topics: readonly string[];
}

/** A stand-in until the bot names intents itself: what was asked for, what it is about, and which topic answers it. */
export function guessIntent({ text, risk, kinds, topics }: HeardText): string {
  if (risk === 'emergency') return 'danger_disclosure';
  const request = requestOf(text);
  const act = request === null ? undefined : OF_REQUEST[request];
  if (act && risk === 'none') return act;
  const [kind] = kinds;
  const ofTopic = topics[0] === undefined ? undefined : OF_TOPIC[topics[0]];
  if (risk !== 'none' && kind) {
    if (/\?/.test(text) && ofTopic && !ABOUT_SOMEBODY.has(ofTopic)) return ofTopic;
    if (PROFESSIONAL.test(text)) return 'report_concern';
    return CLOSE_TO_ME.test(text) && !FOR_ONESELF.has(kind) ? 'relative_worry' : OF_KIND[kind];
  }
  return ofTopic ?? (wantsHuman(text) ? 'talk_to_human' : 'off_topic');
}

const OF_REQUEST: Partial<Record<Request, string>> = {
  human: 'talk_to_human',
  'bot?': 'about_bot',
  erase: 'delete_my_data',
  optout: 'stop_sms',
  optin: 'stop_sms',
  greeting: 'greeting',
  thanks: 'thanks_bye',
  goodbye: 'thanks_bye',
  insult: 'abuse_to_bot',
  attack: 'prompt_attack',
};

/** LABELS §4 rule 3: who it is about decides what a telling text is. */
const OF_KIND: Record<RiskKind, string> = {
  suicide: 'mental_health',
  selfharm: 'mental_health',
  distress: 'mental_health',
  threat_to_others: 'mental_health',
  threatened: 'victim_support',
  violence_ongoing: 'victim_support',
  abuse_honour: 'victim_support',
  sexual_exploitation: 'victim_support',
  crime_victim: 'victim_support',
  weapon: 'recruitment_worry_self',
  coercion_debt: 'recruitment_worry_self',
  recruitment: 'recruitment_worry_self',
  exit_wish: 'exit_crime',
  extremism: 'exit_extremism',
  missing: 'relative_worry',
  overdose: 'mental_health',
  substance_use: 'addiction',
};
const FOR_ONESELF: ReadonlySet<RiskKind> = new Set<RiskKind>(['threatened', 'abuse_honour', 'exit_wish']);
const ABOUT_SOMEBODY: ReadonlySet<string> = new Set(['relative_worry', 'victim_support', 'mental_health']);
const PROFESSIONAL =
  /(?<!\p{L})(?:lärare|kurator|rektor|tränare|granne?n?|elev\p{L}*|teacher|coach|counsell?or|pupil|student|neighbou?r)(?!\p{L})/iu;
const CLOSE_TO_ME =
  /(?<!\p{L})(?:min|mitt|mina|vår|vårt|my|our)\s+(?:\p{L}+\s+)?(?:son|dotter|barn|bror|brorsa|syster|syrra|kompis|vän|polare|kusin|man|fru|brother|sister|daughter|kid|child|friend|cousin|husband|wife)|oğlum|kızım|kardeşim|سنی|ابني|بنتي|أخي|پسرم|دخترم|برادرم|wiilkayga|wiilkeyga|gabadhayda|walaalkay|syn|córka|brat|hijo|hija|hermano|сын|дочь|брат|ወደይ|ጓለይ|ሓወይ|کوڕەکەم|کچەکەم/iu;

/** TOPICS.md "Intent to topic", read the other way. */
const OF_TOPIC: Readonly<Record<string, string>> = {
  'emergency-112': 'danger_disclosure',
  'suicide-crisis': 'mental_health',
  threatened: 'victim_support',
  'missing-child': 'relative_worry',
  'police-tip': 'tip_police',
  'police-report-trial': 'legal_process',
  'contact-district': 'contact_district',
  'find-district': 'district_lookup',
  'opening-hours': 'opening_hours',
  'talk-to-human': 'talk_to_human',
  'about-service': 'about_bot',
  'sms-stop': 'stop_sms',
  anonymity: 'confidentiality',
  confidentiality: 'confidentiality',
  'parents-school-told': 'confidentiality',
  'data-rights': 'delete_my_data',
  'first-meeting': 'what_happens_if_contact',
  'worry-report': 'report_concern',
  'after-worry-report': 'what_happens_if_contact',
  lvu: 'what_happens_if_contact',
  'recruitment-signs': 'facts_info',
  'recruitment-online': 'facts_info',
  'first-offer': 'recruitment_worry_self',
  'money-mule': 'recruitment_worry_self',
  'gang-debt': 'recruitment_worry_self',
  'youth-law': 'legal_process',
  'field-workers': 'facts_info',
  leisure: 'leisure_activities',
  'jobs-studies': 'leisure_activities',
  'school-resources': 'school_prevention',
  'exit-crime': 'exit_crime',
  'exit-protection': 'exit_crime',
  sig: 'exit_crime',
  'after-release': 'exit_crime',
  'extremism-environments': 'facts_info',
  'extremism-signs': 'relative_worry',
  'extremism-online': 'facts_info',
  'exit-extremism': 'exit_extremism',
  'relatives-support': 'relative_worry',
  'talk-with-child': 'relative_worry',
  'sibling-friend': 'relative_worry',
  'victim-support': 'victim_support',
  'domestic-violence': 'victim_support',
  honour: 'victim_support',
  'sexual-exploitation': 'victim_support',
  'mental-health': 'mental_health',
  'substance-use': 'addiction',
};
