import type { CallInput } from '../../../shared/contract/index.ts';
import type { SavedDossier } from '../../../shared/contract/dossier.ts';
import { errorDataOf, useWrite } from '../../api/index.ts';
import { tellWhether } from '../../common/drafts/refused.ts';
import { announce, notifyError } from '../../common/notices/notices.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { showDossier } from './state.ts';

type Change = Omit<CallInput<'dossiers.change'>, 'id'>;

/** What changes a dossier. Each is one edit; an error is shown as a notice. */
export function useDossierActs({ id }: Pick<SavedDossier, 'id'>) {
  const change = useWrite('dossiers.change');
  const remove = useWrite('dossiers.remove');
  const { t } = useTranslation();
  const onError = (thrown: unknown): void => notifyError(errorDataOf(thrown));
  const onRemoved = (): void => {
    showDossier(null);
    announce(t('dossier.done.removed'));
  };
  return {
    /** `onDone`: says what has changed; else that something has. */
    change: (what: Change, onDone = (): void => announce(t('dossier.done.changed'))): void =>
      change.mutate({ id, ...what }, { onError, onSuccess: onDone }),
    /** Tells whether it was stored, also a field that is gone by then. */
    changeField: (what: Change, tell: (isStored: boolean) => void): void =>
      tellWhether(
        change.mutateAsync({ id, ...what }).then(() => announce(t('dossier.done.changed'))),
        tell,
        onError,
      ),
    remove: (): void => remove.mutate({ id }, { onError, onSuccess: onRemoved }),
  };
}
