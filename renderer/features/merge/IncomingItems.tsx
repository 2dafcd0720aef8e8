import { useState, type ReactNode, useEffect, useMemo } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { fieldName } from '../../../shared/changes/fields.ts';
import type { IncomingItem, MergePreview, IncomingFilter } from '../../../shared/contract/merge.ts';
import { PersonName } from '../../common/people/PersonName.tsx';
import { formatMoment } from '../../../shared/text/moment.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FamilySign, restOf } from '../../ui/FamilySign.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { showItems, useMerging } from './merge-state.ts';
import { useRecordWords } from '../../common/strings/record-words.ts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useApi, type ApiError } from '../../api/index.ts';

const keyOf = ({ entity, record }: IncomingItem): string => `${entity} ${record}`;

/** The list of incoming items: all of them, or those behind one of the counts. Arrows, Home and End move through it. */
export function IncomingItems({ preview }: { preview: MergePreview }) {
  const { t } = useTranslation();
  const shown = useMerging((state) => state.shown);
  const look = useMerging((state) => state.look);
  const { items, error, complete, more } = useIncomingItems(shown?.filter ?? {}, look);
  const [current, setCurrent] = useState<string | null>(null);
  const count = t(complete ? 'merge.items.count' : 'merge.items.sofar', { count: items.length });
  return (
    <div className="merge-items">
      <header className="line merge-items-head" data-wrap>
        <span className="strong">
          <bdi>{shown?.title ?? t('merge.items.all')}</bdi>
        </span>
        <span className="hint grow" role="status">
          {count}
        </span>
        {shown === null ? (
          <Kinds preview={preview} />
        ) : (
          <Button size="small" onPress={() => showItems(null)}>
            {t('merge.items.showAll')}
          </Button>
        )}
      </header>
      {error === null ? null : <InlineError message={error.message} />}
      {complete && items.length === 0 ? (
        <EmptyState title={t('merge.items.none')} text={t('merge.items.noneText')} />
      ) : (
        <VirtualList
          label={shown?.title ?? t('merge.items.all')}
          rows={items}
          keyOf={keyOf}
          current={current}
          onCurrent={setCurrent}
          onEnd={more}
          rowHeight="--review-row"
        >
          {(item) => <Item item={item} />}
        </VirtualList>
      )}
    </div>
  );
}

/** Buttons that filter the items by kind. */
function Kinds({ preview: { byKind } }: { preview: MergePreview }) {
  const words = useRecordWords();
  if (byKind.length < 2) return null;
  return byKind.map(({ entity }) => (
    <Button
      key={entity}
      kind="quiet"
      size="small"
      onPress={() => showItems({ filter: { kind: entity }, title: words.many(entity) })}
    >
      {words.many(entity)}
    </Button>
  ));
}

function Item({ item }: { item: IncomingItem }) {
  const { t } = useTranslation();
  const words = useRecordWords();
  const { entity, how, quote, sourceTitle, person, at, label } = item;
  return (
    <span className="merge-item" data-how={how}>
      <span className="line merge-item-what" data-wrap>
        <span className="merge-item-how">{t(`merge.how.${how}`, { what: words.single(entity) })}</span>
        <Says item={item} />
      </span>
      {item.fields.map(({ field, before, after }) => (
        <span key={field} className="merge-item-field">
          <span className="dim">{fieldName(entity, field)}</span>
          <del>
            <bdi dir="auto">{before}</bdi>
          </del>
          <span aria-hidden className="dim">
            →
          </span>
          <ins>
            <bdi dir="auto">{after}</bdi>
          </ins>
        </span>
      ))}
      <span className="hint merge-item-where">
        {quote === '' ? null : (
          <bdi className="cut" dir="ltr">
            {t('merge.items.on', { quote })}
          </bdi>
        )}
        {sourceTitle === '' ? null : (
          <bdi className="cut" dir="auto">
            {sourceTitle}
          </bdi>
        )}
        <PersonName id={null} name={person} isInRow />
        <span>{formatMoment(at)}</span>
        {label === '' ? null : (
          <bdi className="cut" dir="auto">
            {label}
          </bdi>
        )}
      </span>
    </span>
  );
}

/** The words of an item; for a tag, its category. */
function Says({ item: { entity, tag, words } }: { item: IncomingItem }) {
  if (tag !== null)
    return (
      <span className="line">
        {tag.code === '' ? null : <FamilySign code={tag.code} colour={tag.colour} />}
        {restOf(tag.code) === '' ? null : <span className="code">{restOf(tag.code)}</span>}
        <bdi>{tag.name}</bdi>
      </span>
    );
  return (
    // A passage's words include its page.
    <bdi className="merge-item-words" dir={entity === 'passage' ? 'ltr' : 'auto'}>
      {words}
    </bdi>
  );
}

/** A button that shows the incoming items behind a count. */
export function ToItems({ title, filter, children }: { title: string; filter: IncomingFilter; children?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <button type="button" className="merge-to-items" onClick={() => showItems({ filter, title })}>
      <span className="unseen">{t('merge.items.show')} </span>
      {children ?? (
        <bdi className="cut" dir="auto">
          {title}
        </bdi>
      )}
    </button>
  );
}

const PAGE = 60;
const NONE: readonly IncomingItem[] = [];

interface LoadedItems {
  readonly items: readonly IncomingItem[];
  readonly error: ApiError | null;
  /** Whether all items are loaded. */
  readonly complete: boolean;
  readonly more: () => void;
}

/** The incoming items of a preview, page by page. `preview` is its number, so that items of an earlier one are not shown. */
function useIncomingItems(filter: IncomingFilter, preview: number): LoadedItems {
  const api = useApi();
  const found = useInfiniteQuery({
    queryKey: ['merge.items', filter, preview],
    initialPageParam: null as number | null,
    queryFn: ({ pageParam }) =>
      api.read('merge.items', { ...filter, limit: PAGE, ...(pageParam === null ? {} : { after: pageParam }) }),
    getNextPageParam: (last) => last.next,
    gcTime: 0,
  });
  const pages = found.data?.pages;
  const items = useMemo(() => pages?.flatMap((page) => page.items) ?? NONE, [pages]);
  const { fetchNextPage, isFetching, hasNextPage, isError } = found;
  // A page may be short or empty though more items follow, so the next one is loaded at once.
  const isShort = hasNextPage && !isFetching && !isError && (pages?.at(-1)?.items.length ?? PAGE) < PAGE;
  useEffect(() => {
    if (isShort) void fetchNextPage();
  }, [isShort, fetchNextPage]);
  return {
    items,
    error: found.error as ApiError | null,
    complete: found.isSuccess && !hasNextPage,
    more: () => {
      if (hasNextPage && !isFetching) void fetchNextPage();
    },
  };
}
