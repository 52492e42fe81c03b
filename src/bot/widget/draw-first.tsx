/** @jsxImportSource preact */
import type { ChatData } from '../wire.ts';
import { emptyConversation } from './conversation.ts';
import { Page } from './page.tsx';
import { toHtml } from './view-html.ts';

/** The style of what is not in the first visit. */
export { default as laterStyle } from './panels/later.css?inline';

const later = () => {};

/**
 * The page as it is before anything has happened, as HTML: one can read it and write in it before its script is here. The list of
 * languages comes with the script, and would be there twice.
 */
export const drawFirst = (data: ChatData): string =>
  toHtml(
    <Page
      data={{ ...data, languages: {} }}
      speaker={data.words.bot}
      {...{ conversation: emptyConversation(), online: true, begun: false, covered: false }}
      {...{ panel: null, draft: '' }}
      {...{ choose: later, hide: later, leave: later, open: later, edit: later, send: later, say: later }}
      {...{ retry: later, handover: later, scrolled: later }}
    />,
  );
