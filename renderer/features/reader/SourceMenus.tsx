import { useMemo } from 'react';
import { copyAddress } from '../../common/captures/Address.tsx';
import { runCommand } from '../../common/commands/registry.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useFiguring } from '../../common/figures/mode.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { ContextMenu } from '../../ui/ContextMenu.tsx';
import type { MenuEntry } from '../../ui/Menu.tsx';
import { shownKeysOf } from '../../common/commands/command-keys.ts';

/** What the menu is for: the current passage, or the selection; and where it opens. */
export interface PassageMenuRequest {
  readonly isPassage: boolean;
  readonly at: { readonly x: number; readonly y: number };
}

/** The actions on a passage or a selection, at the pointer. */
export function PassageMenu({ asked, onClose }: { asked: PassageMenuRequest; onClose: () => void }) {
  const { t } = useTranslation();
  const { isPassage } = asked;
  const isFiguring = useFiguring((state) => state.isOn);
  const isReadOnly = useReadOnly();
  const entries = useMemo<MenuEntry[]>(() => {
    // Runs after the menu has closed and returned the focus, so that the command can move it.
    const run = (id: string) => (): void =>
      void requestAnimationFrame(() => requestAnimationFrame(() => void runCommand(id)));
    const own: MenuEntry[] = isPassage
      ? [{ id: 'memo', label: t('memos.command.passage'), icon: 'edit', keys: shownKeysOf('memo'), run: run('memo') }]
      : [
          {
            id: 'highlight',
            label: t('reader.highlight'),
            icon: 'passage',
            keys: shownKeysOf('highlight'),
            run: run('highlight'),
          },
        ];
    const remove: MenuEntry[] = [
      'line',
      {
        id: 'remove',
        label: t('reader.removePassage'),
        icon: 'remove',
        keys: shownKeysOf('removePassage'),
        tone: 'bad',
        run: run('removePassage'),
      },
    ];
    const copy: MenuEntry = {
      id: 'copy',
      label: t('quotation.copy'),
      icon: 'copy',
      keys: shownKeysOf('copyQuotation'),
      run: run('copyQuotation'),
    };
    if (isReadOnly) return [copy];
    if (isFiguring)
      return [
        {
          id: 'makeFigure',
          label: t('figureCards.commands.make'),
          icon: 'hash',
          keys: shownKeysOf('makeFigure'),
          run: run('makeFigure'),
        },
        copy,
      ];
    return [
      { id: 'tag', label: t('reader.tag'), icon: 'tag', keys: shownKeysOf('tag'), run: run('tag') },
      {
        id: 'dimensions',
        label: t('reader.setDimensions'),
        icon: 'list',
        keys: shownKeysOf('dimensions'),
        run: run('dimensions'),
      },
      ...own,
      {
        id: 'linkToClaim',
        label: t('claims.linkTo'),
        icon: 'link',
        keys: shownKeysOf('linkToClaim'),
        run: run('linkToClaim'),
      },
      copy,
      ...(isPassage ? remove : []),
    ];
  }, [t, isPassage, isFiguring, isReadOnly]);
  return (
    <ContextMenu
      label={t(isPassage ? 'inspector.title' : 'inspector.selected')}
      at={asked.at}
      entries={entries}
      onClose={onClose}
    />
  );
}

/** A link whose address was asked for, and where the menu opens. */
export interface LinkMenuRequest {
  readonly address: string;
  readonly at: { readonly x: number; readonly y: number };
}

/** A menu with the address of a frozen page’s link, which can be copied but not opened. */
export function LinkMenu({ link, onClose }: { link: LinkMenuRequest; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <ContextMenu
      label={t('reader.link')}
      at={link.at}
      onClose={onClose}
      head={<bdi className="mono link-address">{link.address}</bdi>}
      entries={[{ id: 'copy', label: t('reader.copyAddress'), icon: 'copy', run: () => copyAddress(t, link.address) }]}
    />
  );
}
