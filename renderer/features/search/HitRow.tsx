import { useTranslation } from '../../common/strings/use-translation.ts';
import type { SearchHit } from '../../../shared/contract/search.ts';
import { categoryId, type SourceId } from '../../../shared/model/index.ts';
import { useApart } from '../../common/sources/source-names.ts';
import { FamilySign, restOf } from '../../ui/FamilySign.tsx';
import { Icon } from '../../ui/Icon.tsx';
import type { Names } from './HitList.tsx';

/** Codes of a passage that are named; the others are counted. */
const CODES = 2;

/** The source of the hits below it. */
export function HitHead({ source, names }: { source: SourceId | null; names: Names }) {
  const { t } = useTranslation();
  const known = source === null ? undefined : names.sources.get(source);
  const all = useApart();
  const apart = source === null ? undefined : all.get(source);
  return (
    <div role="presentation" className="search-head">
      {source === null ? (
        <span className="cut">{t('search.noSource')}</span>
      ) : (
        <bdi className="cut" lang={known?.language ?? undefined} title={known?.title ?? known?.fileName}>
          {known?.title ?? known?.fileName ?? ''}
        </bdi>
      )}
      {apart === undefined ? null : <bdi className="dim cut apart">{apart}</bdi>}
    </div>
  );
}

/** What stands there, the words found marked in it; then what kind of text it is, its page and its codes. */
export function HitLines({ hit, names }: { hit: SearchHit; names: Names }) {
  const { t } = useTranslation();
  const { kind, snippet, page, source, categories } = hit;
  const known = source === null ? undefined : names.sources.get(source);
  const language = known?.language ?? undefined;
  // A saved page and a plain text have one page, which says nothing.
  const hasPages = page !== null && known?.pages !== 1;
  const isSource = kind !== 'memo';
  return (
    <>
      <bdi
        className={isSource ? 'source-words search-words column-words' : 'search-words column-words'}
        lang={isSource ? language : undefined}
        dir="auto"
      >
        {snippet.before}
        <mark>{snippet.match}</mark>
        {snippet.after}
      </bdi>
      <span className="search-facts hint">
        {kind === 'text' ? null : (
          <span className="search-kind">
            <Icon name={kind === 'memo' ? 'edit' : 'tag'} size="small" />
            {kind === 'memo' ? <MemoTarget hit={hit} names={names} /> : t('search.passage')}
          </span>
        )}
        {hasPages ? <span>{t('search.page', { page })}</span> : null}
        {categories.slice(0, CODES).map((id) => {
          const category = names.categories.get(id);
          return category === undefined ? null : (
            <span key={id} className="search-code" title={category.name}>
              <FamilySign code={category.code} colour={category.colour} />
              <span className="code">{restOf(category.code)}</span>
            </span>
          );
        })}
        {categories.length > CODES ? <span>{t('search.more', { count: categories.length - CODES })}</span> : null}
      </span>
    </>
  );
}

function MemoTarget({ hit: { target }, names }: { hit: SearchHit; names: Names }) {
  const { t } = useTranslation();
  const category = target?.kind === 'category' ? names.categories.get(categoryId.parse(target.id)) : undefined;
  if (category !== undefined) return <span className="cut">{t('search.memoOn', { name: category.name })}</span>;
  return <span>{t(`search.memo.${target?.kind ?? 'project'}`)}</span>;
}
