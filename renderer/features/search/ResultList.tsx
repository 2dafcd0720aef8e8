import { useMemo, type KeyboardEvent, type RefObject } from 'react';
import type { SearchHit } from '../../../shared/contract/search.ts';
import { type Category, type CategoryId, type Source, type SourceId, categoryId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { announce } from '../../common/notices/notices.ts';
import { SourceName } from '../../common/sources/SourceName.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Where } from '../../common/workbench/workbench.ts';
import { FamilySign, restOf } from '../../ui/FamilySign.tsx';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { handleListKey } from '../../ui/keys.ts';
import { tokenPixels } from '../../ui/token.ts';
import { ListRow } from '../../ui/VirtualList.tsx';
import { useVirtualRows } from '../../ui/virtual-rows.ts';
import {
  openResult,
  rowsOf,
  type Count,
  type ResultRow,
  keyOfResult,
  setCurrent,
  useSearch,
  type SearchResults,
} from './search-state.ts';

/** Sources and categories by id, to name them in results. */
interface Names {
  readonly sources: ReadonlyMap<SourceId, Source>;
  readonly categories: ReadonlyMap<CategoryId, Category>;
}

/** The results grouped by source, as one tab stop. Enter opens the current one. Only visible rows are rendered. */
export function ResultList({ results, list }: { results: SearchResults; list: RefObject<HTMLDivElement | null> }) {
  const { hits, counts, more, showWhole } = results;
  const { t } = useTranslation();
  const names = useNames();
  const current = useSearch((state) => state.current);
  const rows = useMemo(() => rowsOf(hits, counts), [hits, counts]);
  /** The rows that can be current: all but headings. */
  const options = useMemo(() => rows.flatMap((one) => (one.kind === 'head' ? [] : one)), [rows]);
  const at = useMemo(() => options.findIndex(({ key }) => key === current), [options, current]);
  const row = useMemo(() => rows.findIndex(({ key }) => key === current), [rows, current]);
  const { items, style, idOf, activeId, placeOf } = useVirtualRows({
    scroller: () => list.current,
    count: rows.length,
    current: row,
    // For the first result, the heading above it is scrolled to.
    scrollTo: row === 1 ? 0 : row,
    keyOf: (index) => rows[index]?.key ?? index,
    height: (index) => tokenPixels(rows[index]?.kind === 'head' ? '--row-2' : '--s-7') * 1.2,
    overscan: 8,
    onEnd: more,
  });
  const showRest = (source: SourceId): void => {
    const listed = hits.filter((hit) => hit.source === source).length;
    void showWhole(source).then((all) => {
      const added = all[listed];
      if (added !== undefined) setCurrent(keyOfResult(added));
    });
  };
  const keyDown = (event: KeyboardEvent): void =>
    handleListKey(event, {
      current: at,
      count: options.length,
      onMove: (next) => {
        const to = options[next];
        if (to === undefined) return;
        setCurrent(to.key);
        // The headings are not options of the list, so a screen reader would pass over them.
        const [before, source] = [options[at], to].map((one) => one && sourceOfRow(one));
        if (source !== undefined && source !== before) announce(headingText(t, source, counts.get(source), names));
      },
      onKey: () => {
        const one = options[at];
        if (event.key !== 'Enter' || one === undefined) return false;
        if (one.kind === 'hit') openResult(one.hit, whereOf(event));
        else showRest(one.source);
        return true;
      },
    });
  return (
    <div
      ref={list}
      className="search-results scroll"
      role="listbox"
      aria-label={t('search.hits')}
      aria-activedescendant={activeId}
      tabIndex={0}
      onKeyDown={keyDown}
      onFocus={() => {
        const first = options[0];
        if (at < 0 && first !== undefined) setCurrent(first.key);
      }}
    >
      <div role="presentation" className="virtual-rows" style={style}>
        {items.map((item) => {
          const { index, key } = item;
          const one = rows[index];
          return one === undefined ? null : (
            <div key={key} role="presentation" className="virtual-place" {...placeOf(item)}>
              <Row row={one} id={idOf(index)} isCurrent={index === row} names={names} onRest={showRest} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface RowProps {
  readonly row: ResultRow;
  readonly id: string;
  readonly isCurrent: boolean;
  readonly names: Names;
  /** Lists the source's other results. */
  readonly onRest: (source: SourceId) => void;
}

const sourceOfRow = (row: Exclude<ResultRow, { kind: 'head' }>): SourceId | null =>
  row.kind === 'hit' ? row.hit.source : row.source;

function Row({ row, id, isCurrent, names, onRest }: RowProps) {
  const { t } = useTranslation();
  if (row.kind === 'head') return <SourceHeading source={row.source} count={row.count} names={names} />;
  if (row.kind === 'more')
    return (
      <ListRow id={id} isCurrent={isCurrent} className="search-result search-rest" onClick={() => onRest(row.source)}>
        {t(row.count.complete ? 'search.rest' : 'search.restOrMore', { count: row.count.total })}
      </ListRow>
    );
  const { hit } = row;
  return (
    <ListRow
      id={id}
      isCurrent={isCurrent}
      className="search-result"
      onClick={(event) => openResult(hit, whereOf(event))}
    >
      <ResultLines hit={hit} names={names} />
    </ListRow>
  );
}

/** Ctrl, ⌘ or Alt opens a result in the reader's other half, as in the list of sources. */
const whereOf = (event: { ctrlKey: boolean; metaKey: boolean; altKey: boolean }): Where =>
  event.ctrlKey || event.metaKey || event.altKey ? 'beside' : 'here';

function useNames(): Names {
  const sources = useCall('sources.list', { deleted: true }).data?.sources;
  const categories = useCall('codebook.get', {}).data?.categories;
  return useMemo(
    () => ({
      sources: new Map((sources ?? []).map((one) => [one.id, one])),
      categories: new Map((categories ?? []).map((one) => [one.id, one])),
    }),
    [sources, categories],
  );
}

/** How many codes of a passage are shown. The rest are counted. */
const MAX_CODES = 2;

type Translate = ReturnType<typeof useTranslation>['t'];

const countText = (t: Translate, { total, complete }: Count): string =>
  t(complete ? 'search.inSource' : 'search.inSourceOrMore', { count: total });

function headingText(t: Translate, source: SourceId | null, count: Count | undefined, names: Names): string {
  const known = source === null ? undefined : names.sources.get(source);
  const name = source === null ? t('search.noSource') : (known?.title ?? known?.fileName ?? '');
  return count === undefined ? name : `${name}, ${countText(t, count)}`;
}

/** The heading of a source's results. */
function SourceHeading({ source, count, names }: { source: SourceId | null; count: Count; names: Names }) {
  const { t } = useTranslation();
  return (
    <div role="presentation" className="search-head">
      {source === null ? (
        <span className="cut">{t('search.noSource')}</span>
      ) : (
        <SourceName source={names.sources.get(source)} />
      )}
      <span className="grow" />
      <span className="search-count hint" title={countText(t, count)}>
        {t(count.complete ? 'search.number' : 'search.numberOrMore', { count: count.total })}
      </span>
    </div>
  );
}

/** The text with the match marked, and below it the kind of text, the page and the codes. */
function ResultLines({ hit, names }: { hit: SearchHit; names: Names }) {
  const { t } = useTranslation();
  const { kind, snippet, page, source, categories } = hit;
  const known = source === null ? undefined : names.sources.get(source);
  const language = known?.language ?? undefined;
  // Saved pages and plain texts have only one page.
  const hasPages = page !== null && known?.pages !== 1;
  const isSource = kind === 'text' || kind === 'passage';
  return (
    <>
      <bdi
        className={isSource ? 'source-words search-words column-words' : 'search-words column-words'}
        lang={isSource ? language : (hit.language ?? undefined)}
        dir="auto"
      >
        {snippet.before}
        <mark>{snippet.match}</mark>
        {snippet.after}
      </bdi>
      <span className="search-facts hint">
        {kind === 'text' ? null : (
          <span className="search-kind">
            <Icon name={ICONS[kind]} size="small" />
            {kind === 'memo' ? <MemoTarget hit={hit} names={names} /> : kindText(t, hit)}
          </span>
        )}
        {hasPages ? <span>{t('search.page', { page })}</span> : null}
        {categories.slice(0, MAX_CODES).map((id) => {
          const category = names.categories.get(id);
          return category === undefined ? null : (
            <span key={id} className="search-code" title={category.name}>
              <FamilySign code={category.code} colour={category.colour} />
              <span className="code">{restOf(category.code)}</span>
            </span>
          );
        })}
        {categories.length > MAX_CODES ? (
          <span>{t('search.more', { count: categories.length - MAX_CODES })}</span>
        ) : null}
      </span>
    </>
  );
}

const ICONS = {
  passage: 'tag',
  translation: 'columns',
  memo: 'edit',
  comment: 'comment',
  category: 'book',
} as const satisfies Readonly<Record<Exclude<SearchHit['kind'], 'text'>, IconName>>;

function kindText(t: Translate, { kind, language, part }: SearchHit): string {
  if (kind === 'category') return t(`search.part.${part ?? 'name'}`);
  if (kind === 'comment') return t('search.comment');
  return kind === 'translation' ? t('search.translation', { language: language ?? '' }) : t('search.passage');
}

function MemoTarget({ hit: { target }, names }: { hit: SearchHit; names: Names }) {
  const { t } = useTranslation();
  const category = target?.kind === 'category' ? names.categories.get(categoryId.parse(target.id)) : undefined;
  if (category !== undefined) return <span className="cut">{t('search.memoOn', { name: category.name })}</span>;
  return <span>{t(`search.memo.${target?.kind ?? 'project'}`)}</span>;
}
