import { useMemo, useCallback } from 'react';
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import type { CallOutput } from '../../../shared/contract/index.ts';
import type {
  CategoryId,
  CommitHash,
  DimensionId,
  PassageId,
  ValueId,
  Passage,
  PersonId,
} from '../../../shared/model/index.ts';
import { errorDataOf, useApi } from '../../api/index.ts';
import { linkPassages, useLinkDialog } from '../claims/link-dialog.ts';
import { holdKeys } from '../commands/held-keys.ts';
import { dismissNews, notifyError, notifyDone } from '../notices/notices.ts';
import { drawMoved, dropMoved, showUnsaved } from './source-passages.ts';
import { commitShown, runPending, runWhenIdle } from '../drafts/pending-commits.ts';
import { useNoteUse } from './pins.ts';
import { retargetPalette, setSelected, useReading, type MarkedSpan, type TagTarget } from '../reader/reading-state.ts';
import { setPassage } from '../workbench/workbench.ts';
import type { Reshaped } from '../../viewer/types.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { formatAll } from '../format.ts';
import type { Quotation } from './quotation.ts';
import { useSayDimension, useSayPassage } from './spoken.ts';

/** Key steps of an edge that follow each other within this time become one commit, ms. */
const STEPS_REST = 400;

/** The passage whose edges were moved most recently. */
let movedLast: PassageId | null = null;

/** The actions on passages. Each is one commit; an error is shown as a notice, and the result is null. */
export interface PassageActs {
  /** Makes a passage of the marked range or area, with these tags, and goes to it. */
  readonly create: (span: MarkedSpan, categories?: readonly CategoryId[]) => Promise<PassageId | null>;
  /**
   * Adds and removes tags on the target; a marked range becomes a passage first. Added tags are shown before they are saved.
   * `continues`: the first commit of the act that this belongs to.
   */
  readonly tag: (
    target: TagTarget,
    add: readonly CategoryId[],
    remove?: readonly CategoryId[],
    continues?: CommitHash | null,
  ) => Promise<PassageId | null>;
  readonly set: (target: TagTarget, dimension: DimensionId, values: readonly ValueId[]) => Promise<PassageId | null>;
  readonly remove: (passage: PassageId) => Promise<PassageId | null>;
  /** Moves a passage’s edges; it is drawn there at once. `inSteps`: more steps may follow, all of them one commit. */
  readonly reshape: (passage: PassageId, to: Reshaped, inSteps?: boolean) => void;
}

/** Waits for pending saves, then acts. Resolves to null if that failed, which a notice reports. */
async function withErrorNotice(act: () => Promise<PassageId>): Promise<PassageId | null> {
  dismissNews();
  try {
    return await runPending().then(act);
  } catch (thrown) {
    notifyError(errorDataOf(thrown));
    return null;
  }
}

type PassageOf = (
  span: MarkedSpan,
  categories: readonly CategoryId[],
  continues?: CommitHash | null,
) => Promise<{ readonly id: PassageId; readonly isNew: boolean }>;

/**
 * Returns a function that gives the passage of marked words: the one that is already being created of them, or a new one. Two acts on the
 * same selection, such as a highlight and a tag pressed before the highlight is saved, never make two.
 */
function usePassageOf() {
  const api = useApi();
  const noteUse = useNoteUse();
  const sayPassage = useSayPassage();
  return useMemo<PassageOf>(() => {
    const make = async (
      span: MarkedSpan,
      categories: readonly CategoryId[],
      continues: CommitHash | null = null,
    ): Promise<PassageId> => {
      const { source, layer, marked } = span;
      const create = async (): Promise<PassageId> => {
        const { id } = await api.call('passages.create', {
          source,
          layer,
          marked,
          categories: [...categories],
          continues,
        });
        // Keep a selection that was made while this was being saved.
        if (!isOtherSelected(span)) {
          setSelected(null);
          setPassage(id);
        }
        retargetDialogs(span, id);
        return id;
      };
      const id = await creating(span, create());
      noteUse(categories);
      sayPassage('created', id);
      return id;
    };
    return async (span, categories, continues = null) => {
      for (let before = creationOf(span); before !== null; before = creationOf(span)) {
        const id = await before;
        if (id !== null) return { id, isNew: false };
      }
      return { id: await make(span, categories, continues), isNew: true };
    };
  }, [api, noteUse, sayPassage]);
}

