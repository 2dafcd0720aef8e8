import { SourceName } from '../../common/sources/SourceName.tsx';
import { keysOf } from '../../common/commands/command-keys.ts';
import { isPressed, type KeyPress } from '../../common/commands/keys.ts';
import { useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import type { TaggedPassage } from '../../../shared/contract/codebook.ts';
import { pageSpan, type PassageId, type Source, type SourceId } from '../../../shared/model/index.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import { useCall } from '../../api/index.ts';
import { formatNumber, isolated } from '../../common/format.ts';
import { PersonInitials } from '../../common/people/PersonName.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { isComposing } from '../../ui/keys.ts';
import { tokenPixels } from '../../ui/token.ts';
import { useVirtualRows } from '../../ui/virtual-rows.ts';

interface PassageListProps {
  readonly label: string;
  readonly taggedPassages: readonly TaggedPassage[];
  readonly current: PassageId | null;
  readonly onCurrent: (passage: PassageId) => void;
  /** Called on a click or Enter; `beside` is true with Ctrl. */
  readonly onOpen?: (taggedPassage: TaggedPassage, beside: boolean) => void;
  /** Called for keys that the list does not use, with the current passage. Returns whether the key was handled. */
  readonly onKey?: (event: KeyboardEvent, taggedPassage: TaggedPassage) => boolean;
  readonly renderEnd?: (taggedPassage: TaggedPassage) => ReactNode;
  readonly listRef?: RefObject<HTMLDivElement | null>;
}

const NO_SOURCES: readonly Source[] = [];

/**
 * The element that scrolls; the list itself is as tall as all its rows. Looked up in the DOM, because a ref to an
 * ancestor is set only after the list first measures itself.
 */
const scrollerOf = (list: HTMLElement | null): HTMLElement | null => list?.closest<HTMLElement>('.scroll') ?? null;

/** The list’s offset in the scrolling element, in pixels, which changes with the content above the list. */
function useOffset(list: RefObject<HTMLElement | null>): number {
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => {
    const element = list.current;
    const outer = scrollerOf(element);
    if (element === null || outer === null) return undefined;
    const measure = (): void =>
      setOffset(element.getBoundingClientRect().top - outer.getBoundingClientRect().top + outer.scrollTop);
    measure();
    const observer = new ResizeObserver(measure);
    for (const child of outer.children) observer.observe(child);
    return () => observer.disconnect();
  }, [list]);
  return offset;
}

/**
 * Passages grouped by source. Only visible rows are drawn. One tab stop; arrows, J and K move, Enter opens, Ctrl+Enter
 * opens beside.
 */
export function PassageList(props: PassageListProps) {
  const { label, taggedPassages, current, onCurrent } = props;
  const own = useRef<HTMLDivElement>(null);
  const list = props.listRef ?? own;
  const rows = useMemo(() => grouped(taggedPassages), [taggedPassages]);
  const offset = useOffset(list);
  const at = rows.findIndex((row) => row.kind === 'passage' && row.taggedPassage.id === current);
  const { items, style, idOf, activeId, placeOf } = useVirtualRows({
    scroller: () => scrollerOf(list.current),
    count: rows.length,
    current: at,
    keyOf: (index) => keyOf(rows[index]),
    height: (index) => tokenPixels(rows[index]?.kind === 'source' ? '--row' : '--row-2'),
    overscan: 6,
    scrollMargin: offset,
    scrollPaddingStart: tokenPixels('--row'),
  });
  const known = new Map(
    (useCall('sources.list', { deleted: true }).data?.sources ?? NO_SOURCES).map((one) => [one.id, one]),
  );
  const people = new Map((useCall('project.info', {}).data?.people ?? []).map((one) => [one.id, one.name]));
  const go = (taggedPassage: TaggedPassage | null): void =>
    taggedPassage === null ? undefined : onCurrent(taggedPassage.id);
  const handleKey = useKeys(props, list, go);
  return (
    <div
      ref={list}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length}
      aria-activedescendant={activeId}
      tabIndex={0}
      className="taggedPassages"
      style={style}
      onKeyDown={handleKey}
      onFocus={(event) =>
        event.target === list.current && current === null ? go(taggedPassages[0] ?? null) : undefined
      }
    >
      {items.map((item) => {
        const { index } = item;
        const row = rows[index];
        return row === undefined ? null : (
          <div
            key={keyOf(row)}
            {...placeOf(item)}
            role="row"
            id={idOf(index)}
            aria-rowindex={index + 1}
            className="taggedPassage"
            data-kind={row.kind}
            data-current={index === at || undefined}
          >
            {row.kind === 'source' ? (
              <SourceLine source={known.get(row.source)} count={row.count} />
            ) : (
              <PassageLine
                {...props}
                taggedPassage={row.taggedPassage}
                source={known.get(row.taggedPassage.source)}
                people={people}
              />
            )}
          </div>
        );
      })}
    </div>
  );
}

