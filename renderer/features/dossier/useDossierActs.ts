import type { CallInput } from '../../../shared/contract/index.ts';
import type { SavedDossier } from '../../../shared/contract/dossier.ts';
import { errorDataOf, useWrite } from '../../api/index.ts';
import { tellWhether } from '../../common/drafts/refused.ts';
import { announce, notifyError } from '../../common/notices/notices.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { showDossier } from './state.ts';

type Change = Omit<CallInput<'dossiers.change'>, 'id'>;

/** Functions that change a dossier. Each makes one edit; an error is shown as a notice. */
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
    /** `onDone` announces what has changed; without it, a general message is announced. */
    change: (what: Change, onDone = (): void => announce(t('dossier.done.changed'))): void =>
      change.mutate({ id, ...what }, { onError, onSuccess: onDone }),
    /** Calls `tell` with whether the change was stored, even if the field is no longer on the screen. */
    changeField: (what: Change, tell: (isStored: boolean) => void): void =>
      tellWhether(
        change.mutateAsync({ id, ...what }).then(() => announce(t('dossier.done.changed'))),
        tell,
        onError,
      ),
    remove: (): void => remove.mutate({ id }, { onError, onSuccess: onRemoved }),
  };
}