export function usePassageActs(): PassageActs {
  const api = useApi();
  const noteUse = useNoteUse();
  const tellOthers = useTellOthers();
  const sayPassage = useSayPassage();
  const sayDimension = useSayDimension();
  const reshape = useReshape();
  const passageOf = usePassageOf();
  return useMemo<PassageActs>(() => {
    const change = async (
      passage: PassageId,
      add: readonly CategoryId[],
      remove: readonly CategoryId[],
      continues: CommitHash | null,
    ): Promise<PassageId> => {
      const changed = { passages: [passage], add: [...add], remove: [...remove], continues };
      await commitShown(api.call('tags.change', changed));
      noteUse(add);
      if (add.length > 0) sayPassage('tagged', passage, add);
      else sayPassage('removedTag', passage, remove);
      return passage;
    };

    const tagMarked = async (
      span: MarkedSpan,
      add: readonly CategoryId[],
      remove: readonly CategoryId[],
      continues: CommitHash | null,
    ): Promise<PassageId> => {
      const { id, isNew } = await passageOf(span, add, continues);
      return isNew || add.length + remove.length === 0 ? id : change(id, add, remove, continues);
    };

    return {
      reshape,
      create: (span, categories = []) => holdKeys(withErrorNotice(() => tagMarked(span, categories, [], null))),
      tag: (target, add, remove = [], continues = null) => {
        if (target.kind === 'marked')
          return holdKeys(withErrorNotice(() => tagMarked(target.span, add, remove, continues)));
        const { passage } = target;
        return showUnsaved({ passage, categories: add }, () =>
          withErrorNotice(() => change(passage, add, remove, continues)),
        );
      },
      set: (target, dimension, values) =>
        holdKeys(
          withErrorNotice(async () => {
            const passage = target.kind === 'passage' ? target.passage : (await passageOf(target.span, [])).id;
            await api.call('settings.set', { passage, dimension, values: [...values] });
            sayDimension(dimension, values);
            return passage;
          }),
        ),
      remove: (passage) =>
        holdKeys(
          withErrorNotice(async () => {
            movedLast = null;
            const gone = await api.read('passages.get', { id: passage });
            await api.call('passages.remove', { ids: [passage] });
            sayPassage('trashed', gone);
            await tellOthers('removed', gone);
            return passage;
          }),
        ),
    };
  }, [api, noteUse, tellOthers, sayPassage, sayDimension, reshape, passageOf]);
}

function useReshape(): PassageActs['reshape'] {
  const api = useApi();
  const client = useQueryClient();
  const tellOthers = useTellOthers();
  const sayPassage = useSayPassage();
  return useMemo(() => {
    const reshape = async (passage: PassageId, to: Reshaped): Promise<void> => {
      // One report for each passage, however many steps its edges take.
      const isSaid = movedLast === passage;
      dismissNews();
      movedLast = passage;
      try {
        const moved = await api.call('passages.reshape', { id: passage, marked: to });
        putInLists(client, moved);
        sayPassage('adjusted', moved);
        if (!isSaid) await tellOthers('moved', moved);
      } catch (thrown) {
        notifyError(errorDataOf(thrown));
      } finally {
        dropMoved(passage, to);
      }
    };

    return (passage, to, inSteps = false) => {
      drawMoved(passage, to);
      if (inSteps) runWhenIdle(`reshape ${passage}`, STEPS_REST, () => reshape(passage, to));
      else void runPending().then(() => reshape(passage, to));
    };
  }, [api, client, tellOthers, sayPassage]);
}

/** Updates the cached lists, so that a passage is not drawn at its old place until they are read again. */
function putInLists(client: QueryClient, moved: Passage): void {
  client.setQueriesData<CallOutput<'passages.list'>>({ queryKey: ['passages.list'] }, (list) =>
    list === undefined ? list : { ...list, passages: list.passages.map((one) => (one.id === moved.id ? moved : one)) },
  );
}

