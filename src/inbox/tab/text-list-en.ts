import type { ListText } from './text-list-sv.ts';

export const listEn: ListText = {
  filters: 'Show only',
  allChannels: 'All channels',
  allLanguages: 'All languages',
  languages: {
    ...{ sv: 'Swedish', en: 'English', ar: 'Arabic', ckb: 'Central Kurdish', es: 'Spanish', fa: 'Persian' },
    ...{ fi: 'Finnish', pl: 'Polish', ru: 'Russian', so: 'Somali', ti: 'Tigrinya', tr: 'Turkish' },
  },
  clear: 'Show all',
  nothingFits: 'No conversation here fits what you have chosen to show.',
  offDuty: 'Nobody is waiting. You are off duty and get no alerts.',
  alarm: {
    waiting: (risk, district) => `${risk} waiting, ${district}`,
    raised: (risk, district) => `New in your conversation: ${risk}, ${district}`,
    others: (n) => `and ${n} more`,
  },
  soundOn: 'Alarm sound on in this tab',
  soundOff: 'Alarm sound off in this tab',
  shortcuts: 'Single keys are on',
  more: 'Hand on or close',
  answerBefore: (clock) => `answer before ${clock}`,
};
