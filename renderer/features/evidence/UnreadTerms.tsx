import { useCall } from '../../api/index.ts';
import { useCarriedQuery } from '../../common/query/carried.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { goTo } from '../../common/workbench/workbench.ts';
import { Button } from '../../ui/Button.tsx';
import { useAsked, useEvidence, type Marked } from './state.ts';
import type { Category } from '../../../shared/model/index.ts';
import { quoted } from '../../../shared/query/print.ts';

/** Looks for the terms of a category of the coverage in sources that are not read yet: what it rests on may only be what was read. */
export function UnreadTerms({ marked: { marks } }: { marked: Marked }) {
  const [mark, ...others] = marks;
  const isCoverage = useEvidence(({ shape }) => shape === 'coverage');
  return !isCoverage || mark?.by !== 'below' || others.length > 0 ? null : (
    <SearchUnread category={mark.value} name={null} />
  );
}

/** `name`: the category, where it does not stand beside the button. */
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

/** As long as a search may be, in UTF-16 code units. */
const LONGEST = 10_000;

/** Finds any of the terms of a category and of those below it, or their names where none has a term. Terms that make it too long are left out. */
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
