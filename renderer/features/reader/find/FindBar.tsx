import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from '../../../common/strings/use-translation.ts';
import { isComposing, shownKeys } from '../../../common/commands/keys.ts';
import { runCommand } from '../../../common/commands/registry.ts';
import { Button, IconButton, IconToggle } from '../../../ui/Button.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import type { Find } from './useFind.ts';

/** Finds in the source in front: below its tools, and never in the way of reading on. */
export function FindBar({ find }: { find: Find }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const { isOpen, asked } = find;
  useEffect(() => {
    if (isOpen) input.current?.select();
  }, [isOpen, asked]);
  if (!isOpen) return null;
  const keyDown = (event: KeyboardEvent): void => {
    // Enter and Escape belong to an input method while it composes.
    if (isComposing(event.nativeEvent)) return;
    if (event.key === 'Enter') find.go(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') find.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const none = find.hits.length === 0;
  return (
    <search className="bar find-bar" aria-label={t('find.title')}>
      <div className="find-field" data-none={(none && find.query !== '' && !find.isLooking) || undefined}>
        <Icon name="search" size="small" />
        <input
          ref={input}
          value={find.query}
          aria-label={t('find.title')}
          placeholder={t('find.title')}
          spellCheck={false}
          autoComplete="off"
          dir="auto"
          onChange={(event) => find.setQuery(event.target.value)}
          onKeyDown={keyDown}
        />
        <output className="find-count">{countOf(find, t)}</output>
      </div>
      <IconButton
        label={t('find.previous')}
        icon="ascending"
        keys={shownKeys('Shift+F3')}
        isDisabled={none}
        onPress={() => find.go(-1)}
      />
      <IconButton
        label={t('find.next')}
        icon="descending"
        keys={shownKeys('F3')}
        isDisabled={none}
        onPress={() => find.go(1)}
      />
      <IconToggle
        label={t('find.wholeWord')}
        icon="wholeWord"
        selected={find.options.wholeWord}
        onChange={(wholeWord) => find.setOptions({ ...find.options, wholeWord })}
      />
      <IconToggle
        label={t('find.exact')}
        icon="exact"
        selected={find.options.exact}
        onChange={(exact) => find.setOptions({ ...find.options, exact })}
      />
      <span className="grow" />
      <FindActs find={find} isDisabled={none} />
      <IconButton label={t('find.close')} icon="close" keys={['Esc']} onPress={find.close} />
    </search>
  );
}

/** What can be done with the hit one is at. */
function FindActs({ find, isDisabled }: { find: Find; isDisabled: boolean }) {
  const { t } = useTranslation();
  return (
    <div className="find-acts">
      <Button
        size="small"
        kind="quiet"
        keys={['H']}
        isDisabled={isDisabled}
        onPress={() => find.selectHit() && runCommand('highlight')}
      >
        {t('find.highlight')}
      </Button>
      <Button
        size="small"
        kind="quiet"
        keys={['T']}
        isDisabled={isDisabled}
        onPress={() => find.selectHit() && runCommand('tag')}
      >
        {t('find.tag')}
      </Button>
    </div>
  );
}

function countOf({ query, hits, current, isLooking }: Find, t: ReturnType<typeof useTranslation>['t']): string {
  if (query === '') return '';
  if (isLooking) return t('find.looking');
  return hits.length === 0 ? t('find.none') : t('find.of', { at: (current ?? 0) + 1, count: hits.length });
}
