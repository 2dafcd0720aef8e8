import { useMemo } from 'react';
import type { RelationCard, RelationFigure, RelationParts } from '../../../shared/contract/relations.ts';
import { errorDataOf, useWrite } from '../../api/index.ts';
import { announce, notifyError } from '../../common/notices/notices.ts';
import { showRelation } from '../../common/relations/state.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';

export const placeOf = ({ sourceId, layer, start, end }: RelationFigure): RelationParts['inputs'][number] => ({
  source: sourceId,
  layer,
  start,
  end,
});
const partsOf = ({ operation, inputs, printed }: RelationCard): RelationParts => ({
  operation,
  inputs: inputs.map(placeOf),
  printed: printed === null ? null : placeOf(printed),
});
/** Names a recorded relation by its id, since one of its figures may be gone. */
export const ofRelation = (relation: RelationCard) =>
  relation.state === 'found' ? partsOf(relation) : { id: relation.id };

export interface RelationActs {
  readonly confirm: (relation: RelationCard, reading: RelationCard['reading']) => void;
  readonly dismiss: (relation: RelationCard, reason: string, onDone: () => void) => void;
  /** Returns a recorded relation for another check. */
  readonly giveBack: (relation: RelationCard, reason: string, onDone: () => void) => void;
  readonly withdraw: (relation: RelationCard) => void;
  /** Records a new relation, or one that replaces another. */
  readonly make: (parts: RelationParts, instead: RelationCard | null, onDone: () => void) => void;
  readonly isPending: boolean;
  readonly error: string | null;
}

/** The actions on relations. Each is one edit. */
export function useRelationActs(): RelationActs {
  const { t } = useTranslation();
  const { mutate: confirm, ...confirming } = useWrite('relations.confirm');
  const { mutate: edit, ...editing } = useWrite('relations.edit');
  const { mutate: dismiss, ...dismissing } = useWrite('relations.dismiss');
  const { mutate: giveBack, ...returning } = useWrite('relations.return');
  const { mutate: withdraw } = useWrite('relations.withdraw');
  const isPending = confirming.isPending || editing.isPending || dismissing.isPending || returning.isPending;
  const error = (dismissing.error ?? returning.error ?? editing.error ?? confirming.error)?.message ?? null;
  return useMemo(() => {
    const onError = (thrown: unknown): void => notifyError(errorDataOf(thrown));
    const said =
      (what: 'dismissed' | 'returned' | 'withdrawn' | 'made', onDone: () => void = () => undefined) =>
      (): void => {
        onDone();
        announce(t(`relations.done.${what}`));
      };
    return {
      confirm: (relation, reading) =>
        confirm(
          { of: ofRelation(relation), reading },
          { onSuccess: () => announce(t('relations.confirmed')), onError },
        ),
      dismiss: (relation, reason, onDone) =>
        dismiss({ of: ofRelation(relation), reason }, { onSuccess: said('dismissed', onDone), onError }),
      giveBack: ({ id }, reason, onDone) => giveBack({ id, reason }, { onSuccess: said('returned', onDone), onError }),
      withdraw: (relation) => withdraw({ id: relation.id }, { onSuccess: said('withdrawn'), onError }),
      make: (parts, instead, onDone) => {
        const done = {
          onSuccess: ({ id }: { id: RelationCard['id'] }) => {
            showRelation(id);
            said('made', onDone)();
          },
        };
        if (instead === null) confirm({ of: parts }, done);
        else edit({ of: ofRelation(instead), to: parts }, done);
      },
      isPending,
      error,
    };
  }, [t, confirm, edit, dismiss, giveBack, withdraw, isPending, error]);
}
