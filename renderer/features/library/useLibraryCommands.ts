import { useMemo, useEffect, useRef, type RefObject } from 'react';
import type { Source } from '../../../shared/model/index.ts';
import { errorDataOf, useApi } from '../../api/index.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { announce, notify, notifyError } from '../../common/notices/notices.ts';
import { compareNewest } from '../../common/reader/comparison.ts';
import { useMarkRead } from '../../common/sources/read-state.ts';
import { sourceName } from '../../common/sources/sources.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { openSource } from '../../common/workbench/workbench.ts';
import { keysOf } from '../../common/commands/command-keys.ts';
import { openCollections } from './Collections.tsx';
import { SORT_COLUMNS, type SortColumn } from './filter.ts';

interface LibraryActs {
  readonly only: Source | undefined;
  readonly selected: readonly Source[];
  /** The sources that the person has read. */
  readonly read: ReadonlySet<string>;
  readonly sort: { readonly column: SortColumn; readonly descending: boolean };
  readonly onSort: (sort: LibraryActs['sort']) => void;
  readonly onAll: () => void;
}

/** Commands for the table of sources. */
export function useLibraryCommands({ only, selected, read, sort, onSort, onAll }: LibraryActs): void {
  useListCommands(onAll);
  useSortCommands(sort, onSort);
  useChosenCommands(only);
  useReadCommand(selected, read);
}

/** Focuses an element of the shown list: the sources or the trash. */
const focusIn = (selector: string): void => document.querySelector<HTMLElement>(`.library-main ${selector}`)?.focus();
export const focusTable = (): void => focusIn('[role="grid"]');

/** The first field of the details that can be edited. */
const RECORD_FIELD = '.record .field :is(input, textarea):enabled:read-write';

function useListCommands(onAll: () => void): void {
  const { t } = useTranslation();
  const all = useLatest(onAll);
  const group = 'library';
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'filterSources',
          title: t('commands.filterSources'),
          group,
          icon: 'search',
          keys: keysOf('filterSources'),
          run: () => focusIn('input[type="search"]'),
        },
        {
          id: 'editSelectedSources',
          title: t('commands.editSelectedSources'),
          group,
          icon: 'edit',
          keys: keysOf('editSelectedSources'),
          when: () => document.querySelector(RECORD_FIELD) !== null,
          run: () => document.querySelector<HTMLElement>(RECORD_FIELD)?.focus(),
        },
        {
          id: 'chooseAllSources',
          title: t('commands.chooseAllSources'),
          group,
          run: () => {
            all.current();
            focusTable();
          },
        },
      ],
      [t, all],
    ),
  );
}

const isMostFirst = (column: SortColumn): boolean => column === 'passages' || column === 'gaps';

function useSortCommands({ column: by, descending }: LibraryActs['sort'], onSort: LibraryActs['onSort']): void {
  const { t } = useTranslation();
  useCommands(
    useMemo<Command[]>(
      () =>
        SORT_COLUMNS.map((column) => ({
          id: `sortSources ${column}`,
          title: t('commands.sortSources', { column: t(`library.columns.${column}`) }),
          group: 'library',
          icon: (column === by ? !descending : isMostFirst(column)) ? 'descending' : 'ascending',
          run: () => onSort({ column, descending: column === by ? !descending : isMostFirst(column) }),
        })),
      [t, by, descending, onSort],
    ),
  );
}

/** Marks the selected sources as read, or as not read if all of them are; shows their collections. */
function useReadCommand(selected: readonly Source[], read: ReadonlySet<string>): void {
  const { t } = useTranslation();
  const mark = useMarkRead();
  const isReadOnly = useReadOnly();
  const isThere = selected.length > 0;
  const toggle = useLatest(() => {
    const isRead = selected.some(({ id }) => !read.has(id));
    mark(
      selected.map(({ id }) => id),
      isRead,
    );
    announce(t(isRead ? 'library.markedRead' : 'library.markedUnread', { count: selected.length }));
  });
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'toggleRead',
          // Reading marks can't be stored in a read-only project.
          writes: true,
          title: t('commands.toggleRead'),
          group: 'library',
          icon: 'eye',
          keys: keysOf('toggleRead'),
          when: () => isThere,
          run: () => toggle.current(),
        },
        {
          id: 'collections',
          title: t('collections.assign'),
          group: 'library',
          icon: 'folder',
          keys: keysOf('collections'),
          when: () => isThere && !isReadOnly,
          run: openCollections,
        },
      ],
      [t, isThere, isReadOnly, toggle],
    ),
  );
}

/** Commands on the selected source, if there is exactly one. */
function useChosenCommands(only: Source | undefined): void {
  const { t } = useTranslation();
  const api = useApi();
  useCommands(
    useMemo<Command[]>(() => {
      if (only === undefined || only.deleted) return [];
      const verify = async (): Promise<void> => {
        const { ok, found } = await api.call('sources.verify', { id: only.id });
        const name = sourceName(only);
        if (ok) notify('plain', t('library.originalVerified', { name }));
        else notify('bad', t('record.damaged', { found: found ?? t('record.missing') }), [name]);
      };
      const common = { detail: sourceName(only), group: 'library' } as const;
      return [
        {
          ...common,
          id: 'openChosenSource',
          title: t('commands.openChosenSource'),
          icon: 'go',
          run: () => openSource(only.id),
        },
        {
          ...common,
          id: 'compareChosenSource',
          title: t('versions.commands.compare'),
          icon: 'columns',
          also: [t('versions.commands.compareAlso')],
          run: () => {
            compareNewest(api, only.id).then(
              (isThere) => (isThere ? undefined : notify('plain', t('versions.only'))),
              (thrown: unknown) => notifyError(errorDataOf(thrown)),
            );
          },
        },
        {
          ...common,
          id: 'verifyChosenSource',
          title: t('record.verify'),
          icon: 'verified',
          run: () => {
            verify().catch((thrown: unknown) => notifyError(errorDataOf(thrown)));
          },
        },
      ];
    }, [t, api, only]),
  );
}

/** A ref to the latest value, for callbacks that outlive a render. */
export function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  return latest;
}
