import { useState } from 'react';
import type { SavedView } from '../../../shared/contract/views.ts';
import { SEARCH_SCOPES } from '../../../shared/contract/search.ts';
import { useCall, useWrite } from '../../api/index.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { commitText, replacing, searchFor, setScopes, useSearch } from './search-state.ts';

const NO_VIEWS: readonly SavedView[] = [];

/** The searches that are saved in the project. */
export function SavedSearches() {
  const { t } = useTranslation();
  const saved = (useCall('views.list', {}).data?.views ?? NO_VIEWS).filter(({ shape }) => shape === 'search');
  const { query, scopes, text } = useSearch();
  const isReadOnly = useReadOnly();
  const change = useWrite('views.change');
  const remove = useWrite('views.remove');
  const [naming, setNaming] = useState<SavedView | 'new' | null>(null);
  return (
    <section className="pane-section" aria-label={t('search.screen.saved')}>
      <div className="line">
        <h3 className="grow">{t('search.screen.saved')}</h3>
        <IconButton
          size="small"
          icon="add"
          label={t('search.screen.save')}
          isDisabled={isReadOnly || text.trim() === ''}
          onPress={() => {
            // What was typed just now is meant, too.
            commitText();
            setNaming('new');
          }}
        />
      </div>
      {saved.length === 0 ? <p className="hint">{t('search.screen.noneSaved')}</p> : null}
      {saved.map((view) => (
        <div key={view.id} className="search-saved" data-current={view.query === query || undefined}>
          <button
            type="button"
            className="search-saved-name grow"
            aria-pressed={view.query === query}
            onClick={() => {
              setScopes(view.scopes);
              searchFor(view.query);
            }}
          >
            <bdi className="cut">{view.name}</bdi>
          </button>
          {isReadOnly ? null : (
            <Menu
              label={t('search.screen.savedMenu', { name: view.name })}
              trigger={
                <IconButton size="small" icon="more" label={t('search.screen.savedMenu', { name: view.name })} />
              }
              entries={[
                {
                  id: 'replace',
                  label: t('search.screen.replace'),
                  isDisabled: query.trim() === '' || view.query === query,
                  run: () => change.mutate({ id: view.id, ...replacing(view, { query, scopes }) }),
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
          )}
        </div>
      ))}
      {naming === null ? null : <NameDialog view={naming === 'new' ? null : naming} onClose={() => setNaming(null)} />}
    </section>
  );
}

/** Asks for the name of a search that is saved, or renamed. */
function NameDialog({ view, onClose }: { view: SavedView | null; onClose: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState(view?.name ?? '');
  const create = useWrite('views.create');
  const change = useWrite('views.change');
  const { query, scopes } = useSearch();
  const error = create.error ?? change.error;
  const save = (): void => {
    if (name.trim() === '') return;
    if (view !== null) return change.mutate({ id: view.id, name }, { onSuccess: onClose });
    const kept = scopes.length === SEARCH_SCOPES.length ? [] : [...scopes];
    create.mutate({ name, query, shape: 'search', scopes: kept }, { onSuccess: onClose });
  };
  return (
    <Dialog
      title={t(view === null ? 'search.screen.save' : 'search.screen.rename')}
      isOpen
      onClose={onClose}
      ignoresOutside
      footer={
        <>
          <Button onPress={onClose}>{t('search.screen.cancel')}</Button>
          <Button kind="primary" isDisabled={name.trim() === ''} onPress={save}>
            {t('search.screen.saveIt')}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Field
          label={t('search.screen.name')}
          value={name}
          onChange={setName}
          autoFocus
          error={error === null ? null : error.message}
        />
      </form>
    </Dialog>
  );
}
