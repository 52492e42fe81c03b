/** Talks to the loader on the host page, when there is one. It learns no word of the conversation. */
export const tellHost = (message: { chat: 'hide' } | { chat: 'leave'; to: string }): void => {
  if (parent !== window) parent.postMessage(message, '*');
};

export const isEmbedded = (): boolean => parent !== window;

/** Covers the page in this frame of the screen, then goes to a neutral page that takes this one's place in the history (F41). */
export function goAway(to: string): void {
  document.documentElement.hidden = true;
  addEventListener('pageshow', (event) => event.persisted && location.replace(to));
  tellHost({ chat: 'leave', to });
  location.replace(to);
}
