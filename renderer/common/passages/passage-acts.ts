import { useMemo } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { CallOutput } from '../../../shared/contract/index.ts';
import type { CategoryId, DimensionId, PassageId, ValueId } from '../../../shared/model/index.ts';
import { errorDataOf, useApi } from '../../api/index.ts';
import { useTellOthers } from './others-work.ts';
import { dismissNews, notifyError } from '../notices/notices.ts';
import { making } from './new-passage.ts';
import { drawMoved, dropMoved } from './moved-edges.ts';
import { runWhenIdle, settle } from '../drafts/pending-commits.ts';
import { useNoteUse } from './pins.ts';
import { setSelected, type MarkedSpan, type TagTarget } from '../reader/reading-state.ts';
import { setPassage } from '../workbench/workbench.ts';
import type { Reshaped } from '../../viewer/types.ts';

/** Steps of an edge by key that follow each other faster than this become one commit, ms. */
const STEPS_REST = 400;

/** The passage whose edges were moved last, whoever asked for it. */
let movedLast: PassageId | null = null;

/** What can be done to passages. Each is one commit; a failure is told, and answers null. */
export interface PassageActs {
  /** Makes a passage of what is marked, with these tags, and goes to it. */
  readonly create: (span: MarkedSpan, categories?: readonly CategoryId[]) => Promise<PassageId | null>;
  /** Puts tags on the target, or takes them off; what is only marked becomes a passage. */
  readonly tag: (
    target: TagTarget,
    add: readonly CategoryId[],
    remove?: readonly CategoryId[],
  ) => Promise<PassageId | null>;
  readonly set: (target: TagTarget, dimension: DimensionId, values: readonly ValueId[]) => Promise<PassageId | null>;
  readonly remove: (passage: PassageId) => Promise<PassageId | null>;
  /** Puts a passage's edges elsewhere; it is drawn there at once. `inSteps`: more may follow, all of them one commit. */
  readonly reshape: (passage: PassageId, to: Reshaped, inSteps?: boolean) => void;
}

export function usePassageActs(): PassageActs {
  const api = useApi();
  const client = useQueryClient();
  const noteUse = useNoteUse();
  const tellOthers = useTellOthers();
  return useMemo<PassageActs>(() => {
    const told = async (act: () => Promise<PassageId>, makes = false): Promise<PassageId | null> => {
      dismissNews();
      try {
        const done = settle().then(act);
        return await (makes ? making(done) : done);
      } catch (thrown) {
        notifyError(errorDataOf(thrown));
        return null;
      }
    };
    const make = async (
      { source, layer, marked }: MarkedSpan,
      categories: readonly CategoryId[],
    ): Promise<PassageId> => {
      const { id } = await api.call('passages.create', { source, layer, marked, categories: [...categories] });
      setSelected(null);
      setPassage(id);
      noteUse(categories);
      return id;
    };
    const passageOf = async (target: TagTarget): Promise<PassageId> =>
      target.kind === 'passage' ? target.passage : make(target.span, []);

    const reshape = async (passage: PassageId, to: Reshaped): Promise<void> => {
      // Said of a passage once, however many steps its edges take.
      const isSaid = movedLast === passage;
      dismissNews();
      movedLast = passage;
      try {
        const moved = await api.call('passages.reshape', { id: passage, marked: to });
        // Into what was read already, so that it is never drawn where it was before until it is read anew.
        client.setQueriesData<CallOutput<'passages.list'>>({ queryKey: ['passages.list'] }, (list) =>
          list === undefined
            ? list
            : { ...list, passages: list.passages.map((one) => (one.id === moved.id ? moved : one)) },
        );
        if (!isSaid) await tellOthers('moved', moved);
      } catch (thrown) {
        notifyError(errorDataOf(thrown));
      } finally {
        dropMoved(passage, to);
      }
    };

    return {
      reshape: (passage, to, inSteps = false) => {
        drawMoved(passage, to);
        if (inSteps) runWhenIdle(`reshape ${passage}`, STEPS_REST, () => reshape(passage, to));
        else void settle().then(() => reshape(passage, to));
      },
      create: (span, categories = []) => told(() => make(span, categories), true),
      tag: (target, add, remove = []) =>
        told(async () => {
          if (target.kind === 'marked') return make(target.span, add);
          await api.call('tags.change', { passages: [target.passage], add: [...add], remove: [...remove] });
          noteUse(add);
          return target.passage;
        }, target.kind === 'marked'),
      set: (target, dimension, values) =>
        told(async () => {
          const passage = await passageOf(target);
          await api.call('settings.set', { passage, dimension, values: [...values] });
          return passage;
        }, target.kind === 'marked'),
      remove: (passage) =>
        told(async () => {
          movedLast = null;
          const gone = await api.read('passages.get', { id: passage });
          await api.call('passages.remove', { ids: [passage] });
          await tellOthers('removed', gone);
          return passage;
        }),
    };
  }, [api, client, noteUse, tellOthers]);
}
