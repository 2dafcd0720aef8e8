import { useMemo, useEffect } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { frameWidth } from '../../ui/useMedia.ts';
import {
  showSourcePane,
  togglePane,
  useSidePanes,
  type SidePane,
  showPane,
} from '../../common/workbench/side-panes.tsx';
import { useWorkbench, goTo, openDialog, setPassage, showInSidebar } from '../../common/workbench/workbench.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { chooseLibraryShelf, LIBRARY_SHELVES, showExchange, showRemoved } from '../../common/workbench/screens.ts';
import type { PassageId } from '../../../shared/model/index.ts';
import { errorDataOf, useAsk } from '../../api/index.ts';
import { copyQuotation, quotationOf, type Quotation } from '../../common/passages/quotation.ts';
import { notify, notifyError } from '../../common/notices/notices.ts';
import { useReading, type MarkedSpan } from '../../common/reader/reading-state.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { closeClaims, openClaims } from '../../common/claims/state.ts';
import { closeRelations, openRelations } from '../../common/relations/state.ts';
import { closeDossiers, openDossiers } from '../../features/dossier/state.ts';
import { lookForCopies } from '../../features/evidence/state.ts';
import { openInReview, resetReviewing, requestFocus } from '../../common/review/state.ts';
import { memoCommand, requestMemoFocus } from '../../common/memos/MemoSection.tsx';
import { keysOf } from '../../common/commands/command-keys.ts';

/** Shows and hides the panes beside the source. */
export function usePaneCommands(): void {
  const { t } = useTranslation();
  useCommands(
    useMemo<Command[]>(() => {
      const toggle = (pane: SidePane): void => {
        togglePane(pane);
        requestAnimationFrame(keepFocus);
      };
      const isReading = (): boolean => useWorkbench.getState().place === 'read';
      return [
        {
          id: 'showSource',
          title: t('commands.showSource'),
          group: 'anywhere',
          icon: 'book',
          when: () => isReading() && frameWidth() === 'one' && useSidePanes.getState().one !== 'main',
          run: () => {
            showSourcePane();
            requestAnimationFrame(keepFocus);
          },
        },
        {
          id: 'toggleShelf',
          title: t('commands.toggleShelf'),
          group: 'anywhere',
          icon: 'paneStart',
          keys: keysOf('toggleShelf'),
          inFields: true,
          when: isReading,
          run: () => toggle('start'),
        },
        {
          id: 'toggleInspector',
          title: t('commands.toggleInspector'),
          group: 'anywhere',
          icon: 'paneEnd',
          keys: keysOf('toggleInspector'),
          inFields: true,
          when: isReading,
          run: () => toggle('end'),
        },
      ];
    }, [t]),
  );
}

const SOURCE = '.reader';

/** Focuses the active source. */
export function focusSource(): void {
  const reader = document.querySelector(`${SOURCE}[data-active]`) ?? document.querySelector(SOURCE);
  reader?.querySelector<HTMLElement>(':is(.pdf-view, .text-view, iframe)')?.focus();
}

/** When the pane with the focus is hidden, the focus moves to the source. */
function keepFocus(): void {
  if (document.activeElement === document.body) focusSource();
}

/** Commands that show each part of the library, and the trash, from any screen. */
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

/** Commands that show files of other programs, in and out, from any screen. */
export function useExchangeCommands(): void {
  const { t } = useTranslation();
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'exchangeIn',
          writes: true,
          title: t('exchange.commands.in'),
          group: 'library',
          icon: 'import',
          also: [t('exchange.commands.alsoIn')],
          run: () => showExchange('in'),
        },
        {
          id: 'exchangeOut',
          title: t('exchange.commands.out'),
          group: 'library',
          icon: 'export',
          also: [t('exchange.commands.alsoOut')],
          run: () => showExchange('out'),
        },
      ],
      [t],
    ),
  );
}

/** Copies the selection, else the current passage, with its source, page and date. */
export function useQuotationCommand(): void {
  const { t } = useTranslation();
  const ask = useAsk();
  useCommands(
    useMemo<Command[]>(() => {
      const ofSelected = async ({ source: id, layer, marked, exact }: MarkedSpan): Promise<Quotation> => {
        const source = await ask('sources.get', { id });
        if (marked.kind === 'area') return quotationOf({ anchor: marked }, source);
        const [{ pages }, { text }] = await Promise.all([
          ask('layers.get', { id: layer }),
          exact === '' ? ask('layers.text', { id: layer }) : { text: '' },
        ]);
        const pageAt = (place: number): number => pages.findLast(({ start }) => start <= place)?.page ?? 1;
        const words = exact === '' ? text.slice(marked.start, marked.end) : exact;
        const anchor = { kind: 'text' as const, exact: words, page: pageAt(marked.start), quads: [] };
        return quotationOf({ anchor, lastPage: pageAt(marked.end - 1) }, source);
      };
      const ofPassage = async (id: PassageId): Promise<Quotation> => {
        const passage = await ask('passages.get', { id });
        return quotationOf(passage, await ask('sources.get', { id: passage.source }));
      };
      const copy = async (): Promise<void> => {
        const { selected } = useReading.getState();
        const { passage } = useWorkbench.getState();
        let quotation: Quotation;
        try {
          if (selected !== null) quotation = await ofSelected(selected);
          else if (passage !== null) quotation = await ofPassage(passage);
          else return;
        } catch (thrown) {
          notifyError(errorDataOf(thrown));
          return;
        }
        await copyQuotation(quotation).then(
          () => notify('plain', t('quotation.copied')),
          () => notify('bad', t('quotation.copyFailed')),
        );
      };
      return [
        {
          id: 'copyQuotation',
          title: t('quotation.copy'),
          group: 'selecting',
          icon: 'copy',
          keys: keysOf('copyQuotation'),
          when: () => useReading.getState().selected !== null || useWorkbench.getState().passage !== null,
          run: () => void copy(),
        },
      ];
    }, [t, ask]),
  );
}

