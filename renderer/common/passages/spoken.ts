import { useCallback } from 'react';
import type { Category, CategoryId, Passage, PassageId } from '../../../shared/model/index.ts';
import { useApi, useAsk } from '../../api/index.ts';
import { formatAll } from '../format.ts';
import { announce } from '../notices/notices.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { byPlace } from './source-passages.ts';

type Translate = ReturnType<typeof useTranslation>['t'];

/** The longest quotation that is read out whole, in UTF-16 code units. */
const LONGEST = 160;

const categoryNames = (ids: readonly CategoryId[], categories: readonly Category[]): string =>
  formatAll([...new Set(ids)].flatMap((id) => categories.find((one) => one.id === id)?.name ?? []));

/** A passage as screen readers say it: its words, its tags, and its position among `count`. */
export function spoken(
  t: Translate,
  { anchor, tags }: Passage,
  categories: readonly Category[],
  at: number,
  count: number,
): string {
  const names = categoryNames(
    tags.map(({ category }) => category),
    categories,
  );
  const rest = { tags: names === '' ? t('said.untagged') : names, at, count };
  if (anchor.kind === 'area') return t('said.area', { ...rest, page: anchor.page });
  const { exact } = anchor;
  const quote = exact.length > LONGEST ? `${exact.slice(0, LONGEST).toWellFormed()}…` : exact;
  return t('said.passage', { ...rest, quote });
}

type Said = 'reached' | 'created' | 'tagged' | 'removedTag' | 'adjusted' | 'trashed';

/** Announces the passage that became the current one, or what happened to it, with its words, its tags and its position in its source. */
export function useSayPassage(): (what: Said, of: Passage | PassageId, changed?: readonly CategoryId[]) => void {
  const { t } = useTranslation();
  const api = useApi();
  const ask = useAsk();
  return useCallback(
    (what, of, changed = []) => {
      const say = async (): Promise<void> => {
        const passage = typeof of === 'string' ? await api.read('passages.get', { id: of }) : of;
        const [{ categories }, { passages }] = await Promise.all([
          ask('codebook.get', {}),
          ask('passages.list', { source: passage.source }),
        ]);
        const others = passages.filter(({ id }) => id !== passage.id);
        const at = others.filter((one) => byPlace(one, passage) < 0).length + 1;
        const text = spoken(t, passage, categories, at, others.length + 1);
        announce(t(`said.${what}`, { passage: text, names: categoryNames(changed, categories) }));
      };
      // If reading it fails, nothing is announced; the action itself is done and reports its own errors.
      say().catch(() => undefined);
    },
    [t, api, ask],
  );
}

/** Announces the values that a passage now has in a dimension. */
export function useSayDimension(): (dimension: string, values: readonly string[]) => void {
  const { t } = useTranslation();
  const ask = useAsk();
  return useCallback(
    (dimension, values) => {
      const say = async (): Promise<void> => {
        const { dimensions } = await ask('codebook.get', {});
        const found = dimensions.find(({ id }) => id === dimension);
        if (found === undefined) return;
        const labels = found.values.filter(({ id }) => values.includes(id)).map(({ label }) => label);
        announce(
          labels.length === 0
            ? t('said.unset', { dimension: found.name })
            : t('said.set', { dimension: found.name, values: formatAll(labels) }),
        );
      };
      say().catch(() => undefined);
    },
    [t, ask],
  );
}
