import { useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { TaggedPassage } from '../../../shared/contract/codebook.ts';
import type { Category, PassageId } from '../../../shared/model/index.ts';
import { useApi } from '../../api/index.ts';
import { registerCommands, useCommands, type Command } from '../../common/commands/registry.ts';
import { formatNumber } from '../../common/format.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { openPassage, useWorkbench } from '../../common/workbench/workbench.ts';
import { keysOf } from '../../common/commands/command-keys.ts';
import { IconButton } from '../../ui/Button.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { PassageList, nextPassageOf } from './PassageList.tsx';

const NONE: readonly TaggedPassage[] = [];

export interface CategoryPassagesProps {
  readonly category: Category;
}

/** The passages of all sources tagged with this category or one below it. A click or Enter opens one. */
export function CategoryPassages({ category }: CategoryPassagesProps) {
  const { t } = useTranslation();
  const { taggedPassages, error, isRead } = useCategoryPassages(category);
  const [current, setCurrent] = useState<PassageId | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const open = (taggedPassage: TaggedPassage, beside: boolean): void => {
    setCurrent(taggedPassage.id);
    openPassage({ source: taggedPassage.source, passage: taggedPassage.id }, beside ? 'beside' : 'here');
  };
  useNextPassage(category, taggedPassages, current, open);
  useListKeys(list, taggedPassages, current, setCurrent);
  return (
    <div className="stack category-use">
      <h4 className="section-head">
        <span className="grow">{t('codebook.passages')}</span>
        <span>{isRead ? formatNumber(taggedPassages.length) : ''}</span>
      </h4>
      {error === null ? null : <InlineError message={error} />}
      {isRead && taggedPassages.length === 0 ? <p className="hint">{t('codebook.noPassages')}</p> : null}
      {taggedPassages.length === 0 ? null : (
        <PassageList
          label={t('codebook.passagesOf', { name: category.name })}
          taggedPassages={taggedPassages}
          listRef={list}
          current={current}
          onCurrent={setCurrent}
          onOpen={open}
          renderEnd={(taggedPassage) => (
            <IconButton
              label={t('codebook.openBeside')}
              keys={['Ctrl', '↵']}
              icon="columns"
              size="small"
              excludeFromTabOrder
              onPress={() => open(taggedPassage, true)}
            />
          )}
        />
      )}
    </div>
  );
}

/** The category’s passages. Unlike `useCall`, it keeps the previous result while it is read again after a commit. */
function useCategoryPassages(category: Category): {
  taggedPassages: readonly TaggedPassage[];
  error: string | null;
  isRead: boolean;
} {
  const api = useApi();
  const input = { id: category.id };
  const { data, error } = useQuery({
    queryKey: ['categories.passages', input],
    queryFn: () => api.read('categories.passages', input),
    placeholderData: keepPreviousData,
  });
  return { taggedPassages: data?.passages ?? NONE, error: error?.message ?? null, isRead: data !== undefined };
}

/** Commands that go to the category’s next and previous passage, also in another source. */
function useNextPassage(
  category: Category,
  taggedPassages: readonly TaggedPassage[],
  current: PassageId | null,
  open: (taggedPassage: TaggedPassage, beside: boolean) => void,
): void {
  const { t } = useTranslation();
  const latest = useRef((_by: number): void => undefined);
  useEffect(() => {
    latest.current = (by) => {
      // Continue from the reader's current passage, if it is in this list.
      const { passage } = useWorkbench.getState();
      const from = taggedPassages.some(({ id }) => id === passage) ? passage : current;
      const next = nextPassageOf(taggedPassages, from, by);
      if (next !== null) open(next, false);
    };
  });
  const { name } = category;
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'nextOfCategory',
          title: t('codebook.nextOf', { name }),
          group: 'reading',
          keys: keysOf('nextOfCategory'),
          repeats: true,
          run: () => latest.current(1),
        },
        {
          id: 'previousOfCategory',
          title: t('codebook.previousOf', { name }),
          group: 'reading',
          keys: keysOf('previousOfCategory'),
          repeats: true,
          run: () => latest.current(-1),
        },
      ],
      [t, name],
    ),
  );
}

/** While the list has the focus, J and K move in it: its commands are registered last, and so override the reader’s. */
function useListKeys(
  list: RefObject<HTMLDivElement | null>,
  taggedPassages: readonly TaggedPassage[],
  current: PassageId | null,
  onCurrent: (passage: PassageId) => void,
): void {
  const { t } = useTranslation();
  const latest = useRef({ taggedPassages, current, onCurrent });
  useEffect(() => {
    latest.current = { taggedPassages, current, onCurrent };
  });
  const hasList = taggedPassages.length > 0;
  useEffect(() => {
    const element = list.current;
    if (element === null) return undefined;
    const isHere = (): boolean => document.activeElement === element;
    const step = (by: number) => (): void => {
      const now = latest.current;
      const next = nextPassageOf(now.taggedPassages, now.current, by);
      if (next !== null) now.onCurrent(next.id);
    };
    const commands: Command[] = (
      [
        ['listKeyJ', 1],
        ['listKeyK', -1],
      ] as const
    ).map(([id, by]) => ({
      id,
      title: t(by === 1 ? 'codebook.listNext' : 'codebook.listPrevious'),
      group: 'reading',
      keys: keysOf(id),
      repeats: true,
      when: isHere,
      run: step(by),
    }));
    let registration: (() => void) | null = null;
    const register = (): void => void (registration ??= registerCommands(commands));
    const unregister = (): void => {
      registration?.();
      registration = null;
    };
    element.addEventListener('focusin', register);
    element.addEventListener('focusout', unregister);
    return () => {
      element.removeEventListener('focusin', register);
      element.removeEventListener('focusout', unregister);
      unregister();
    };
  }, [list, t, hasList]);
}
