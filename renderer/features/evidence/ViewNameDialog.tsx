import type { SavedView } from '../../../shared/contract/views.ts';
import { useWrite } from '../../api/index.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { NameDialog } from '../../ui/NameDialog.tsx';
import { kept, useEvidence } from './state.ts';

/** Asks for the name of a new view, or for the new name of a view. */
export function ViewNameDialog({ view, onClose }: { view: SavedView | null; onClose: () => void }) {
  const { t } = useTranslation();
  const create = useWrite('views.create');
  const change = useWrite('views.change');
  const now = useEvidence();
  const error = create.error ?? change.error;
  const save = (name: string): void => {
    if (view !== null) return change.mutate({ id: view.id, name }, { onSuccess: onClose });
    create.mutate(
      { name, ...kept(now) },
      {
        onSuccess: ({ id }) => {
          useEvidence.setState({ view: id });
          onClose();
        },
      },
    );
  };
  return (
    <NameDialog
      title={t(view === null ? 'evidence.saveAs' : 'evidence.rename')}
      label={t('evidence.name')}
      words={{ save: t('evidence.save'), cancel: t('app.cancel') }}
      initial={view?.name ?? ''}
      error={error === null ? null : error.message}
      isPending={create.isPending || change.isPending}
      onSave={save}
      onClose={onClose}
    />
  );
}
