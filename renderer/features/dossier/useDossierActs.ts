import type { CallInput } from '../../../shared/contract/index.ts';
import type { SavedDossier } from '../../../shared/contract/dossier.ts';
import { errorDataOf, useWrite } from '../../api/index.ts';
import { notifyError } from '../../common/notices/notices.ts';
import { showDossier } from './state.ts';

type Change = Omit<CallInput<'dossiers.change'>, 'id'>;

/** What changes a dossier. Each is one edit; an error is shown as a notice. */
export function useDossierActs({ id }: Pick<SavedDossier, 'id'>) {
  const change = useWrite('dossiers.change');
  const remove = useWrite('dossiers.remove');
  const failed = { onError: (thrown: Error) => notifyError(errorDataOf(thrown)) };
  return {
    change: (what: Change): void => change.mutate({ id, ...what }, failed),
    remove: (): void => remove.mutate({ id }, { ...failed, onSuccess: () => showDossier(null) }),
  };
}
