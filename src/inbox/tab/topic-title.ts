import type { Text } from './text.ts';

/** Titles of the approved topics (eval/TOPICS.md): id, Swedish, English. */
const TITLES: readonly (readonly [id: string, sv: string, en: string])[] = [
  ['emergency-112', 'Akut fara – ring 112', 'Immediate danger – call 112'],
  ['suicide-crisis', 'När du inte vill leva', 'When you do not want to live'],
  ['threatened', 'Om du är hotad', 'If you are threatened'],
  ['missing-child', 'Om ditt barn är försvunnet', 'If your child is missing'],
  ['police-tip', 'Tipsa polisen, 114 14', 'Tip off the police, 114 14'],
  ['police-report-trial', 'Polisanmälan, vittne och rättegång', 'Police report, witness and trial'],
  ['contact-district', 'Kontakta socialtjänsten i din stadsdel', 'Contact social services in your district'],
  ['find-district', 'Vilken stadsdel hör jag till?', 'Which district do I belong to?'],
  [
    'opening-hours',
    'Öppettider, svarstider och socialjour',
    'Opening hours, waiting times and the out-of-hours social services',
  ],
  ['talk-to-human', 'Prata med en människa', 'Talk to a human'],
  ['about-service', 'Om chatten och sms-tjänsten', 'About the chat and SMS service'],
  ['sms-stop', 'Sluta få sms', 'Stop receiving SMS'],
  ['anonymity', 'Du kan vara anonym', 'You can be anonymous'],
  ['confidentiality', 'Sekretess och tystnadsplikt', 'Confidentiality and secrecy'],
  ['parents-school-told', 'Får föräldrar eller skolan veta?', 'Will parents or school be told?'],
  ['data-rights', 'Dina uppgifter: lagring, radering, registerutdrag', 'Your data: storage, erasure, access'],
  [
    'first-meeting',
    'Så går det till hos socialtjänsten – och vem kan få hjälp',
    'What happens at social services – and who can get help',
  ],
  ['worry-report', 'Göra en orosanmälan', 'Making a report of concern'],
  ['after-worry-report', 'Efter en orosanmälan', 'After a report of concern'],
  [
    'lvu',
    'Tvångsvård (LVU) och rädslan att mista sina barn',
    "Compulsory care (LVU) and the fear of losing one's children",
  ],
  ['recruitment-signs', 'Tecken på att ett barn dras in', 'Signs that a child is being drawn in'],
  [
    'recruitment-online',
    'Så värvas barn – appar, spel och ”uppdrag”',
    "How children are recruited – apps, games and 'missions'",
  ],
  ['first-offer', 'När någon ber dig om en tjänst', 'When someone asks you for a favour'],
  ['money-mule', 'Konto, swish, bank-id och målvakter', 'Bank account, Swish, BankID and front men'],
  ['gang-debt', 'Skuld, tvång och saker du förvarar', 'Debt, coercion and things you are keeping'],
  ['youth-law', 'Unga och lagen', 'Young people and the law'],
  ['field-workers', 'Fältassistenter', 'Field workers'],
  ['leisure', 'Fritid och ungdomsgårdar', 'Leisure and youth centres'],
  ['jobs-studies', 'Jobb, praktik och studier', 'Jobs, internships and studies'],
  ['school-resources', 'För skolor och föreningar', 'For schools and associations'],
  ['exit-crime', 'Lämna kriminalitet – så börjar du', 'Leaving crime – how to begin'],
  ['exit-protection', 'Skydd och boende när du lämnar', 'Protection and housing when you leave'],
  ['sig', 'Sociala insatsgrupper (SIG)', 'Social intervention groups (SIG)'],
  ['after-release', 'Efter häkte, fängelse eller SiS', 'After custody, prison or secure youth home'],
  ['extremism-environments', 'Våldsbejakande extremistiska miljöer', 'Violent extremist environments'],
  ['extremism-signs', 'Tecken på radikalisering', 'Signs of radicalisation'],
  ['extremism-online', 'Extremism och våldshyllande på nätet', 'Extremism and glorification of violence online'],
  ['exit-extremism', 'Lämna en extremistisk miljö', 'Leaving an extremist environment'],
  ['relatives-support', 'Stöd till anhöriga', 'Support for relatives'],
  ['talk-with-child', 'Prata med ditt barn', 'Talking with your child'],
  ['sibling-friend', 'När ett syskon eller en vän dras in', 'When a sibling or friend is drawn in'],
  ['victim-support', 'Stöd till brottsutsatta unga', 'Support for young victims of crime'],
  ['domestic-violence', 'Våld i nära relation', 'Domestic violence'],
  ['honour', 'Hedersrelaterat våld och förtryck', 'Honour-related violence and oppression'],
  ['sexual-exploitation', 'Sexuell utsatthet och hot med bilder', 'Sexual exploitation and threats with images'],
  ['mental-health', 'När du mår dåligt', 'When you feel bad'],
  ['substance-use', 'Droger, alkohol och spel', 'Drugs, alcohol and gambling'],
];

/** A topic's title in the reader's language, or null for an id that is no topic (a fixed line of the service). */
export function topicTitle(id: string, text: Text): string | null {
  const row = TITLES.find(([key]) => key === id);
  return (text.locale === 'sv-SE' ? row?.[1] : row?.[2]) ?? null;
}
