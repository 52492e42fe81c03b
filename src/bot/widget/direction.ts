export const directionOf = (language: string): 'rtl' | 'ltr' =>
  /^(ar|fa|ckb|ur|he|ps|prs)\b/.test(language) ? 'rtl' : 'ltr';

/** A letter that runs from the right. */
export const FROM_RIGHT = /[\u0590-\u08ff]/;

/** A name or a few words in Latin letters. */
export const LATIN = /(\p{Script=Latin}[\p{Script=Latin}\d]*(?:[ -][\p{Script=Latin}\d]+)*)/u;
