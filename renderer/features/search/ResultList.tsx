import { useEffect, useId, useMemo, type KeyboardEvent, type RefObject } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { SearchHit } from '../../../shared/contract/search.ts';
import { type Category, type CategoryId, type Source, type SourceId, categoryId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { isComposing } from '../../common/commands/keys.ts';
import { useApart } from '../../common/sources/sources.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Where } from '../../common/workbench/workbench.ts';
import { FamilySign, restOf } from '../../ui/FamilySign.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { rowAfterKey } from '../../ui/selection.ts';
import { tokenPixels } from '../../ui/token.ts';
import {
  openResult,
  rowsOf,
  type ResultRow,
  keyOfResult,
  setCurrent,
  useSearch,
  type SearchResults,
} from './search-state.ts';

/** How many rows before the end the next page of results is requested. */
const PREFETCH_ROWS = 20;
const PAGE_STEP = 8;

/** Sources and categories by id, to name them in results. */
interface Names {
  readonly sources: ReadonlyMap<SourceId, Source>;
  readonly categories: ReadonlyMap<CategoryId, Category>;
}

/** Results grouped by source. Only visible rows are drawn. One tab stop; Enter opens. */
export function ResultList({ results, list }: { results: SearchResults; list: RefObject<HTMLDivElement | null> }) {
  const { t } = useTranslation();
  const id = useId();
  const { hits, more } = results;
  const names = useNames();
  const current = useSearch((state) => state.current);
  const rows = useMemo(() => rowsOf(hits), [hits]);
  const at = useMemo(() => hits.findIndex((hit) => keyOfResult(hit) === current), [hits, current]);
  const row = useMemo(() => rows.findIndex(({ key }) => key === current), [rows, current]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => list.current,
    estimateSize: (index) => tokenPixels(rows[index]?.kind === 'head' ? '--row-2' : '--s-7') * 1.2,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 8,
  });
  useEffect(() => {
    if (row >= 0) virtual.scrollToIndex(row === 1 ? 0 : row, { align: 'auto' });
  }, [row, virtual]);
  const lastShown = virtual.getVirtualItems().at(-1)?.index ?? 0;
  useEffect(() => {
    if (lastShown + PREFETCH_ROWS >= rows.length) more();
    // `more` is a new function in each render, and requests each page only once.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [lastShown, rows.length]);

  const keyDown = (event: KeyboardEvent): void => {
    if (isComposing(event.nativeEvent)) return;
    const hit = hits[at];
    if (event.key === 'Enter' && hit !== undefined) openResult(hit, whereOf(event));
    else {
      const next = hits[rowAfterKey(event.key, at, hits.length, PAGE_STEP) ?? -1];
      if (next === undefined) return;
      setCurrent(keyOfResult(next));
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={list}
      className="search-hits scroll"
      role="listbox"
      aria-label={t('search.hits')}
      aria-activedescendant={row >= 0 ? `${id}-${String(row)}` : undefined}
      tabIndex={0}
      onKeyDown={keyDown}
      onFocus={() => {
        const first = hits[0];
        if (at < 0 && first !== undefined) setCurrent(keyOfResult(first));
      }}
    >
      <div role="presentation" className="search-rows" style={{ blockSize: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, key }) => {
          const one = rows[index];
          return one === undefined ? null : (
            <div
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              role="presentation"
              className="search-row"
              style={{ transform: `translateY(${String(start)}px)` }}
            >
              <Row row={one} id={`${id}-${String(index)}`} isCurrent={index === row} names={names} />
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
}

function Row({ row, id, isCurrent, names }: RowProps) {
  if (row.kind === 'head') return <SourceHeading source={row.source} names={names} />;
  const { hit } = row;
  return (
    // The list has the focus and handles keys; a row only handles the pointer.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={id}
      role="option"
      aria-selected={isCurrent}
      tabIndex={-1}
      className="search-hit"
      data-current={isCurrent || undefined}
      onClick={(event) => openResult(hit, whereOf(event))}
    >
      <ResultLines hit={hit} names={names} />
    </div>
  );
}

/** With Ctrl, ⌘ or Alt in the other side of the reader, as in the list of sources. */
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

/** Codes of a passage that are shown; more are counted. */
const MAX_CODES = 2;

/** The heading of a source's results. */
function SourceHeading({ source, names }: { source: SourceId | null; names: Names }) {
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

/** The text with the match marked; then the kind of text, the page and the codes. */
function ResultLines({ hit, names }: { hit: SearchHit; names: Names }) {
  const { t } = useTranslation();
  const { kind, snippet, page, source, categories } = hit;
  const known = source === null ? undefined : names.sources.get(source);
  const language = known?.language ?? undefined;
  // Saved pages and plain texts have only one page.
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

function MemoTarget({ hit: { target }, names }: { hit: SearchHit; names: Names }) {
  const { t } = useTranslation();
  const category = target?.kind === 'category' ? names.categories.get(categoryId.parse(target.id)) : undefined;
  if (category !== undefined) return <span className="cut">{t('search.memoOn', { name: category.name })}</span>;
  return <span>{t(`search.memo.${target?.kind ?? 'project'}`)}</span>;
}
