// biome-ignore-all lint/suspicious/noArrayIndexKey: a text's parts keep their places.
/** @jsxImportSource preact */
import { directionOf, FROM_RIGHT } from './direction.ts';
import { isolated } from './isolated.tsx';

/** Emergency and help lines as they are written in Swedish texts: 112, 114 14, 116 111, 1177, 90101, 020-50 50 50. */
const NUMBER = /(?<![\d-])(112|11[34] ?\d\d|116 ?\d{3}|1177|90101|0\d{1,3}[- ]\d{2,3}(?: ?\d{2,3}){1,3})(?!\d)/;

/**
 * One bubble a paragraph; text only, with telephone numbers to touch, never turned around in a right-to-left text. A paragraph
 * in Arabic runs from the right even when it begins with a Latin name; its English companion in the same message does not.
 */
export function Paragraphs({ text, language, numbers }: { text: string; language: string; numbers: boolean }) {
  return text
    .split(/\n\s*\n/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph, i) => (
      <p
        key={i}
        class="bubble"
        lang={language}
        dir={directionOf(language) === 'rtl' && FROM_RIGHT.test(paragraph) ? 'rtl' : 'auto'}
      >
        {numbers ? withNumbers(paragraph.trim()) : isolated(paragraph.trim())}
      </p>
    ));
}

const withNumbers = (paragraph: string) =>
  paragraph.split(NUMBER).map((part, i) => (i % 2 === 1 ? <Phone key={i} number={part} /> : isolated(part)));

export function Phone({ number }: { number: string }) {
  return (
    <a href={`tel:${number.replace(/\D/g, '')}`} dir="ltr">
      {number}
    </a>
  );
}
