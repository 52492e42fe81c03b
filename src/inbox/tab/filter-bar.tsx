import { Button, Select } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { CHANNELS, type Filters } from '../wire.ts';
import { useInbox, useInboxState, useText } from './inbox-context.ts';
import { isFiltered } from './shown.ts';
import { languageName } from './text.ts';
import './filter-bar.css';

/** The languages the chat speaks; others that are in the list are added. */
export const LANGUAGES = ['sv', 'en', 'ar', 'ckb', 'es', 'fa', 'fi', 'pl', 'ru', 'so', 'ti', 'tr'];

/** Which of the conversations that may be read are shown: by district, channel and language. */
export function FilterBar() {
  const text = useText();
  const inbox = useInbox();
  const districts = useInboxState((state) => state.me?.districts) ?? [];
  const filters = useInboxState((state) => state.filters);
  const items = useInboxState((state) => state.items);
  const extra = filters.language ? [filters.language] : [];
  const languages = [...new Set([...LANGUAGES, ...items.map((item) => item.language), ...extra])];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a grid
    <div role="group" aria-label={text.list.filters} className="filter-bar-bar">
      {districts.length > 1 && (
        <Choice name="district" label={text.district} all={text.allDistricts}>
          {districts.map(({ slug, name }) => option(slug, name))}
        </Choice>
      )}
      <Choice name="channel" label={text.channelWord} all={text.list.allChannels}>
        {CHANNELS.map((each) => option(each, text.channelLong[each]))}
      </Choice>
      <Choice name="language" label={text.language} all={text.list.allLanguages}>
        {languages
          .map((tag): [string, string] => [tag, languageName(tag, text)])
          .sort(([, a], [, b]) => a.localeCompare(b, text.locale))
          .map(([tag, name]) => option(tag, name))}
      </Choice>
      {isFiltered(filters) && (
        <Button
          className="filter-bar-clear"
          size="small"
          appearance="subtle"
          data-clear-filters
          onClick={() => inbox.filter({ district: undefined, channel: undefined, language: undefined })}
        >
          {text.list.clear}
        </Button>
      )}
    </div>
  );
}

const option = (value: string, name: string) => (
  <option key={value} value={value}>
    {name}
  </option>
);

interface ChoiceProps {
  name: keyof Filters;
  label: string;
  all: string;
  children: ReactNode;
}

function Choice({ name, label, all, children }: ChoiceProps) {
  const inbox = useInbox();
  const value = useInboxState((state) => state.filters)[name] ?? '';
  return (
    <Select
      className="filter-bar-select"
      size="small"
      aria-label={label}
      title={label}
      data-filter={name}
      value={value}
      onChange={(_, { value: picked }) => inbox.filter({ [name]: picked === '' ? undefined : picked })}
    >
      <option value="">{all}</option>
      {children}
    </Select>
  );
}
