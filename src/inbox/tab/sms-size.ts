import calculator from 'sms-segments-calculator';
import type { Writing } from '../wire.ts';

export interface SmsSize {
  /** How many texts the operator makes of it. */
  parts: number;
  /** How many more signs the last of them holds. */
  left: number;
}

/** How a reply travels: folded as the server folds it when that keeps it in GSM-7, else as it stands (F47). */
export function smsSize(text: string, fold: Writing['fold']): SmsSize {
  const plain = [...text.normalize('NFC')].map((sign) => fold[sign] ?? sign).join('');
  const folded = new calculator.SegmentedMessage(plain);
  const message = folded.encodingName === 'GSM-7' ? folded : new calculator.SegmentedMessage(text);
  const bits = message.encodingName === 'GSM-7' ? 7 : 16;
  const last = message.segments.at(-1);
  return { parts: message.segmentsCount, left: Math.floor((last?.freeSizeInBits() ?? 0) / bits) };
}
