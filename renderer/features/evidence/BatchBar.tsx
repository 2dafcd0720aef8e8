import { useState } from 'react';
import type { CallInput, CallOutput } from '../../../shared/contract/index.ts';
import { REVIEW_ORDER } from '../../../shared/model/index.ts';
import { useCall, useWrite } from '../../api/index.ts';
import { FilterChoice, useCategoryChoices } from '../../common/choices/FilterChoice.tsx';
import { notifyDone, notifyError } from '../../common/notices/notices.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { useApi, errorDataOf } from '../../api/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { chooseAll, select, useAsked, useEvidence } from './state.ts';

type Change = Omit<CallInput<'evidence.change'>, 'passages' | 'query' | 'within'>;
type Refused = CallOutput<'evidence.change'>['refused'];

/** What can be done with the chosen rows, at the foot of the table: each act is one edit, and one undo takes it back. */
export function BatchBar() {
  const { t } = useTranslation();
  const selected = useEvidence((state) => state.selected);
  const asked = useAsked();
  const total = useCall('evidence.rows', { ...asked, count: 0 }).data?.total ?? 0;
  const change = useWrite('evidence.change');
  const api = useApi();
  const [refused, setRefused] = useState<Refused>([]);
  const forAll = useEvidence((state) => state.isAllChosen);
  const isReadOnly = useReadOnly();
  const run = (what: Change): void => {
    const which = forAll ? { ...asked, total } : { passages: [...selected] };
    change.mutate(
      { ...which, ...what },
      {
        onSuccess: (done) => {
          setRefused(done.refused);
          void tell(done);
        },
        onError: (thrown) => notifyError(errorDataOf(thrown)),
      },
    );
  };
  const tell = async ({ changed }: CallOutput<'evidence.change'>): Promise<void> => {
    const { undo } = await api.read('history.state', {});
    if (changed > 0 && undo !== null) notifyDone(t('evidence.changed', { count: changed }), undo);
  };
  return (
    <>
      {selected.size === 0 && !forAll ? null : (
        <div className="bar evidence-batch" role="toolbar" aria-label={t('evidence.batch')}>
          <span className="strong">{t('evidence.selected', { count: forAll ? total : selected.size })}</span>
          {forAll ? null : (
            <Button size="small" kind="quiet" onPress={chooseAll}>
              {t('evidence.selectAll', { count: total })}
            </Button>
          )}
          <BatchActs run={run} isDisabled={isReadOnly || change.isPending} />
          <span className="grow" />
          <Button size="small" kind="quiet" onPress={() => select(new Set())}>
            {t('evidence.clear')}
          </Button>
        </div>
      )}
      {refused.length === 0 ? null : <RefusedDialog refused={refused} onClose={() => setRefused([])} />}
    </>
  );
}

/** Tagging is the act of most; the others are in menus. */
function BatchActs({ run, isDisabled }: { run: (what: Change) => void; isDisabled: boolean }) {
  const { t } = useTranslation();
  const categories = useCategoryChoices();
  const dimensions = useCall('codebook.get', {}).data?.dimensions.filter(({ on }) => on === 'passage') ?? [];
  if (isDisabled) return null;
  return (
    <>
      <FilterChoice label={t('evidence.tag')} all={categories} chosen={[]} onChange={(add) => run({ add })} />
      <FilterChoice label={t('evidence.untag')} all={categories} chosen={[]} onChange={(remove) => run({ remove })} />
      <FilterChoice
        label={t('evidence.dimension')}
        all={dimensions.flatMap(({ name, values }) =>
          values.map(({ id, label, names }) => ({ id, name: `${name}: ${label}`, also: names.join(' ') })),
        )}
        chosen={[]}
        onChange={(values) => {
          const dimension = dimensions.find((one) => one.values.some(({ id }) => id === values[0]));
          if (dimension !== undefined) run({ set: { dimension: dimension.id, values } });
        }}
      />
      <Menu
        label={t('evidence.state')}
        trigger={
          <Button size="small">
            {t('evidence.state')}
            <Icon name="collapse" size="small" />
          </Button>
        }
        entries={REVIEW_ORDER.map((to) => ({
          id: to,
          label: t(`review.states.${to}`),
          run: () => run({ move: { to } }),
        }))}
      />
    </>
  );
}

/** What did not allow the change, by reason. */
function RefusedDialog({ refused, onClose }: { refused: Refused; onClose: () => void }) {
  const { t } = useTranslation();
  const byReason = [...Map.groupBy(refused, ({ why }) => why)];
  return (
    <Dialog
      title={t('evidence.refused', { count: refused.length })}
      isOpen
      onClose={onClose}
      footer={
        <Button kind="primary" onPress={onClose}>
          {t('evidence.understood')}
        </Button>
      }
    >
      <ul>
        {byReason.map(([why, all]) => (
          <li key={why}>
            {why} <span className="dim">{t('evidence.passages', { count: all.length })}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
