// biome-ignore-all lint/suspicious/noArrayIndexKey: a text's parts keep their places.
/** @jsxImportSource preact */
import type { VNode } from 'preact';
import { directionOf, FROM_RIGHT } from './direction.ts';
import { isolated } from './isolated.tsx';

/** Emergency and help lines as they are written in Swedish texts: 112, 114 14, 116 111, 1177, 90101, 020-50 50 50. */
const NUMBER = /(?<![\d-])(112|11[34] ?\d\d|116 ?\d{3}|1177|90101|0\d{1,3}[- ]\d{2,3}(?: ?\d{2,3}){1,3})(?!\d)/;

/** Characters from which an answer is folded, and how many of its paragraphs stay in sight at least. */
const [LONG, FIRST] = [900, 3];

interface ParagraphsProps {
  text: string;
  language: string;
  numbers: boolean;
  /** What unfolds a long text; without it nothing is folded. */
  rest?: string | undefined;
}

/**
 * One bubble a paragraph; text only, with telephone numbers to touch, never turned around in a right-to-left text. A paragraph
 * in Arabic runs from the right even when it begins with a Latin name; its English companion in the same message does not.
 */
export function Paragraphs({ text, language, numbers, rest }: ParagraphsProps) {
  const lines = text.split(/\n\s*\n/).filter((line) => line.trim() !== '');
  const bubbles = lines.map((line, i) => (
    <p
      key={i}
      class="bubble"
      lang={language}
      dir={directionOf(language) === 'rtl' && FROM_RIGHT.test(line) ? 'rtl' : 'auto'}
    >
      {numbers ? withNumbers(line.trim()) : isolated(line.trim())}
    </p>
  ));
  return rest && text.length > LONG ? folded(bubbles, lines, rest) : bubbles;
}

/** The beginning, the end and every line with 112 are always in sight; two lines or more between them are folded. */
function folded(bubbles: VNode[], lines: string[], rest: string): VNode[] {
  const shown = lines.map((line, i) => i < FIRST || i === lines.length - 1 || line.includes('112'));
  return bubbles.flatMap((bubble, i) => {
    if (shown[i]) return bubble;
    if (!shown[i - 1]) return [];
    const end = shown.indexOf(true, i);
    if (end === i + 1) return bubble;
    return (
      <details key={i}>
        <summary>{rest}</summary>
        {bubbles.slice(i, end)}
      </details>
    );
  });
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
