import { useState } from 'react';
import type { SavedView } from '../../../shared/contract/views.ts';
import { useCall, useWrite } from '../../api/index.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { NameDialog } from '../../ui/NameDialog.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { changesOf, kept, showAll, showView, useEvidence } from './state.ts';

/** All passages, and the views that are saved in the project. */
export function ViewTabs() {
  const { t } = useTranslation();
  // Saved searches are listed by the search.
  const views = (useCall('views.list', {}).data?.views ?? []).filter((one) => one.shape !== 'search');
  const now = useEvidence();
  const front = views.find(({ id }) => id === now.view) ?? null;
  const [naming, setNaming] = useState<'new' | 'rename' | null>(null);
  const change = useWrite('views.change');
  const remove = useWrite('views.remove');
  const isReadOnly = useReadOnly();
  const changes = front === null ? {} : changesOf(front, now);
  // What a figure narrowed the table to is no part of a view: it would silently save another set of passages.
  const canSave = !isReadOnly && now.within.length === 0;
  return (
    <div className="line grow evidence-views" role="group" aria-label={t('evidence.views')}>
      <ViewTab label={t('evidence.all')} isFront={front === null} onPress={showAll} />
      {views.map((view) => (
        <ViewTab key={view.id} label={view.name} isFront={view.id === now.view} onPress={() => showView(view)} />
      ))}
      {front !== null && Object.keys(changes).length > 0 ? (
        <Button
          size="small"
          isDisabled={!canSave}
          isPending={change.isPending}
          onPress={() => change.mutate({ id: front.id, ...changes })}
        >
          {t('evidence.saveChange')}
        </Button>
      ) : null}
      <IconButton
        size="small"
        icon="add"
        label={t(now.within.length > 0 ? 'evidence.cannotSave' : 'evidence.saveAs')}
        isDisabled={!canSave}
        onPress={() => setNaming('new')}
      />
      {front === null || isReadOnly ? null : (
        <Menu
          label={t('evidence.viewMenu')}
          trigger={<IconButton size="small" icon="more" label={t('evidence.viewMenu')} />}
          entries={[
            { id: 'rename', label: t('evidence.rename'), icon: 'edit', run: () => setNaming('rename') },
            {
              id: 'remove',
              label: t('evidence.removeView'),
              icon: 'remove',
              tone: 'bad',
              run: () => remove.mutate({ id: front.id }, { onSuccess: showAll }),
            },
          ]}
        />
      )}
      {naming === null ? null : (
        <ViewNameDialog view={naming === 'rename' ? front : null} onClose={() => setNaming(null)} />
      )}
    </div>
  );
}

function ViewTab({ label, isFront, onPress }: { label: string; isFront: boolean; onPress: () => void }) {
  return (
    <button type="button" className="tab" aria-pressed={isFront} data-selected={isFront || undefined} onClick={onPress}>
      <bdi className="cut">{label}</bdi>
    </button>
  );
}

/** Asks for the name of a new view, or of one that is renamed. */
function ViewNameDialog({ view, onClose }: { view: SavedView | null; onClose: () => void }) {
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
