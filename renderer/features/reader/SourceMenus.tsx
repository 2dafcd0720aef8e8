import { useMemo } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { shownKeys } from '../../common/commands/keys.ts';
import { runCommand } from '../../common/commands/registry.ts';
import { ContextMenu } from '../../ui/ContextMenu.tsx';
import type { MenuEntry } from '../../ui/Menu.tsx';
import { copyAddress } from '../../common/captures/copy-address.ts';

/** What was asked for its acts: the passage one is on by now, or what is selected; and where on the screen. */
export interface AskedActs {
  readonly isPassage: boolean;
  readonly at: { readonly x: number; readonly y: number };
}

/** What can be done with a passage, or with selected words, at the place where they stand. */
export function PassageMenu({ asked, onClose }: { asked: AskedActs; onClose: () => void }) {
  const { t } = useTranslation();
  const { isPassage } = asked;
  const entries = useMemo<MenuEntry[]>(() => {
    // The menu is gone, and has given the keyboard back, before what was chosen takes it.
    const run = (id: string) => (): void =>
      void requestAnimationFrame(() => requestAnimationFrame(() => void runCommand(id)));
    const own: MenuEntry[] = isPassage
      ? [{ id: 'memo', label: t('memos.command.passage'), icon: 'edit', keys: shownKeys('KeyM'), run: run('memo') }]
      : [
          {
            id: 'highlight',
            label: t('reader.highlight'),
            icon: 'passage',
            keys: shownKeys('KeyH'),
            run: run('highlight'),
          },
        ];
    const remove: MenuEntry[] = [
      'line',
      {
        id: 'remove',
        label: t('reader.removePassage'),
        icon: 'remove',
        keys: shownKeys('Delete'),
        tone: 'bad',
        run: run('removePassage'),
      },
    ];
    return [
      { id: 'tag', label: t('reader.tag'), icon: 'tag', keys: shownKeys('KeyT'), run: run('tag') },
      {
        id: 'dimensions',
        label: t('reader.setDimensions'),
        icon: 'list',
        keys: shownKeys('Shift+KeyT'),
        run: run('dimensions'),
      },
      ...own,
      {
        id: 'copy',
        label: t('quotation.copy'),
        icon: 'copy',
        keys: shownKeys('$mod+Shift+KeyC'),
        run: run('copyQuotation'),
      },
      ...(isPassage ? remove : []),
    ];
  }, [t, isPassage]);
  return (
    <ContextMenu
      label={t(isPassage ? 'inspector.title' : 'inspector.selected')}
      at={asked.at}
      entries={entries}
      onClose={onClose}
    />
  );
}

/** A link of a page that was asked for its address, and where on the screen. */
export interface AskedLink {
  readonly address: string;
  readonly at: { readonly x: number; readonly y: number };
}

/** Where a link of a frozen page leads: it can be read and copied, and is never gone to. */
export function LinkMenu({ link, onClose }: { link: AskedLink; onClose: () => void }) {
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
