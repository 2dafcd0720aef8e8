import { useMemo } from 'react';
import type { CategoryId, DimensionId, PassageId, ValueId } from '../../shared/model/index.ts';
import { errorDataOf, useApi } from '../api/index.ts';
import { dismissNews, notifyError } from './state/notices.ts';
import { setSelected, type MarkedSpan, type TagTarget } from './state/reading.ts';
import { setPassage } from './state/workbench.ts';

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
}

export function usePassageActs(): PassageActs {
  const api = useApi();
  return useMemo<PassageActs>(() => {
    const told = async (act: () => Promise<PassageId>): Promise<PassageId | null> => {
      dismissNews();
      try {
        return await act();
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
      return id;
    };
    const passageOf = async (target: TagTarget): Promise<PassageId> =>
      target.kind === 'passage' ? target.passage : make(target.span, []);

    return {
      create: (span, categories = []) => told(() => make(span, categories)),
      tag: (target, add, remove = []) =>
        told(async () => {
          if (target.kind === 'marked') return make(target.span, add);
          await api.call('tags.change', { passages: [target.passage], add: [...add], remove: [...remove] });
          return target.passage;
        }),
      set: (target, dimension, values) =>
        told(async () => {
          const passage = await passageOf(target);
          await api.call('settings.set', { passage, dimension, values: [...values] });
          return passage;
        }),
      remove: (passage) =>
        told(async () => {
          await api.call('passages.remove', { ids: [passage] });
          return passage;
        }),
    };
  }, [api]);
}
