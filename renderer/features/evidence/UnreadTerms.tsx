import { useCall } from '../../api/index.ts';
import { useCarriedQuery } from '../../common/query/carried.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { goTo } from '../../common/workbench/workbench.ts';
import { Button } from '../../ui/Button.tsx';
import { useAsked, useEvidence, type Marked } from './state.ts';
import type { Category } from '../../../shared/model/index.ts';
import { quoted } from '../../../shared/query/print.ts';

/** A button that searches unread sources for a category’s terms: a category may have few sources only because the others are unread. */
export function UnreadTerms({ marked: { marks } }: { marked: Marked }) {
  const [mark, ...others] = marks;
  const isCoverage = useEvidence(({ shape }) => shape === 'coverage');
  return !isCoverage || mark?.by !== 'below' || others.length > 0 ? null : (
    <SearchUnread category={mark.value} name={null} />
  );
}

/** `name`: the category’s name, given if it is not beside the button. */
export function SearchUnread({ category, name }: { category: string; name: string | null }) {
  const { t } = useTranslation();
  const asked = useAsked();
  const by = useEvidence((state) => state.coverage.by);
  const unread = useCall('evidence.coverage', { ...asked, by }).data?.read.unread ?? 0;
  const categories = useCall('codebook.get', {}).data?.categories ?? [];
  const query = termsQuery(categories, category);
  if (unread === 0 || query === '') return null;
  return (
    <Button
      size="small"
      icon="search"
      {...(name === null ? {} : { 'aria-label': t('evidence.unreadTermsOf', { name, count: unread }) })}
      onPress={() => {
        useCarriedQuery.setState({ search: { query, unread: true } });
        goTo('search');
      }}
    >
      {name === null ? t('evidence.unreadTerms', { count: unread }) : t('evidence.searchUnread')}
    </Button>
  );
}

/** The greatest length of a search, in UTF-16 code units. */
const LONGEST = 10_000;

/** Returns a query for any term of a category and its subcategories, or for their names if none has terms. Terms that would make it too long are left out. */
export function termsQuery(
  categories: readonly Pick<Category, 'id' | 'parent' | 'name' | 'archived' | 'termsZh' | 'termsEn'>[],
  category: string,
): string {
  const below = new Set<string>([category]);
  for (let size = 0; size < below.size;) {
    size = below.size;
    for (const { id, parent, archived } of categories)
      if (parent !== null && below.has(parent) && !archived) below.add(id);
  }
  const own = categories.filter(({ id }) => below.has(id));
  const terms = own.flatMap(({ termsZh, termsEn }) => [...termsZh, ...termsEn].map(({ term }) => term.trim()));
  const words = terms.some((term) => term !== '') ? terms : own.map(({ name }) => name.trim());
  let query = '';
  for (const word of new Set(words.filter((one) => one !== ''))) {
    const next = query === '' ? quoted(word) : `${query} OR ${quoted(word)}`;
    if (next.length > LONGEST) break;
    query = next;
  }
  return query;
}
