/** @jsxImportSource preact */
import type { Words } from './texts/texts.ts';

interface ComposerProps {
  draft: string;
  t: Words;
  edit(draft: string): void;
  send(text: string): void;
}

/** The field keeps what is written in it until it has been taken over by the log. */
export function Composer({ draft, t, edit, send }: ComposerProps) {
  const submit = (form: HTMLFormElement | null, event: Event) => {
    event.preventDefault();
    if (draft.trim() !== '') send(draft.trim());
    form?.querySelector('textarea')?.focus();
  };
  return (
    // Until the app is here, sending goes nowhere instead of to another page.
    <form method="dialog" onSubmit={(event) => submit(event.currentTarget, event)}>
      <textarea
        aria-label={t.write}
        placeholder={t.write}
        rows={1}
        maxLength={10_000}
        autoComplete="off"
        enterkeyhint="send"
        dir={draft ? 'auto' : undefined}
        value={draft}
        ref={grow}
        onInput={(event) => edit(event.currentTarget.value)}
        onKeyDown={(event) => {
          const enter = event.key === 'Enter' && !event.shiftKey && !event.isComposing;
          if (enter) submit(event.currentTarget.form, event);
        }}
      />
      <button type="submit">{t.send}</button>
    </form>
  );
}

let grownFor = '';

/** As tall as its text; the style caps it at five lines. Measured only where the browser does not do it itself: measuring is slow. */
function grow(field: HTMLTextAreaElement | null): void {
  if (!field || field.value === grownFor || CSS.supports('field-sizing:content')) return;
  grownFor = field.value;
  field.style.height = 'auto';
  field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
}
