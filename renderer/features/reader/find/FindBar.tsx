import { useEffect, useRef, type KeyboardEvent, useMemo } from 'react';
import type { Layer } from '../../../../shared/model/index.ts';
import { isComposing } from '../../../ui/keys.ts';
import { runCommand } from '../../../common/commands/registry.ts';
import { askSearch } from '../../../common/reader/reading-state.ts';
import { useReadOnly } from '../../../common/read-only.ts';
import { useTranslation } from '../../../common/strings/use-translation.ts';
import { Button, IconButton, IconToggle } from '../../../ui/Button.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import type { TextRange } from '../../../viewer/types.ts';
import type { Find } from './useFind.ts';
import { shownKeysOf } from '../../../common/commands/command-keys.ts';

/** Finds in the source in front. Shown below the toolbar, without covering the text. */
export function FindBar({ find }: { find: Find }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const { isOpen, asked } = find;
  useEffect(() => {
    if (isOpen) input.current?.select();
  }, [isOpen, asked]);
  if (!isOpen) return null;
  const keyDown = (event: KeyboardEvent): void => {
    // While an input method composes, Enter and Escape are its keys.
    if (isComposing(event.nativeEvent)) return;
    if (event.key === 'Enter') find.go(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') find.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const none = find.matches.length === 0;
  return (
    <search className="bar find-bar" aria-label={t('find.title')}>
      <div className="find-field" data-none={(none && find.query !== '' && !find.isSearching) || undefined}>
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
      {none && find.query.trim() !== '' && !find.isSearching ? (
        <Button size="small" kind="quiet" icon="search" onPress={() => askSearch(find.query)}>
          {t('find.searchAll')}
        </Button>
      ) : null}
      <IconButton
        label={t('find.previous')}
        icon="ascending"
        keys={shownKeysOf('findPrevious')}
        isDisabled={none}
        onPress={() => find.go(-1)}
      />
      <IconButton
        label={t('find.next')}
        icon="descending"
        keys={shownKeysOf('findNext')}
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
      <MatchActions find={find} isDisabled={none} />
      <IconButton label={t('find.close')} icon="close" keys={['Esc']} onPress={find.close} />
    </search>
  );
}

/** Actions on the current match; none in a read-only project. */
function MatchActions({ find, isDisabled }: { find: Find; isDisabled: boolean }) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  if (isReadOnly) return null;
  return (
    <div className="find-acts">
      <Button
        size="small"
        kind="quiet"
        keys={shownKeysOf('highlight')}
        isDisabled={isDisabled}
        onPress={() => find.selectMatch() && runCommand('highlight')}
      >
        {t('find.highlight')}
      </Button>
      <Button
        size="small"
        kind="quiet"
        keys={shownKeysOf('tag')}
        isDisabled={isDisabled}
        onPress={() => find.selectMatch() && runCommand('tag')}
      >
        {t('find.tag')}
      </Button>
    </div>
  );
}

/** Which match is the current one, of how many. */
function countOf({ query, matches, current, isSearching }: Find, t: ReturnType<typeof useTranslation>['t']): string {
  if (query === '') return '';
  if (isSearching) return t('find.looking');
  return matches.length === 0 ? t('find.none') : t('find.of', { at: (current ?? 0) + 1, count: matches.length });
}

/** How many positions along the scroll bar can be told apart. */
const POSITIONS = 400;

/** Marks along the scroll bar where the matches are: one path for all of them. */
export function MatchMarks({
  matches,
  current,
  layer,
}: {
  matches: readonly TextRange[];
  current: number | null;
  layer: Layer | null;
}) {
  const places = useMemo(
    () => (layer === null || layer.length === 0 ? [] : placesOf(matches, layer.pages, layer.length)),
    [matches, layer],
  );
  if (places.length === 0 || layer === null) return null;
  const own = current === null ? undefined : matches[current];
  const [at] = own === undefined ? [] : placesOf([own], layer.pages, layer.length);
  return (
    <svg
      className="match-marks"
      viewBox={`0 0 1 ${POSITIONS + 1}`}
      preserveAspectRatio="none"
      aria-hidden
      focusable={false}
    >
      <path d={places.map((place) => `M0 ${place + 0.5}h1`).join('')} />
      {at === undefined ? null : <path className="is-current" d={`M0 ${at + 0.5}h1`} />}
    </svg>
  );
}

/**
 * Which of `count` positions along the source have a match. Matches are in order of the text; pages are assumed to be
 * of one height.
 */
function placesOf(
  matches: readonly TextRange[],
  pages: Layer['pages'],
  length: number,
  places: number = POSITIONS,
): readonly number[] {
  const found = new Set<number>();
  let page = 0;
  for (const { start } of matches) {
    while ((pages[page + 1]?.start ?? Infinity) <= start) page++;
    const here = pages[page];
    const next = pages[page + 1]?.start ?? length;
    const part =
      here === undefined || pages.length < 2
        ? start / length
        : (page + Math.min(1, (start - here.start) / Math.max(1, next - here.start))) / pages.length;
    found.add(Math.round(Math.min(1, part) * places));
  }
  return [...found];
}
