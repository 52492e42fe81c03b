import { adaptiveCard, type CardJson, heading, line } from './card-json.ts';

const NOTICES = {
  /** Not there, or of a district that is not the reader's: the two look the same (F38). */
  absent: ['Ärendet finns inte här', 'Det är borttaget, eller så hör det till en annan stadsdel.'],
  stranger: ['Du har inte behörighet än', 'Be din samordnare lägga till dig.'],
  moved: ['Flyttat till en annan stadsdel', 'Ärendet finns inte längre i den här kön.'],
  /** The same conversation has come to wait again, further down. */
  newer: ['Det finns ett nyare kort', 'Ärendet väntar igen. Det nya kortet ligger längre ned.'],
  unreadable: ['Det går inte att läsa läget just nu', 'Öppna inkorgen, eller försök igen om en stund.'],
} as const;

/** A card that tells nothing about any conversation. */
export function noticeCard(notice: keyof typeof NOTICES): CardJson {
  const [title, text] = NOTICES[notice];
  return adaptiveCard([heading(title), line(text)]);
}
