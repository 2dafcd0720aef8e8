import { useEffect, useRef, useState } from 'react';
import { Button, Input, SearchField } from 'react-aria-components';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { isComposing } from '../../common/commands/keys.ts';
import { Icon } from '../../ui/Icon.tsx';
import { commitText, setText, useSearch } from './search-state.ts';

/** So long one pauses before what one types is searched for, in ms. */
const PAUSE = 150;

/** The field. It searches as one types, but never while an input method composes: half a syllable is no word. */
export function SearchBox({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation();
  const { text, wishes } = useSearch();
  const [composing, setComposing] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (wishes === 0) return;
    input.current?.focus();
    input.current?.select();
  }, [wishes]);
  useEffect(() => {
    if (composing) return undefined;
    const timer = setTimeout(commitText, PAUSE);
    return () => clearTimeout(timer);
  }, [text, composing]);

  return (
    <SearchField
      aria-label={t('search.field')}
      value={text}
      onChange={setText}
      className="filter-field"
      spellCheck="false"
      onKeyDown={(event) => {
        if (isComposing(event.nativeEvent) || (event.key !== 'Enter' && event.key !== 'ArrowDown')) {
          event.continuePropagation();
          return;
        }
        event.preventDefault();
        commitText();
        onLeave();
      }}
    >
      <div className="field-box">
        <Icon name="search" size="small" />
        <Input
          ref={input}
          placeholder={t('search.field')}
          dir="auto"
          onCompositionStart={() => setComposing(true)}
          onCompositionEnd={() => setComposing(false)}
        />
        {text === '' ? null : (
          // The search field around it gives the button its name and what it does.
          <Button className="field-clear">
            <Icon name="close" size="small" />
          </Button>
        )}
      </div>
    </SearchField>
  );
}
