import { useState } from 'react';
import type { DossierFrom, SavedDossier } from '../../../shared/contract/dossier.ts';
import { errorDataOf, useCall, useWrite } from '../../api/index.ts';
import { announce, notifyError } from '../notices/notices.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { type AddTarget, closeAddDialog, useAddDialog } from './add-dialog.ts';

/** The dialog that adds a claim or passages to a dossier, while it is open. */
export function AddToDossier() {
  const target = useAddDialog((state) => state.target);
  return target === null ? null : <AddDialog target={target} />;
}

/**
 * Lists the dossiers to which the target can be added, and shows why the others are disabled: only dossiers made of claims or of passages
 * can be extended by hand.
 */
function AddDialog({ target }: { target: AddTarget }) {
  const { t } = useTranslation();
  const { data, error } = useCall('dossiers.list', {});
  const change = useWrite('dossiers.change');
  const create = useWrite('dossiers.create');
  const [title, setTitle] = useState('');
  const isPending = change.isPending || create.isPending;
  const done = (to: string) => ({
    onSuccess: () => {
      announce(t('addToDossier.done', { title: to }));
      closeAddDialog();
    },
    onError: (thrown: Error) => notifyError(errorDataOf(thrown)),
  });
  const begin = (): void => {
    const name = title.trim();
    if (name !== '' && !isPending) create.mutate({ title: name, from: fromOf(target) }, done(name));
  };
  const dossiers = data?.dossiers ?? [];
  return (
    <Dialog
      title={t('addToDossier.title')}
      isOpen
      onClose={closeAddDialog}
      closeLabel={t('app.close')}
      footer={<Button onPress={closeAddDialog}>{t('app.cancel')}</Button>}
    >
      <p className="mid">
        {target.kind === 'claim'
          ? t('addToDossier.claim')
          : t('addToDossier.passages', { count: target.passages.length })}
      </p>
      {error === null ? null : <InlineError message={error.message} />}
      {dossiers.length === 0 ? null : (
        <ul className="stack">
          {dossiers.map((saved) => {
            const { from, why } = withTarget(saved, target);
            return (
              <li key={saved.id} className="line" data-wrap>
                <span className="two-lines grow">
                  <bdi className="cut">{saved.title}</bdi>
                  {why === null ? null : <span className="hint">{t(`addToDossier.why.${why}`)}</span>}
                </span>
                <Button
                  size="small"
                  isDisabled={from === null || isPending}
                  aria-label={t('addToDossier.addTo', { title: saved.title })}
                  onPress={() => from !== null && change.mutate({ id: saved.id, from }, done(saved.title))}
                >
                  {t('addToDossier.add')}
                </Button>
              </li>
            );
          })}
        </ul>
      )}
      <form
        className="line"
        data-beside="field"
        onSubmit={(event) => {
          event.preventDefault();
          begin();
        }}
      >
        <div className="grow">
          <Field
            label={t(dossiers.length === 0 ? 'addToDossier.firstTitle' : 'addToDossier.newTitle')}
            value={title}
            onChange={setTitle}
          />
        </div>
        <Button type="submit" isDisabled={title.trim() === ''} isPending={create.isPending}>
          {t('addToDossier.begin')}
        </Button>
      </form>
    </Dialog>
  );
}

const fromOf = (target: AddTarget): DossierFrom =>
  target.kind === 'claim'
    ? { kind: 'claims', claims: [target.claim] }
    : { kind: 'passages', passages: [...target.passages] };

/** The dossier’s content with the target added; or null and the reason: it is there already, or cannot be added. */
function withTarget(
  { from }: Pick<SavedDossier, 'from'>,
  target: AddTarget,
): { readonly from: DossierFrom | null; readonly why: 'here' | 'all' | 'claims' | 'passages' | 'filter' | null } {
  if (from.kind === 'query' || from.kind === 'filters') return { from: null, why: 'filter' };
  if (target.kind === 'claim') {
    if (from.kind !== 'claims') return { from: null, why: 'passages' };
    if (from.claims.length === 0) return { from: null, why: 'all' };
    if (from.claims.includes(target.claim)) return { from: null, why: 'here' };
    return { from: { kind: 'claims', claims: [...from.claims, target.claim] }, why: null };
  }
  if (from.kind !== 'passages') return { from: null, why: 'claims' };
  const passages = [...new Set([...from.passages, ...target.passages])];
  if (passages.length === from.passages.length) return { from: null, why: 'here' };
  return { from: { kind: 'passages', passages }, why: null };
}
