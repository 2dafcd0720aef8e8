import { useMemo } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { chooseLibraryShelf, LIBRARY_SHELVES, showRemoved } from '../../common/workbench/library-shelf.ts';
import { goTo } from '../../common/workbench/workbench.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';

/** The ways to each part of the library, and to what was removed, from anywhere in a project. */
export function useLibraryShelfCommands(): void {
  const { t } = useTranslation();
  useCommands(
    useMemo<Command[]>(
      () => [
        ...LIBRARY_SHELVES.filter((shelf) => shelf !== 'removed').map((shelf): Command => ({
          id: `libraryShelf ${shelf}`,
          title: t('commands.showLibraryShelf', { shelf: t(`library.shelves.${shelf}`) }),
          group: 'library',
          icon: 'book',
          run: () => {
            chooseLibraryShelf(shelf);
            goTo('library');
          },
        })),
        { id: 'trash', title: t('trash.show'), group: 'anywhere', icon: 'remove', run: showRemoved },
      ],
      [t],
    ),
  );
}
