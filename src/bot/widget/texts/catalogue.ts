import { ar } from './ar.ts';
import { ckb } from './ckb.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fa } from './fa.ts';
import { fi } from './fi.ts';
import { pl } from './pl.ts';
import { ru } from './ru.ts';
import { so } from './so.ts';
import { sv } from './sv.ts';
import type { Texts } from './texts.ts';
import { ti } from './ti.ts';
import { tr } from './tr.ts';

/** Every language offered, in the order it is offered. On the server only: a page carries its own language and no other. */
export const catalogue = { sv, en, ar, so, fi, es, pl, tr, ru, fa, ckb, ti } satisfies Record<string, Texts>;

export type Tag = keyof typeof catalogue;

export const isOffered = (tag: string | undefined): tag is Tag => Object.hasOwn(catalogue, tag ?? '');

/** What one chooses from: every language's own name by its tag. */
export const offered: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(catalogue).map(([tag, { name }]) => [tag, name]),
);
