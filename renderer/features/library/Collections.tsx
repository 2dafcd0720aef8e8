import { useState } from 'react';
import { create } from 'zustand';
import type { Collection } from '../../../shared/contract/collections.ts';
import type { Source } from '../../../shared/model/index.ts';
import { useCall, useWrite } from '../../api/index.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { formatNumber } from '../../common/format.ts';
import { announce } from '../../common/notices/notices.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { chooseCollection, chooseLibraryShelf, useLibraryShelf } from '../../common/workbench/screens.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Check } from '../../ui/Choice.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { ContextMenu } from '../../ui/ContextMenu.tsx';
import { Menu, type MenuEntry } from '../../ui/Menu.tsx';
import { InlineError } from '../../ui/Note.tsx';

const NO_COLLECTIONS: readonly Collection[] = [];

/** The open dialog: assigning the selected sources to collections, or renaming the shown collection. */
const useOpenDialog = create<{ readonly open: 'assign' | 'rename' | null }>()(() => ({ open: null }));
const openRename = (): void => useOpenDialog.setState({ open: 'rename' });
export const openCollections = (): void => useOpenDialog.setState({ open: 'assign' });
const closeDialog = (): void => useOpenDialog.setState({ open: null });

/** All collections, and the one whose sources are shown. */
export function useCollections(): { readonly collections: readonly Collection[]; readonly shown: Collection | null } {
  const collections = useCall('collections.list', {}).data?.collections ?? NO_COLLECTIONS;
  const { collection } = useLibraryShelf();
  return { collections, shown: collections.find(({ id }) => id === collection) ?? null };
}

/** The collections, listed below the parts of the library, each with its number of matching sources. */
export function CollectionRows({ matching }: { matching: readonly Source[] }) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const { collections, shown } = useCollections();
  const [asked, setAsked] = useState<{ readonly x: number; readonly y: number } | null>(null);
  const entries = useEntries(shown);
  const there = new Set(matching.filter(({ deleted }) => !deleted).map(({ id }) => id));
  return (
    <>
      <div className="side-head">
        <span className="grow">{t('collections.title')}</span>
        {isReadOnly ? null : (
          <IconButton size="small" icon="add" label={t('collections.new')} onPress={openCollections} />
        )}
      </div>
      {collections.map(({ id, name, sources }) => (
        <button
          key={id}
          type="button"
          className="side-row"
          aria-current={shown?.id === id}
          onClick={() => chooseCollection(id)}
          onKeyDown={(event) => {
            if (event.key !== 'F2' || isReadOnly) return;
            event.preventDefault();
            chooseCollection(id);
            openRename();
          }}
          onContextMenu={(event) => {
            event.preventDefault();
            chooseCollection(id);
            if (isReadOnly) return;
            // The menu key gives no pointer position.
            const { left, bottom } = event.currentTarget.getBoundingClientRect();
            setAsked(event.clientX === 0 ? { x: left, y: bottom } : { x: event.clientX, y: event.clientY });
          }}
        >
          <Icon name="folder" />
          <bdi className="cut">{name}</bdi>
          <span className="number">{formatNumber(sources.filter((source) => there.has(source)).length)}</span>
        </button>
      ))}
      {asked === null || shown === null ? null : (
        <ContextMenu label={t('collections.menu')} at={asked} onClose={() => setAsked(null)} entries={entries} />
      )}
    </>
  );
}

/** The menu of the shown collection. */
export function CollectionMenu({ collection }: { collection: Collection }) {
  const { t } = useTranslation();
  const entries = useEntries(collection);
  if (useReadOnly()) return null;
  return (
    <Menu
      label={t('collections.menu')}
      trigger={<IconButton icon="more" label={t('collections.menu')} />}
      entries={entries}
    />
  );
}

function useEntries(collection: Collection | null): MenuEntry[] {
  const { t } = useTranslation();
  const remove = useWrite('collections.remove');
  if (collection === null) return [];
  const { id } = collection;
  return [
    { id: 'rename', label: t('collections.rename'), icon: 'edit', keys: ['F2'], run: openRename },
    {
      id: 'remove',
      label: t('collections.remove'),
      icon: 'remove',
      tone: 'bad',
      run: () =>
        remove.mutate(
          { id },
          {
            onSuccess: () => {
              chooseLibraryShelf('all');
              announce(t('collections.said.removed', { name: collection.name }));
            },
          },
        ),
    },
  ];
}

/** The dialogs of collections. */
export function CollectionDialogs({ selected }: { selected: readonly Source[] }) {
  const { open } = useOpenDialog();
  const { shown } = useCollections();
  if (open === 'rename' && shown !== null) return <RenameDialog collection={shown} />;
  return open === 'assign' ? <AssignDialog selected={selected} /> : null;
}

function RenameDialog({ collection }: { collection: Collection }) {
  const { t } = useTranslation();
  const rename = useWrite('collections.rename');
  const [name, setName] = useState(collection.name);
  const save = (): void => rename.mutate({ id: collection.id, name }, { onSuccess: closeDialog });
  return (
    <Dialog
      title={t('collections.renameTitle', { name: collection.name })}
      isOpen
      ignoresOutside
      onClose={closeDialog}
      footer={
        <>
          <Button onPress={closeDialog}>{t('app.cancel')}</Button>
          <Button kind="primary" isDisabled={name.trim() === ''} onPress={save}>
            {t('collections.renameButton')}
          </Button>
        </>
      }
    >
      <form action={save}>
        <Field label={t('collections.name')} value={name} onChange={setName} maxLength={200} autoFocus />
      </form>
      {rename.error === null ? null : <InlineError message={rename.error.message} />}
    </Dialog>
  );
}

/** Puts the selected sources into collections, and takes them out; creates one. Each is one edit. */
function AssignDialog({ selected }: { selected: readonly Source[] }) {
  const { t } = useTranslation();
  const { collections } = useCollections();
  const change = useWrite('collections.change');
  const creation = useWrite('collections.create');
  const [name, setName] = useState('');
  const ids = selected.map(({ id }) => id);
  const create = (): void => {
    if (name.trim() === '') return;
    const onSuccess = (): void => {
      setName('');
      announce(t('collections.said.created', { name: name.trim() }));
    };
    creation.mutate({ name, sources: ids }, { onSuccess });
  };
  const error = change.error ?? creation.error;
  return (
    <Dialog
      title={t('collections.assignTitle', { count: ids.length })}
      isOpen
      onClose={closeDialog}
      footer={
        <Button kind="primary" onPress={closeDialog}>
          {t('collections.done')}
        </Button>
      }
    >
      <div className="stack">
        {ids.length === 0 ? null : collections.length === 0 ? <p className="hint">{t('collections.none')}</p> : null}
        {ids.length === 0
          ? null
          : collections.map((one) => {
              const within = new Set(one.sources);
              const count = ids.filter((id) => within.has(id)).length;
              const isIn = count === ids.length;
              return (
                <Check
                  key={one.id}
                  label={
                    count === 0 || isIn ? one.name : t('collections.some', { name: one.name, count, all: ids.length })
                  }
                  selected={isIn}
                  isMixed={count > 0 && !isIn}
                  onChange={() => change.mutate(isIn ? { id: one.id, remove: ids } : { id: one.id, add: ids })}
                />
              );
            })}
        <form action={create} className="line collection-new">
          <Field label={t('collections.newName')} value={name} onChange={setName} maxLength={200} autoFocus />
          <Button type="submit" isDisabled={name.trim() === ''}>
            {t('collections.create')}
          </Button>
        </form>
        {error === null ? null : <InlineError message={error.message} />}
      </div>
    </Dialog>
  );
}
