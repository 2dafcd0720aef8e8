import {
  useCallback,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type KeyboardEvent,
} from 'react';
import { formatNumber } from '../../../common/format.ts';
import { useTranslation } from '../../../common/strings/use-translation.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { Note } from '../../../ui/Note.tsx';
import { handleListKey, rowsInPage } from '../../../ui/keys.ts';
import { tokenPixels } from '../../../ui/token.ts';
import { useVirtualRows, type RowPlace, type VirtualRows } from '../../../ui/virtual-rows.ts';
import type { Outline, OutlineEntry, OutlinePlace } from '../../../viewer/pdf/outline.ts';
import type { PdfView } from '../../../viewer/pdf/view.ts';

/** The PDF's own outline. */
export function OutlineTab({ pdf }: { pdf: PdfView }) {
  const { t } = useTranslation();
  const outline = useOutline(pdf);
  if (outline === null) return null;
  if (outline === 'unreadable') return <p className="side-empty">{t('sidePane.outlineUnreadable')}</p>;
  if (outline.entries.length === 0) return <p className="side-empty">{t('sidePane.noOutline')}</p>;
  return (
    <>
      <OutlineTree pdf={pdf} entries={outline.entries} />
      {outline.cut ? <Note>{t('sidePane.outlineCut')}</Note> : null}
    </>
  );
}

/** The PDF’s outline; null while it is being read. */
function useOutline(pdf: PdfView): Outline | 'unreadable' | null {
  const [read, setRead] = useState<{ readonly pdf: PdfView; readonly outline: Outline | 'unreadable' } | null>(null);
  useEffect(() => {
    let cancelled = false;
    const store = (outline: Outline | 'unreadable'): void => {
      if (!cancelled) setRead({ pdf, outline });
    };
    pdf.outline().then(store, () => store('unreadable'));
    return () => {
      cancelled = true;
    };
  }, [pdf]);
  return read?.pdf === pdf ? read.outline : null;
}

/** The entries as a tree. One tab stop; arrows open, fold and move, Enter or a click goes to the page. */
function OutlineTree({ pdf, entries }: { pdf: PdfView; entries: readonly OutlineEntry[] }) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(() => openInitially(entries));
  const rows = useMemo(() => rowsOf(entries, open), [entries, open]);
  const read = useEntryHere(pdf, entries);
  const here = rowOfEntry(rows, read);
  const [chosen, setChosen] = useState<number | null>(null);
  const current = rowChosen(rows, chosen) ?? Math.max(0, here);
  const { virtual, items, style, idOf, activeId, placeOf } = useVirtualRows({
    scroller: () => list.current,
    count: rows.length,
    current,
    keyOf: (index) => rows[index]?.entry.id ?? index,
    height: () => tokenPixels('--row'),
    overscan: 12,
  });
  useFollowed(virtual, here, read);
  const unfold = ({ entry }: OutlineRow, isOpen: boolean): void => {
    setOpen(toggled(open, entry.id, isOpen));
    setChosen(entry.id);
  };
  const act = (row: OutlineRow): void => {
    setChosen(row.entry.id);
    if (row.entry.place !== null) pdf.goToPlace(row.entry.place);
    else if (row.entry.children.length > 0) unfold(row, !open.has(row.entry.id));
  };
  const keyDown = (event: KeyboardEvent): void =>
    handleListKey(event, {
      current,
      count: rows.length,
      page: rowsInPage(list.current, tokenPixels('--row')),
      onMove: (next) => setChosen(rows[next]?.entry.id ?? null),
      onKey: () => {
        const { key } = event;
        const row = rows[current];
        if (row === undefined) return false;
        const isOpen = open.has(row.entry.id);
        const hasChildren = row.entry.children.length > 0;
        if (key === 'Enter' || key === ' ') act(row);
        else if (key === 'ArrowRight' && isOpen) setChosen((rows[current + 1] ?? row).entry.id);
        else if (key === 'ArrowRight' && hasChildren) unfold(row, true);
        else if (key === 'ArrowLeft' && hasChildren && isOpen) unfold(row, false);
        else if (key === 'ArrowLeft') setChosen(row.parent ?? row.entry.id);
        else return false;
        return true;
      },
    });
  return (
    <div
      ref={list}
      className="outline scroll"
      role="tree"
      aria-label={t('sidePane.outline')}
      aria-activedescendant={activeId}
      tabIndex={0}
      onKeyDown={keyDown}
      onBlur={() => setChosen(null)}
    >
      <div role="presentation" className="virtual-rows" style={style}>
        {items.map((item) => {
          const row = rows[item.index];
          return row === undefined ? null : (
            <OutlineLine
              key={row.entry.id}
              id={idOf(item.index)}
              row={row}
              place={placeOf(item)}
              isOpen={open.has(row.entry.id)}
              isHere={item.index === here}
              isCurrent={item.index === current}
              onAct={() => act(row)}
              onUnfold={() => unfold(row, !open.has(row.entry.id))}
            />
          );
        })}
      </div>
    </div>
  );
}

/** Scrolls to the entry of the visible page when that changes, but not when an entry is folded. */
function useFollowed({ scrollToIndex }: VirtualRows['virtual'], here: number, read: number | null): void {
  const follow = useEffectEvent(() => scrollToIndex(Math.max(0, here)));
  useEffect(() => follow(), [read]);
}

