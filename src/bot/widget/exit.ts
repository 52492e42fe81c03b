/** Talks to the loader on the host page, when there is one. It learns no word of the conversation. */
export const tellHost = (message: { chat: 'hide' } | { chat: 'leave'; to: string }): void => {
  if (parent !== window) parent.postMessage(message, '*');
};

export const isEmbedded = (): boolean => parent !== window;

/** Covers the page in this frame of the screen, then goes to a neutral page that takes this one's place in the history (F41). */
export function goAway(to: string): void {
  document.documentElement.hidden = true;
  document.body.replaceChildren();
  addEventListener('pageshow', (event) => event.persisted && location.replace(to));
  tellHost({ chat: 'leave', to });
  location.replace(to);
}

/** By Back or Forward to a page on which nothing is kept: somebody has left it, and somebody else may be looking. */
export const cameBack = (): boolean =>
  performance.getEntriesByType('navigation').some((e) => 'type' in e && e.type === 'back_forward');

const WITHIN_MS = 5_000;

/** Shift three times, left and right alike, with no other key between and never in a field where one types (F55). */
export function onThreeShifts(leave: () => void): void {
  let presses: number[] = [];
  addEventListener('keydown', ({ key, repeat, target, timeStamp }) => {
    if (repeat) return;
    const typing = target instanceof Element && target.matches('textarea,input,select');
    presses = key !== 'Shift' || typing ? [] : [...presses.slice(-2), timeStamp];
    const [first = 0] = presses;
    if (presses.length === 3 && timeStamp - first <= WITHIN_MS) leave();
  });
}
