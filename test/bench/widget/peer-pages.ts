import { build } from 'vite';
import { PEERS, readPeer } from '../../support/peers.ts';

/** A page as its widget's own documentation begins, with a server that answers in the page: no peer waits for a network it need not. */
export interface PeerPage {
  name: string;
  body: string;
  script?: string;
  style?: string;
  /** Selectors of what one writes in and what one presses. */
  field: string;
  send: string;
  /** The element whose shadow tree they are in. */
  host?: string;
}

/** @throws one line when `test/peers` is not installed. */
export const peerPages = async (): Promise<PeerPage[]> => [
  { name: 'bare-form', body: BARE_FORM, field: 'textarea', send: 'button' },
  webChat('webchat'),
  webChat('webchat-minimal'),
  {
    name: 'deep-chat',
    body: `<deep-chat connect='{"url":"/answer"}' style="height:560px"></deep-chat><script type="module" src="widget.js"></script>`,
    script: readPeer('deep-chat/dist/deepChat.bundle.js'),
    field: '#text-input',
    send: '.input-button',
    host: 'deep-chat',
  },
  {
    name: 'react-chatbotify',
    body: '<div id="chat"></div><script type="module" src="widget.js"></script>',
    ...(await bundled(CHATBOTIFY)),
    field: '.rcb-chat-input-textarea',
    send: '.rcb-send-button',
  },
];

/** The floor: HTML with a form, no script and no style. */
const BARE_FORM = `<p>Hej. Skriv till oss.</p>
<form method="post"><textarea aria-label="Skriv här"></textarea><button type="submit">Sänd</button></form>`;

/** A Direct Line that is connected at once; `#300` gives it so many messages to begin with. */
const webChat = (name: string): PeerPage => ({
  name,
  body: '<main id="chat" style="height:600px"></main><script src="widget.js"></script>',
  script: `${readPeer(`botframework-webchat/dist/${name}.js`)}\n;${DIRECT_LINE}`,
  field: '[data-id=webchat-sendbox-input]',
  send: '.webchat__send-button',
});

const DIRECT_LINE = `(() => {
  const told = (values) => ({ subscribe: (to) => (values.forEach((v) => to.next(v)), { unsubscribe() {} }) });
  const message = (at) => ({
    type: 'message', id: 'm' + at, timestamp: new Date(at).toISOString(), text: 'Rad ' + at + '. Är det fara just nu: ring 112. Bris har nummer 116 111.',
    from: at % 2 ? { id: 'me', role: 'user' } : { id: 'bot', role: 'bot' },
  });
  WebChat.renderWebChat({
    directLine: {
      activity$: told(Array.from({ length: Number(location.hash.slice(1)) }, (_, at) => message(at))),
      connectionStatus$: told([0, 1, 2]),
      postActivity: () => told(['sent']),
      end() {},
    },
    userID: 'me', locale: 'sv-SE',
  }, document.getElementById('chat'));
})();`;

const CHATBOTIFY = `
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import ChatBot from 'react-chatbotify';
const flow = { start: { message: 'Hej. Skriv till oss.', path: 'start' } };
const settings = { general: { embedded: true }, chatHistory: { disabled: true }, chatInput: { botDelay: 0 } };
createRoot(document.getElementById('chat')).render(createElement(ChatBot, { flow, settings }));
`;

/** What its packages come to when a page is built with them, as a production build. */
async function bundled(entry: string): Promise<Pick<PeerPage, 'script' | 'style'>> {
  const name = 'virtual:page';
  const built = await build({
    root: PEERS,
    configFile: false,
    logLevel: 'error',
    plugins: [{ name, resolveId: (id) => (id === name ? id : null), load: (id) => (id === name ? entry : null) }],
    build: { write: false, target: 'es2022', modulePreload: false, rolldownOptions: { input: name } },
  });
  const files = [built].flat().flatMap((one) => ('output' in one ? one.output : []));
  const script = files.flatMap((file) => (file.type === 'chunk' ? file.code : [])).join('\n');
  const style = files.flatMap((file) =>
    file.type === 'asset' && file.fileName.endsWith('.css') ? `${file.source}` : [],
  );
  return { script, style: style.join('\n') };
}
