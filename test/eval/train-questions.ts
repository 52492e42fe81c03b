import type { Intent } from '../../src/bot/safety/intents.ts';
import { readTrainingSet } from './topics/training-set.ts';

/** What a question about a topic is asked for (eval TOPICS, "Intent to topic"). Topics that serve several intents are left out. */
const INTENT_OF: Readonly<Record<string, Intent>> = {
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
  anonymity: 'confidentiality',
  confidentiality: 'confidentiality',
  'parents-school-told': 'confidentiality',
  'data-rights': 'delete_my_data',
  'first-meeting': 'what_happens_if_contact',
  'worry-report': 'report_concern',
  'after-worry-report': 'what_happens_if_contact',
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
  '': 'off_topic',
};

/** The questions that the topic search learns from, for the intent head too. */
export const readQuestions = (): { text: string; intent: Intent }[] =>
  readTrainingSet().flatMap(({ text, topic, question }) => {
    const intent = INTENT_OF[topic];
    return question && intent ? [{ text, intent }] : [];
  });
