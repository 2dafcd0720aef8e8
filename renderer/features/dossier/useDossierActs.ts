import type { CallInput } from '../../../shared/contract/index.ts';
import type { SavedDossier } from '../../../shared/contract/dossier.ts';
import { errorDataOf, useWrite } from '../../api/index.ts';
import { announce, notifyError } from '../../common/notices/notices.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { showDossier } from './state.ts';

type Change = Omit<CallInput<'dossiers.change'>, 'id'>;

/** What changes a dossier. Each is one edit; an error is shown as a notice. */
export function useDossierActs({ id }: Pick<SavedDossier, 'id'>) {
  const change = useWrite('dossiers.change');
  const remove = useWrite('dossiers.remove');
  const { t } = useTranslation();
  const onError = (thrown: Error): void => notifyError(errorDataOf(thrown));
  const onRemoved = (): void => {
    showDossier(null);
    announce(t('dossier.done.removed'));
  };
  return {
    /** `onDone`: says what has changed; else that something has. */
    change: (what: Change, onDone = (): void => announce(t('dossier.done.changed'))): void =>
      change.mutate({ id, ...what }, { onError, onSuccess: onDone }),
    remove: (): void => remove.mutate({ id }, { onError, onSuccess: onRemoved }),
  };
}