/** Commands that open the evidence and its claims from any screen. */
function evidenceCommands(t: ReturnType<typeof useTranslation>['t']): Command[] {
  return [
    {
      id: 'evidence',
      title: t('commands.evidence'),
      group: 'anywhere',
      keys: keysOf('evidence'),
      inFields: true,
      // Also if the evidence is shown already: leads from its claims back to its passages.
      run: () => {
        if (useWorkbench.getState().place === 'evidence') {
          closeClaims();
          closeDossiers();
          closeRelations();
        }
        goTo('evidence');
      },
    },
    {
      id: 'claims',
      title: t('claims.goTo'),
      group: 'anywhere',
      icon: 'list',
      run: () => {
        closeDossiers();
        closeRelations();
        openClaims();
        goTo('evidence');
      },
    },
    {
      id: 'relations',
      title: t('relations.goTo'),
      group: 'anywhere',
      icon: 'list',
      run: () => {
        closeClaims();
        closeDossiers();
        openRelations();
        goTo('evidence');
      },
    },
    {
      id: 'dossiers',
      title: t('dossier.goTo'),
      group: 'anywhere',
      icon: 'folder',
      run: () => {
        openDossiers();
        goTo('evidence');
      },
    },
    {
      id: 'lookForCopies',
      title: t('evidence.commands.lookForCopies'),
      group: 'library',
      icon: 'copy',
      also: [t('evidence.commands.lookForCopiesAlso')],
      run: () => {
        closeClaims();
        closeDossiers();
        closeRelations();
        lookForCopies();
        goTo('evidence');
      },
    },
  ];
}

/** Commands that open the review from any screen, and those of the review that work in the reader. */
export function useReviewCommands(): void {
  const { t } = useTranslation();
  useEffect(() => resetReviewing, []);
  useCommands(
    useMemo<Command[]>(() => {
      const group = 'review' as const;
      const now = useWorkbench.getState;
      const isOnOne = (): boolean => now().place === 'read' && now().passage !== null;
      return [
        ...evidenceCommands(t),
        {
          id: 'draft',
          title: t('desk.commands.goTo'),
          group: 'anywhere',
          keys: keysOf('draft'),
          inFields: true,
          run: () => goTo('draft'),
        },
        {
          id: 'review',
          title: t('review.commands.goTo'),
          group: 'anywhere',
          keys: keysOf('review'),
          inFields: true,
          run: () => goTo('review'),
        },
        {
          id: 'translatePassage',
          writes: true,
          title: t('review.commands.translatePassage'),
          group,
          icon: 'edit',
          keys: keysOf('translatePassage'),
          when: isOnOne,
          run: () => {
            showPane('end');
            requestFocus('translation');
          },
        },
        {
          id: 'commentPassage',
          writes: true,
          title: t('review.commands.commentPassage'),
          group,
          icon: 'comment',
          keys: keysOf('commentPassage'),
          when: isOnOne,
          run: () => {
            showPane('end');
            requestFocus('comment');
          },
        },
        {
          id: 'openInReview',
          title: t('review.commands.openInReview'),
          group,
          icon: 'check',
          keys: keysOf('openInReview'),
          when: isOnOne,
          run: () => {
            const { passage } = now();
            if (passage !== null) openInReview(passage);
          },
        },
      ];
    }, [t]),
  );
}

const now = useWorkbench.getState;

/**
 * Commands for memos on the current passage, category and source, and on the project. They first show the place of the
 * memo.
 */
export function useMemoCommands(): void {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  useCommands(
    useMemo<Command[]>(() => {
      if (isReadOnly) return [];
      const reads = (): boolean => now().place === 'read';
      return [
        {
          ...memoCommand(t, 'passage', () => {
            showPane('end');
            requestMemoFocus('passage');
          }),
          when: () => reads() && now().passage !== null,
        },
        {
          ...memoCommand(t, 'category', () => {
            showInSidebar('codebook');
            requestMemoFocus('category');
          }),
          when: () => reads() && now().category !== null,
        },
        {
          ...memoCommand(t, 'source', () => {
            // The memo on the source is shown in place of a passage's memo.
            setPassage(null);
            showPane('end');
            requestMemoFocus('source');
          }),
          when: () => reads() && now().source !== null,
        },
        memoCommand(t, 'project', () => {
          openDialog('project');
          requestMemoFocus('project');
        }),
      ];
    }, [t, isReadOnly]),
  );
}
