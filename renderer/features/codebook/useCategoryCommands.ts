import { useCallback, useMemo } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Category, CategoryId } from '../../../shared/model/index.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { useWorkbench } from '../../common/workbench/workbench.ts';
import { categoryActs, commandsOf, type CategoryAct, type Opens } from './category-acts.ts';
import { useCodebookActs } from './useCodebookActs.ts';
import type { LedgerLayout } from './ledger-layout.ts';
import { usePinCommands } from './usePinCommands.ts';

/** The category whose row has the keyboard, else the chosen one. */
function meantNow(categories: readonly Category[]): Category | null {
  const row = document.activeElement?.closest('.ledger-item')?.getAttribute('data-key') ?? null;
  const id = row ?? useWorkbench.getState().category;
  return categories.find((one) => one.id === id) ?? null;
}

/** Everything one can do to a category, as commands; answers it for menus. */
export function useCategoryCommands(categories: readonly Category[], opens: Opens): readonly CategoryAct[] {
  const { t } = useTranslation();
  const codebook = useCodebookActs();
  const acts = useMemo(() => categoryActs(t, categories, codebook, opens), [t, categories, codebook, opens]);
  const meant = useCallback(() => meantNow(categories), [categories]);
  useCommands(useMemo(() => commandsOf(acts, meant), [acts, meant]));
  usePinCommands(meant);
  return acts;
}

/** Shift and a letter tag with the category that has it, while there is something to tag. */
export function useLetterCommands(categories: readonly Category[]): void {
  const { t } = useTranslation();
  const lettered = categories.filter(({ archived, shortcut }) => !archived && shortcut !== null);
  const wanted = lettered.map(({ id, name, shortcut }) => `${shortcut ?? ''} ${id} ${name}`).join('\n');
  const commands = useMemo<Command[]>(
    () =>
      lettered.map(({ id, name, shortcut }) => ({
        id: `tagLetter${shortcut ?? ''}`,
        title: t('codebook.tagWith', { name }),
        group: 'tagging',
        keys: [`Shift+Key${shortcut ?? ''}`],
        when: () => useWorkbench.getState().tagger !== null,
        run: () => useWorkbench.getState().tagger?.(id),
      })),
    // The list is made anew at each drawing; what it says changes seldom.
    // oxlint-disable-next-line react/exhaustive-deps
    [t, wanted],
  );
  useCommands(commands);
}

/** Puts the keyboard on a category's row once it is drawn: after a move or a rename it is another element. */
export function focusRow(tree: HTMLElement | null, category: CategoryId): void {
  tree?.querySelector<HTMLElement>(`[data-key="${category}"]`)?.focus();
}

/** Scrolls a row into view, below the head that stays; also one that is out of sight and therefore not drawn yet. */
export function showRow(tree: HTMLElement | null, layout: LedgerLayout, category: CategoryId): void {
  const scroller = tree?.parentElement;
  const row = layout.getLayoutInfo(category)?.rect;
  if (tree === null || !scroller || row === undefined) return;
  const head = Number.parseFloat(getComputedStyle(scroller).scrollPaddingBlockStart) || 0;
  const at = tree.getBoundingClientRect().y - scroller.getBoundingClientRect().y + row.y;
  if (at < head) scroller.scrollTop += at - head;
  else if (at + row.height > scroller.clientHeight) scroller.scrollTop += at + row.height - scroller.clientHeight;
}