function rowChosen(rows: readonly OutlineRow[], chosen: number | null): number | null {
  const at = rows.findIndex(({ entry }) => entry.id === chosen);
  return at < 0 ? null : at;
}

function toggled(open: ReadonlySet<number>, id: number, isOpen: boolean): ReadonlySet<number> {
  const next = new Set(open);
  if (isOpen) next.add(id);
  else next.delete(id);
  return next;
}

/** The entry of the visible page, updated on scroll. */
function useEntryHere(pdf: PdfView, entries: readonly OutlineEntry[]): number | null {
  const all = useMemo(() => flat(entries), [entries]);
  const now = useCallback(() => entryAt(all, (place) => pdf.partOf(place), pdf.reading()), [all, pdf]);
  return useSyncExternalStore(pdf.watch, now);
}

interface LineProps {
  readonly id: string;
  readonly row: OutlineRow;
  readonly place: RowPlace;
  readonly isOpen: boolean;
  readonly isHere: boolean;
  readonly isCurrent: boolean;
  readonly onAct: () => void;
  readonly onUnfold: () => void;
}

function OutlineLine({ id, row, place, isOpen, isHere, isCurrent, onAct, onUnfold }: LineProps) {
  const { t } = useTranslation();
  const { entry, level, at, of } = row;
  const hasChildren = entry.children.length > 0;
  const style = { ...place.style, '--level': level - 1 };
  return (
    // The tree has the focus and handles keys; a row only handles the pointer.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      {...place}
      role="treeitem"
      id={id}
      aria-level={level}
      aria-posinset={at}
      aria-setsize={of}
      aria-expanded={hasChildren ? isOpen : undefined}
      aria-selected={isHere}
      aria-current={isHere ? 'location' : undefined}
      className="outline-line"
      data-current={isCurrent || undefined}
      data-placeless={entry.place === null || undefined}
      style={style}
      onClick={onAct}
    >
      {hasChildren ? (
        // The arrow keys do the same.
        <span
          className="outline-fold"
          aria-hidden
          onClick={(event) => {
            event.stopPropagation();
            onUnfold();
          }}
        >
          <Icon name={isOpen ? 'collapse' : 'expand'} size="small" />
        </span>
      ) : (
        <span className="outline-fold" aria-hidden />
      )}
      <bdi className="outline-title" title={entry.title}>
        {entry.title === '' ? t('sidePane.untitled') : entry.title}
      </bdi>
      {entry.place === null ? null : (
        <span className="outline-page dim" aria-hidden>
          {formatNumber(entry.place.page)}
        </span>
      )}
    </div>
  );
}

/** A visible row of the outline; children of folded entries have none. */
interface OutlineRow {
  readonly entry: OutlineEntry;
  /** Counts from 1. */
  readonly level: number;
  /** The parent's id, or null. */
  readonly parent: number | null;
  /** Its position among its siblings, from 1, and how many there are. */
  readonly at: number;
  readonly of: number;
}

/** The visible rows while the entries in `open` are unfolded. */
export function rowsOf(entries: readonly OutlineEntry[], open: ReadonlySet<number>): OutlineRow[] {
  const rows: OutlineRow[] = [];
  const add = (siblings: readonly OutlineEntry[], level: number, parent: number | null): void => {
    for (const [index, entry] of siblings.entries()) {
      rows.push({ entry, level, parent, at: index + 1, of: siblings.length });
      if (open.has(entry.id)) add(entry.children, level + 1, entry.id);
    }
  };
  add(entries, 1, null);
  return rows;
}

/** All entries, parents before children. */
export const flat = (entries: readonly OutlineEntry[]): OutlineEntry[] =>
  entries.flatMap((entry) => [entry, ...flat(entry.children)]);

/**
 * An outline of at most this many entries starts unfolded. A longer one shows the top level only, or two levels if the
 * top has one or two entries.
 */
const SHORT = 60;
export function openInitially(entries: readonly OutlineEntry[]): ReadonlySet<number> {
  const all = flat(entries);
  const open = all.length <= SHORT ? all : entries.length <= 2 ? entries : [];
  return new Set(open.filter(({ children }) => children.length > 0).map(({ id }) => id));
}

/**
 * The entry that covers a position: the last one that starts at or before it. If two start together, the later one,
 * which is deeper.
 */
export function entryAt(
  all: readonly OutlineEntry[],
  partOf: (place: OutlinePlace) => number,
  here: { readonly page: number; readonly part: number },
): number | null {
  let best: { readonly id: number; readonly page: number; readonly part: number } | null = null;
  for (const { id, place } of all) {
    if (place === null || place.page > here.page || (best !== null && place.page < best.page)) continue;
    const part = partOf(place);
    if (place.page === here.page && part > here.part) continue;
    if (best === null || place.page > best.page || part >= best.part) best = { id, page: place.page, part };
  }
  return best?.id ?? null;
}

/** The row that shows an entry: its own, or that of its nearest visible parent. */
export function rowOfEntry(rows: readonly OutlineRow[], id: number | null): number {
  // Ids count in document order, so an entry between two rows is inside the first.
  return id === null ? -1 : rows.findLastIndex(({ entry }) => entry.id <= id);
}
