import { onThreeShifts } from './exit.ts';

/** `/widget.js` on a host page: a button, and behind it one frame from our own origin that the page's scripts cannot look into. */
(() => {
  const script = document.currentScript;
  if (!(script instanceof HTMLScriptElement)) return;
  const { origin } = new URL(script.src);
  const { language, label = 'Chatt' } = script.dataset;
  const holder = document.createElement('div');
  const shadow = holder.attachShadow({ mode: 'closed' });
  const button = document.createElement('button');
  let frame: HTMLIFrameElement | null = null;

  button.type = 'button';
  button.textContent = label;
  button.setAttribute('aria-expanded', 'false');
  // Through the object model, so that a host page's style policy does not stop it.
  style(button, {
    ...{ position: 'fixed', insetInlineEnd: '16px', bottom: '16px', zIndex: '2147483646' },
    ...{ minHeight: '48px', padding: '0 20px', border: '2px solid #fff', borderRadius: '24px' },
    ...{ font: '600 17px/1.2 system-ui, sans-serif', color: '#fff', background: '#1e5b4f', cursor: 'pointer' },
  });
  button.addEventListener('click', () => show(true));
  addEventListener('message', (event) => {
    if (!frame || event.source !== frame.contentWindow || event.origin !== origin) return;
    if (event.data?.chat === 'hide') show(false);
    if (event.data?.chat === 'leave') {
      frame.remove();
      if (/^https?:/.test(event.data.to)) location.replace(event.data.to);
    }
  });
  // The chat leaves, so that its token dies too, and takes this page along.
  onThreeShifts(() => frame?.contentWindow?.postMessage({ chat: 'leave' }, origin));
  shadow.append(button);
  document.body.append(holder);

  function show(open: boolean): void {
    frame ??= addFrame();
    frame.style.display = open ? 'block' : 'none';
    button.style.display = open ? 'none' : 'block';
    button.setAttribute('aria-expanded', String(open));
    (open ? frame : button).focus();
  }

  function addFrame(): HTMLIFrameElement {
    const added = document.createElement('iframe');
    added.title = label;
    added.referrerPolicy = 'no-referrer';
    added.setAttribute(
      'sandbox',
      'allow-scripts allow-same-origin allow-forms allow-top-navigation-by-user-activation',
    );
    added.src = `${origin}/chat${language ? `?lang=${encodeURIComponent(language)}` : ''}`;
    style(added, {
      ...{ position: 'fixed', insetInlineEnd: '0', bottom: '0', zIndex: '2147483647', border: '0' },
      ...{ width: 'min(400px, 100vw)', height: 'min(680px, 100dvh)', boxShadow: '0 0 24px rgb(0 0 0 / 0.2)' },
      colorScheme: 'light dark',
    });
    shadow.append(added);
    return added;
  }

  function style(element: HTMLElement, rules: Partial<CSSStyleDeclaration>): void {
    Object.assign(element.style, rules);
  }
})();
