import { useState } from 'react';
import type { SavedView } from '../../../shared/contract/views.ts';
import { useCall, useWrite } from '../../api/index.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { IconButton } from '../../ui/Button.tsx';
import { NameDialog } from '../../ui/NameDialog.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { RailEntry, RailSection } from '../../ui/RailSection.tsx';
import { changesOfSaved, commitText, openSaved, useSearch } from './search-state.ts';

const NO_VIEWS: readonly SavedView[] = [];

/** The searches that are saved in the project. */
export function SavedSearches() {
  const { t } = useTranslation();
  const saved = (useCall('views.list', {}).data?.views ?? NO_VIEWS).filter(({ shape }) => shape === 'search');
  const now = useSearch();
  const { query, text } = now;
  const isReadOnly = useReadOnly();
  const change = useWrite('views.change');
  const remove = useWrite('views.remove');
  const [naming, setNaming] = useState<SavedView | 'new' | null>(null);
  return (
    <RailSection
      title={t('search.screen.saved')}
      acts={
        <IconButton
          size="small"
          icon="add"
          label={t('search.screen.save')}
          isDisabled={isReadOnly || text.trim() === ''}
          onPress={() => {
            // Saves the text that was just typed, too.
            commitText();
            setNaming('new');
          }}
        />
      }
    >
      {saved.length === 0 ? <p className="hint">{t('search.screen.noneSaved')}</p> : null}
      {saved.map((view) => {
        const changes = changesOfSaved(now, view);
        const isShown = Object.keys(changes).length === 0;
        return (
          <RailEntry
            key={view.id}
            name={view.name}
            isCurrent={isShown}
            onPress={() => openSaved(view)}
            menu={
              isReadOnly ? null : (
                <Menu
                  label={t('search.screen.savedMenu', { name: view.name })}
                  trigger={
                    <IconButton size="small" icon="more" label={t('search.screen.savedMenu', { name: view.name })} />
                  }
                  entries={[
                    {
                      id: 'replace',
                      label: t('search.screen.replace'),
                      isDisabled: query.trim() === '' || isShown,
                      run: () => change.mutate({ id: view.id, ...changes }),
                    },
                    { id: 'rename', label: t('search.screen.rename'), icon: 'edit', run: () => setNaming(view) },
                    {
                      id: 'remove',
                      label: t('search.screen.remove'),
                      icon: 'remove',
                      tone: 'bad',
                      run: () => remove.mutate({ id: view.id }),
                    },
                  ]}
                />
              )
            }
          />
        );
      })}
      {naming === null ? null : (
        <SearchNameDialog view={naming === 'new' ? null : naming} onClose={() => setNaming(null)} />
      )}
    </RailSection>
  );
}

/** Asks for the name of a search that is saved, or renamed. */
function SearchNameDialog({ view, onClose }: { view: SavedView | null; onClose: () => void }) {
  const { t } = useTranslation();
  const create = useWrite('views.create');
  const change = useWrite('views.change');
  const now = useSearch();
  const error = create.error ?? change.error;
  const save = (name: string): void => {
    if (view !== null) return change.mutate({ id: view.id, name }, { onSuccess: onClose });
    create.mutate({ query: now.query, ...changesOfSaved(now), name, shape: 'search' }, { onSuccess: onClose });
  };
  return (
    <NameDialog
      title={t(view === null ? 'search.screen.save' : 'search.screen.rename')}
      label={t('search.screen.name')}
      words={{ save: t('search.screen.saveIt'), cancel: t('search.screen.cancel') }}
      initial={view?.name ?? ''}
      error={error === null ? null : error.message}
      isPending={create.isPending || change.isPending}
      onSave={save}
      onClose={onClose}
    />
  );
}
