import { useState } from 'react';
import type { Draft } from '../../../shared/contract/drafts.ts';
import { errorDataOf, useApi } from '../../api/index.ts';
import { notifyDone, notifyError } from '../../common/notices/notices.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { IconButton } from '../../ui/Button.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { ChangeDialog } from './OpenDialog.tsx';
import { newestOf } from './state.ts';

interface DraftMenuProps {
  readonly drafts: readonly Draft[];
  readonly draft: Draft;
  /** Lets a person choose a file, as a newer version of `before`; if null, as another draft. */
  readonly onChoose: (before: Draft | null) => void;
}

/** The menu of actions on a whole draft. Removing asks no question, since one undo brings the draft back. */
export function DraftMenu({ drafts, draft, onChoose }: DraftMenuProps) {
  const { t } = useTranslation();
  const api = useApi();
  const [isChanging, setChanging] = useState(false);
  const remove = async (): Promise<void> => {
    try {
      await api.call('drafts.remove', { id: draft.id });
      const { undo } = await api.read('history.state', {});
      if (undo !== null) notifyDone(t('desk.removed', { title: draft.title }), undo);
    } catch (thrown) {
      notifyError(errorDataOf(thrown));
    }
  };
  return (
    <>
      <Menu
        label={t('desk.menu')}
        trigger={<IconButton icon="more" label={t('desk.menu')} />}
        entries={[
          { id: 'change', label: t('desk.change'), icon: 'edit', run: () => setChanging(true) },
          {
            id: 'version',
            label: t('desk.newVersion'),
            icon: 'file',
            run: () => onChoose(newestOf(drafts, draft)),
          },
          { id: 'open', label: t('desk.open'), icon: 'open', run: () => onChoose(null) },
          'line',
          { id: 'remove', label: t('desk.remove'), icon: 'remove', tone: 'bad', run: () => void remove() },
        ]}
      />
      {isChanging ? <ChangeDialog draft={draft} onClose={() => setChanging(false)} /> : null}
    </>
  );
}
