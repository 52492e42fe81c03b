/** Words for the list, its filters and its alarms, in Swedish. `text-list-en.ts` has the same keys. */
export const listSv = {
  filters: 'Visa bara',
  allChannels: 'Alla kanaler',
  allLanguages: 'Alla språk',
  /** Those the chat speaks; other names are the browser's, whose table takes its time to open. */
  languages: {
    ...{ sv: 'svenska', en: 'engelska', ar: 'arabiska', ckb: 'centralkurdiska', es: 'spanska', fa: 'persiska' },
    ...{ fi: 'finska', pl: 'polska', ru: 'ryska', so: 'somaliska', ti: 'tigrinja', tr: 'turkiska' },
  },
  clear: 'Visa alla',
  nothingFits: 'Inget samtal här passar det du har valt att visa.',
  offDuty: 'Ingen väntar. Du är inte i tjänst och får inga larm.',
  alarm: {
    waiting: (risk: string, district: string) => `${risk} väntar, ${district}`,
    raised: (risk: string, district: string) => `Nytt i ditt samtal: ${risk}, ${district}`,
    others: (n: string) => `och ${n} till`,
  },
  soundOn: 'Larmljud på i den här fliken',
  soundOff: 'Larmljud av i den här fliken',
  shortcuts: 'Enkla tangenter är på',
  more: 'Lämna eller avsluta',
  answerBefore: (clock: string) => `svara före ${clock}`,
};

export type ListText = typeof listSv;
