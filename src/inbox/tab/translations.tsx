import { Button } from '@fluentui/react-components';
import { Bot16Regular, Translate16Regular } from '@fluentui/react-icons';
import type { Message } from '../wire.ts';
import { Blurred } from './blurred.tsx';
import { useInbox, useInboxState, useText } from './inbox-context.ts';
import { languageName, mainLanguage } from './text.ts';
import './translations.css';

/** The same words in the worker's language: by machine, and said so, below the original; or what the worker wrote. */
export function Translations({ message, grave }: { message: Message; grave: boolean }) {
  const text = useText();
  const inbox = useInbox();
  const translates = useInboxState((state) => state.writing?.translates === true && state.opened?.glass === null);
  const translating = useInboxState((state) => state.translating);
  const own = mainLanguage(text);
  const { translations = [], language, author, seq } = message;
  const missing = language !== own && author !== 'system' && !translations.some((each) => each.language === own);
  return (
    <>
      {translations.map(({ language: tag, text: words, by }) => (
        <div key={tag} className="translations-box" data-translation={by}>
          <span className="translations-by">
            <Bot16Regular aria-hidden />
            {by === 'machine'
              ? text.writing.translated(languageName(tag, text))
              : text.writing.wroteIn(languageName(tag, text))}
          </span>
          <p lang={tag} dir="auto">
            <Blurred on={grave}>{words}</Blurred>
          </p>
        </div>
      ))}
      {translates && missing && (
        <Button
          className="translations-button"
          size="small"
          appearance="subtle"
          icon={<Translate16Regular />}
          disabledFocusable={translating}
          data-translate={seq}
          onClick={() => void inbox.translate(seq, own)}
        >
          {text.writing.translate}
        </Button>
      )}
    </>
  );
}