/** Whether something else than this range or area is selected now. */
function isOtherSelected(span: MarkedSpan): boolean {
  const { selected } = useReading.getState();
  return selected !== null && !isSameSpan(selected, span);
}

const isSameSpan = (a: MarkedSpan, b: MarkedSpan): boolean =>
  a === b || (a.source === b.source && a.layer === b.layer && JSON.stringify(a.marked) === JSON.stringify(b.marked));

/** The passages that are being created, by their words or area. A promise resolves to null if creating failed. */
const beingCreated = new Map<MarkedSpan, Promise<PassageId | null>>();

function creating(span: MarkedSpan, created: Promise<PassageId>): Promise<PassageId> {
  beingCreated.set(
    span,
    created.catch(() => null).finally(() => beingCreated.delete(span)),
  );
  return created;
}

/** The passage that is being created of these words or this area; null if none is. */
const creationOf = (span: MarkedSpan): Promise<PassageId | null> | null =>
  [...beingCreated].find(([other]) => isSameSpan(other, span))?.[1] ?? null;

/** A palette or dialog that was opened for these words goes on with their passage. */
function retargetDialogs(span: MarkedSpan, passage: PassageId): void {
  const tagged = useReading.getState().palette?.target;
  if (tagged?.kind === 'marked' && isSameSpan(tagged.span, span)) retargetPalette({ kind: 'passage', passage });
  const linked = useLinkDialog.getState().target;
  if (linked?.kind === 'marked' && isSameSpan(linked.span, span)) linkPassages([passage]);
}

/** Other people’s work on a passage. `worked`: one highlighted it and another tagged or annotated it. */
export interface OthersWork {
  readonly how: 'tagged' | 'marked' | 'worked';
  readonly people: readonly PersonId[];
}

/** Other people whose work a passage contains; null if there are none. */
export function othersWorkOn(passage: Passage, own: PersonId): OthersWork | null {
  const { tags, settings, memos } = passage;
  const taggers = new Set([...tags, ...settings].map(({ person }) => person));
  const people = [...new Set([passage.person, ...taggers, ...memos.map(({ person }) => person)])].filter(
    (person) => person !== own,
  );
  if (people.length === 0) return null;
  if (people.every((person) => taggers.has(person))) return { how: 'tagged', people };
  return { how: people.every((person) => person === passage.person) ? 'marked' : 'worked', people };
}

type People = CallOutput<'project.info'>['people'];
/** “A. Lindqvist and M. Okafor”; a person without a known name is shown by the beginning of the id. */
export const namesOf = (ids: readonly PersonId[], people: People): string =>
  formatAll(ids.map((id) => people.find((one) => one.id === id)?.name ?? id.slice(0, 8)));

/** Reports a change to other people’s work: it is allowed, but never silent. */
export function useTellOthers(): (what: 'moved' | 'removed', passage: Passage) => Promise<void> {
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  return useCallback(
    async (what, passage) => {
      const [{ person, people }, { undo }] = await Promise.all([
        client.ensureQueryData({ queryKey: ['project.info', {}], queryFn: () => api.read('project.info', {}) }),
        api.read('history.state', {}),
      ]);
      const others = othersWorkOn(passage, person.id);
      if (others === null || undo === null) return;
      notifyDone(t(`others.${what}.${others.how}`, { who: namesOf(others.people, people) }), undo);
    },
    [api, client, t],
  );
}

/**
 * What is being dragged inside this window. The transfer itself contains only the quotation, since any other program
 * may read it; ids of a project never leave with it.
 */
let dragged: TagTarget | null = null;

/** Marks the transfer of a `dragstart`; the target is known to {@link draggedTarget} until the drag ends. */
export function startDrag(transfer: DataTransfer, target: TagTarget, { plain, html }: Quotation): void {
  transfer.effectAllowed = 'copy';
  transfer.setData('text/plain', plain);
  transfer.setData('text/html', html);
  dragged = target;
  // A view in a frame (a frozen page) forwards the end of the drag to the window.
  window.addEventListener('dragend', () => (dragged = null), { once: true, capture: true });
}

/** The target of the present drag, which could be tagged by dropping it; null if something else is dragged. */
export const draggedTarget = (): TagTarget | null => dragged;