function useKeys(
  { taggedPassages, current, onOpen, onKey }: PassageListProps,
  list: RefObject<HTMLElement | null>,
  go: (taggedPassage: TaggedPassage | null) => void,
): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.target !== list.current || isComposing(event.nativeEvent)) return;
    const on = taggedPassages.find((one) => one.id === current);
    const by = stepOf(event.nativeEvent);
    if (by !== undefined) go(nextPassageOf(taggedPassages, current, by));
    else if (event.key === 'Home') go(taggedPassages[0] ?? null);
    else if (event.key === 'End') go(taggedPassages.at(-1) ?? null);
    else if (event.key === 'Enter' && on !== undefined) onOpen?.(on, event.ctrlKey || event.metaKey);
    else if (on === undefined || onKey?.(event, on) !== true) return;
    event.preventDefault();
    event.stopPropagation();
  };
}

/** How many passages a press goes on or back. In a dialog, no command handles the keys of the list. */
export function stepOf(press: KeyPress): number | undefined {
  const isOne = (id: 'listKeyJ' | 'listKeyK'): boolean => keysOf(id).some((binding) => isPressed(binding, press));
  if (isOne('listKeyJ')) return 1;
  if (isOne('listKeyK')) return -1;
  const isPlain = !press.ctrlKey && !press.metaKey && !press.altKey && !press.shiftKey;
  return isPlain ? STEPS[press.code] : undefined;
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 10,
  PageUp: -10,
};
const keyOf = (row: PassageListRow | undefined): string =>
  row === undefined ? '' : row.kind === 'source' ? `source ${row.source}` : row.taggedPassage.id;

function SourceLine({ source, count }: { source: Source | undefined; count: number }) {
  return (
    <span role="gridcell" className="line taggedPassage-source">
      <SourceName source={source} className="cut grow" />
      <span className="number">{formatNumber(count)}</span>
    </span>
  );
}

interface PassageLineProps extends PassageListProps {
  readonly taggedPassage: TaggedPassage;
  readonly source: Source | undefined;
  readonly people: ReadonlyMap<string, string>;
}

function PassageLine({ taggedPassage, source, people, onCurrent, onOpen, renderEnd }: PassageLineProps) {
  const { t } = useTranslation();
  const names = taggedPassage.people.map((id) => people.get(id) ?? '?');
  return (
    <>
      {/* The grid has the focus and handles keys; a row only handles the pointer. */}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus */}
      <div
        role="gridcell"
        className="taggedPassage-words"
        onClick={(event) => {
          onCurrent(taggedPassage.id);
          onOpen?.(taggedPassage, event.ctrlKey || event.metaKey);
        }}
      >
        <bdi className="source-words column-words" lang={source?.language ?? undefined} dir="auto">
          {taggedPassage.words === null ? t('codebook.area') : quotedWords(taggedPassage.words, source?.kind ?? 'text')}
        </bdi>
        <span className="hint line">
          {source?.kind === 'pdf' ? (
            <span>{t('codebook.page', { ...pageSpan(taggedPassage.page, taggedPassage.lastPage) })}</span>
          ) : null}
          <span className="line" title={names.join(', ')}>
            {taggedPassage.people.map((id, k) => (
              <PersonInitials key={id} id={id} name={names[k] ?? '?'} size="small" />
            ))}
            <span className="unseen">{names.map(isolated).join(', ')}</span>
          </span>
        </span>
      </div>
      {renderEnd === undefined ? null : (
        <div role="gridcell" className="taggedPassage-end">
          {renderEnd(taggedPassage)}
        </div>
      )}
    </>
  );
}

/** A row of the list: a source with its number of passages, or a passage. */
type PassageListRow =
  | { readonly kind: 'source'; readonly source: SourceId; readonly count: number }
  | { readonly kind: 'passage'; readonly taggedPassage: TaggedPassage };

/** Passages under headings of their sources, in the given order. */
function grouped(taggedPassages: readonly TaggedPassage[]): PassageListRow[] {
  const counts = new Map<SourceId, number>();
  for (const { source } of taggedPassages) counts.set(source, (counts.get(source) ?? 0) + 1);
  const rows: PassageListRow[] = [];
  let last: SourceId | null = null;
  for (const taggedPassage of taggedPassages) {
    const { source } = taggedPassage;
    if (source !== last) rows.push({ kind: 'source', source, count: counts.get(source) ?? 0 });
    last = source;
    rows.push({ kind: 'passage', taggedPassage });
  }
  return rows;
}

/** The passage `by` rows after the current one; the first if there is no current one. */
export function nextPassageOf(
  taggedPassages: readonly TaggedPassage[],
  current: string | null,
  by: number,
): TaggedPassage | null {
  const at = taggedPassages.findIndex(({ id }) => id === current);
  if (at < 0) return taggedPassages[0] ?? null;
  return taggedPassages[at + by] ?? null;
}
