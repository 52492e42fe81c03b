const OTHERS =
  /\b(min|mitt|mina|vår|vårt|our|my)\s+(?:\p{L}+\s+)?(son|dotter|barn|pojke|flicka|bror|brorsa|brorsan|syster|syrra|syrran|kompis|vän|polare|kille|tjej|man|fru|sambo|elev|kusin|pappa|mamma|brother|sister|daughter|kid|child|friend|cousin|mate|boyfriend|girlfriend|husband|wife|pupil|student)(?:s|en|et|na|er)?\b/iu;
const ROLES = /\b(lärare|kurator|tränare|mentor|rektor|förälder|teacher|coach|parent|principal|counsell?or)\b/iu;
const SELF = /\b(jag|mig|mej|i|me|i'm|im|i've)\b/iu;

/** Whether somebody writes about another person: the advice must then fit a bystander (eval LABELS §5 "third person"). */
export function aboutOf(text: string): 'self' | 'other' {
  const other = OTHERS.exec(text) ?? ROLES.exec(text);
  if (!other) return 'self';
  const victim =
    /\b(hotar|slår|slog|dödar?|tvingar|skulden?|threaten\w*|hits?|beats?|forc\w+|kill\w*)\s+(mig|mej|me)\b/iu;
  return victim.test(text) || (SELF.test(text.slice(0, other.index)) && /\bsj[aä]lv\b/iu.test(text)) ? 'self' : 'other';
}
