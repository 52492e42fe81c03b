import type { Link, LinkDeps } from './link.ts';

/** A link whose code, from `at`, comes when there is something to listen to. Until it can be had it is asked for ever more rarely. */
export function lazyLink(at: string, deps: LinkDeps): Link {
  let link: Link | undefined;
  let wanted: 'start' | 'resume' | undefined;
  let tries = 0;
  const begin = (how: 'start' | 'resume') => {
    wanted = how;
    if (link) link[how]();
    else void load();
  };
  return {
    get online() {
      return link ? link.online : tries === 0;
    },
    start: () => begin('start'),
    resume: () => begin('resume'),
    nudge: () => link?.nudge(),
    speaker: (t) => link?.speaker(t) ?? null,
    stop() {
      wanted = undefined;
      link?.stop();
    },
  };

  async function load(): Promise<void> {
    // A module that could not be had is not asked for again under the same name.
    const code = await import(/* @vite-ignore */ `${at}?${tries}`).catch(() => null);
    if (link || !wanted) return;
    if (code) {
      link = code.createLink(deps);
      link?.[wanted]();
      return;
    }
    setTimeout(load, Math.min(15_000, 500 * 2 ** tries++));
    deps.changed();
  }
}
