/**
 * What one reads before writing (G9): who reads, that a bot answers first, what is kept and for how long, when we must act, 112.
 * At most 60 words in every language, LIX at most 30 in Swedish. @param keptDays null while the City has decided none.
 */
export function cardFor(language: string, keptDays: number | null): string[] {
  if (language === 'sv')
    return [
      'En chattbot svarar först, inte en människa. Socialsekreterare i Stockholms stad läser och kan ta över.',
      `Du behöver inte säga vem du är. Vi sparar det du skriver. ${
        keptDays === null ? 'Ingen dag är bestämd för när det raderas.' : `Det raderas efter ${keptDays} dagar.`
      } Du kan radera det själv.`,
      'Om ett barn far illa, eller någon kan skadas svårt, måste vi ibland berätta vidare. Fara nu: ring 112.',
    ];
  return [
    'A chatbot answers first, not a human. Social workers of the City of Stockholm read and can take over.',
    `You need not say who you are. We keep what you write. ${
      keptDays === null ? 'No day is set for erasing it.' : `It is erased after ${keptDays} days.`
    } You can erase it yourself.`,
    'If a child is harmed, or somebody may get badly hurt, we must sometimes tell others. Danger now: call 112.',
  ];
}
