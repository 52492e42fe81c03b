/** What an emoji says when it stands in for a word. The words are ones the signal files know. */
export const EMOJI_WORDS: ReadonlyMap<string, string> = new Map([
  ['🔫', 'pistolemoji'],
  ['🔪', 'knivemoji'],
  ['🗡', 'knivemoji'],
  ['💣', 'bombemoji'],
  ['🧨', 'bombemoji'],
  ['💥', 'smällemoji'],
  ['💊', 'pilleremoji'],
  ['🩸', 'blodemoji'],
  ['⚰', 'dödemoji'],
  ['🪦', 'dödemoji'],
  ['😂', 'skrattemoji'],
  ['🤣', 'skrattemoji'],
  ['😅', 'skrattemoji'],
  ['😆', 'skrattemoji'],
  ['😹', 'skrattemoji'],
  ['😜', 'skrattemoji'],
  ['😍', 'skrattemoji'],
  ['🙃', 'skrattemoji'],
  ['💀', 'dödskalleemoji'],
  ['☠', 'dödskalleemoji'],
  ['🎮', 'spelemoji'],
  ['🎵', 'låtemoji'],
  ['🎶', 'låtemoji'],
]);

export const EMOJI = /\p{Extended_Pictographic}/gu;
