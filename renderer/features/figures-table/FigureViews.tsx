import { useEffect, useMemo, useRef, useState } from 'react';
import type { SavedView } from '../../../shared/contract/views.ts';
import { useCall, useWrite } from '../../api/index.ts';
import { keysOf } from '../../common/commands/command-keys.ts';
import { type Command, useCommands } from '../../common/commands/registry.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { NameDialog } from '../../ui/NameDialog.tsx';
import { RailEntry } from '../../ui/RailSection.tsx';
import { type Asked, changesOf, kept, openFigures, showView, useFigures, viewMade } from './state.ts';

/** The saved views of the table of figures. */
const useFigureViews = (): readonly SavedView[] => {
  const { data } = useCall('views.list', {});
  return useMemo(() => (data?.views ?? []).filter(({ shape }) => shape === 'figures'), [data]);
};

/** The saved views of figures in the rail of the evidence. They show no numbers: counting figures would read every text. */
export function SavedFigures() {
  const { t } = useTranslation();
  const views = useFigureViews();
  const isReadOnly = useReadOnly();
  const remove = useWrite('views.remove');
  const [naming, setNaming] = useState<SavedView | null>(null);
  return (
    <>
      {views.map((view) => (
        <RailEntry
          key={view.id}
          name={view.name}
          isCurrent={false}
          onPress={() => showView(view)}
          menu={
            isReadOnly ? null : (
              <Menu
                label={t('figuresTable.views.menu', { name: view.name })}
                trigger={
                  <IconButton size="small" icon="more" label={t('figuresTable.views.menu', { name: view.name })} />
                }
                entries={[
                  {
                    id: 'rename',
                    label: t('figuresTable.views.rename'),
                    icon: 'edit',
                    run: () => setNaming(view),
                  },
                  {
                    id: 'remove',
                    label: t('figuresTable.views.remove'),
                    icon: 'remove',
                    tone: 'bad',
                    run: () => remove.mutate({ id: view.id }),
                  },
                ]}
              />
            )
          }
        />
      ))}
      {naming === null ? null : <ViewName view={naming} query="" onClose={() => setNaming(null)} />}
    </>
  );
}

/** The name of the current view, whether it was changed, and the buttons that save it. `asked`: the passages that are shown. */
export function FigureViewHead({ asked }: { asked: Asked }) {
  const { t } = useTranslation();
  const now = useFigures();
  const front = useFigureViews().find(({ id }) => id === now.view?.id) ?? null;
  const change = useWrite('views.change');
  const isReadOnly = useReadOnly();
  const [isNaming, setNaming] = useState(false);
  const changes = front === null ? {} : changesOf(front, now);
  const isChanged = Object.keys(changes).length > 0;
  // A view does not keep what a chart narrowed the passages to, so it would silently save another set.
  const canSave = !isReadOnly && asked.within.length === 0;
  const save = (): void => {
    if (front === null) setNaming(true);
    else if (isChanged) change.mutate({ id: front.id, figures: changes });
  };
  useSaveKey(save, canSave);
  return (
    <>
      <h2 className="cut">
        <bdi>{front?.name ?? t('figuresTable.title')}</bdi>
      </h2>
      {front === null || front.unknown.length === 0 ? null : (
        <span className="hint cut" title={t('figuresTable.views.unknown')}>
          {t('figuresTable.views.unknown')}
        </span>
      )}
      {isChanged ? <span className="hint">{t('figuresTable.views.changed')}</span> : null}
      {isChanged && canSave ? (
        <Button size="small" isPending={change.isPending} onPress={save}>
          {t('figuresTable.views.save')}
        </Button>
      ) : null}
      {canSave ? (
        <Button size="small" kind="quiet" icon="add" onPress={() => setNaming(true)}>
          {t('figuresTable.views.saveAs')}
        </Button>
      ) : null}
      {front === null ? null : (
        <Button size="small" kind="quiet" onPress={() => (isChanged ? showView(front) : openFigures())}>
          {t(isChanged ? 'figuresTable.views.asSaved' : 'figuresTable.every')}
        </Button>
      )}
      {isNaming ? <ViewName view={null} query={asked.query} onClose={() => setNaming(false)} /> : null}
    </>
  );
}

/** Handles the key that saves the current view or a new one. */
function useSaveKey(save: () => void, canSave: boolean): void {
  const { t } = useTranslation();
  const latest = useRef(save);
  useEffect(() => {
    latest.current = save;
  });
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'saveView',
          title: t('figuresTable.views.saveAs'),
          group: 'library',
          icon: 'add',
          keys: keysOf('saveView'),
          inFields: true,
          when: () => canSave,
          run: () => latest.current(),
        },
      ],
      [t, canSave],
    ),
  );
}

/** Asks for the name of a new view, or for the new name of a view. */
function ViewName({ view, query, onClose }: { view: SavedView | null; query: string; onClose: () => void }) {
  const { t } = useTranslation();
  const create = useWrite('views.create');
  const change = useWrite('views.change');
  const now = useFigures();
  const error = create.error ?? change.error;
  const save = (name: string): void => {
    if (view !== null) return change.mutate({ id: view.id, name }, { onSuccess: onClose });
    create.mutate(
      { name, query, shape: 'figures', figures: kept(now) },
      {
        onSuccess: ({ id }) => {
          viewMade(id, query);
          onClose();
        },
      },
    );
  };
  return (
    <NameDialog
      title={t(view === null ? 'figuresTable.views.saveAs' : 'figuresTable.views.rename')}
      label={t('figuresTable.views.name')}
      words={{ save: t('figuresTable.save'), cancel: t('figuresTable.cancel') }}
      initial={view?.name ?? ''}
      error={error === null ? null : error.message}
      isPending={create.isPending || change.isPending}
      onSave={save}
      onClose={onClose}
    />
  );
}
