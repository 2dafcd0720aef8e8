import {
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type KeyboardEvent,
} from 'react';
import { formatNumber } from '../../../common/format.ts';
import { useTranslation } from '../../../common/strings/use-translation.ts';
import { FamilySign } from '../../../ui/FamilySign.tsx';
import { handleListKey, rowsInPage } from '../../../ui/keys.ts';
import { tokenPixels } from '../../../ui/token.ts';
import { useVirtualRows, type RowPlace } from '../../../ui/virtual-rows.ts';
import { THUMBNAIL_WIDTH } from '../../../viewer/pdf/thumbnails.ts';
import type { PdfView } from '../../../viewer/pdf/view.ts';
import type { DrawnPassage } from '../../../viewer/types.ts';

interface Props {
  readonly pdf: PdfView;
  readonly count: number;
  /** The current page, from 1. */
  readonly page: number;
  readonly passages: readonly DrawnPassage[];
}

const NO_MARKS: MarksOfPage = { passages: 0, families: [] };
/** How many category styles are drawn beside a thumbnail; more are counted. */
const MOST_SIGNS = 6;

/** Thumbnails of the pages, with their passages. One tab stop; arrows move, Enter or a click goes to the page. */
export function PagesTab({ pdf, count, page, passages }: Props) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  const { thumbnails } = pdf;
  useSyncExternalStore(thumbnails.subscribe, thumbnails.version);
  const marks = useMemo(() => marksByPage(passages, (one) => pdf.pagesOf(one)), [passages, pdf]);
  const [chosen, setChosen] = useChosen(page);
  const gap = tokenPixels('--s-3');
  const { virtual, items, style, idOf, activeId, placeOf } = useVirtualRows({
    scroller: () => list.current,
    count,
    current: chosen - 1,
    height: (index) => thumbnails.height(index + 1) + gap,
    paddingStart: gap,
    overscan: 3,
  });
  const { turn } = thumbnails;
  useLayoutEffect(() => virtual.measure(), [virtual, turn]);
  const follow = useEffectEvent(() => virtual.scrollToIndex(chosen - 1));
  useEffect(() => follow(), [turn]);
  useWanted(
    pdf,
    items.map(({ index }) => index + 1),
  );

  const keyDown = (event: KeyboardEvent): void =>
    handleListKey(event, {
      current: chosen - 1,
      count,
      page: rowsInPage(list.current, items[0]?.size ?? 1),
      onMove: (next) => setChosen(next + 1),
      onKey: () => {
        const { key } = event;
        if (key !== 'Enter' && key !== ' ') return false;
        pdf.goToPage(chosen);
        return true;
      },
    });
  return (
    <div
      ref={list}
      className="small-pages scroll"
      role="listbox"
      aria-label={t('sidePane.pages')}
      aria-activedescendant={activeId}
      tabIndex={0}
      onKeyDown={keyDown}
    >
      <div role="presentation" className="virtual-rows" style={style}>
        {items.map((item) => (
          <SmallPage
            // A new key when the pages are rotated, so that the row is measured again: if its height stays the same,
            // there is no resize event.
            key={`${String(turn)}-${String(item.index)}`}
            id={idOf(item.index)}
            pdf={pdf}
            number={item.index + 1}
            count={count}
            marks={marks.get(item.index + 1) ?? NO_MARKS}
            isFront={item.index + 1 === page}
            isCurrent={item.index + 1 === chosen}
            place={placeOf(item)}
            onGo={() => {
              setChosen(item.index + 1);
              pdf.goToPage(item.index + 1);
            }}
          />
        ))}
      </div>
    </div>
  );
}

/** The focused page: the visible one until arrow keys choose another. */
function useChosen(page: number): readonly [number, (page: number) => void] {
  const [{ at, of }, set] = useState({ at: page, of: page });
  return [of === page ? at : page, (next) => set({ at: next, of: page })];
}

/** Requests the visible thumbnails, those in the middle first. */
function useWanted({ thumbnails }: PdfView, pages: readonly number[]): void {
  const first = pages[0] ?? 1;
  const last = pages.at(-1) ?? 0;
  useEffect(() => {
    const middle = (first + last) / 2;
    const wanted = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
    thumbnails.show(wanted.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle)));
  }, [thumbnails, first, last]);
  useEffect(() => () => thumbnails.show([]), [thumbnails]);
}

interface SmallPageProps {
  readonly id: string;
  readonly pdf: PdfView;
  readonly number: number;
  readonly count: number;
  readonly marks: MarksOfPage;
  readonly isFront: boolean;
  readonly isCurrent: boolean;
  readonly place: RowPlace;
  readonly onGo: () => void;
}

function SmallPage(props: SmallPageProps) {
  const { id, pdf, number, count, marks, isFront, isCurrent, place, onGo } = props;
  const { t } = useTranslation();
  const paper = useRef<HTMLSpanElement>(null);
  const canvas = pdf.thumbnails.get(number);
  useLayoutEffect(() => paper.current?.replaceChildren(...(canvas === null ? [] : [canvas])), [canvas]);
  return (
    // The list has the focus and handles keys; a page only handles the pointer.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      role="option"
      id={id}
      aria-selected={isFront}
      aria-current={isFront ? 'page' : undefined}
      aria-posinset={number}
      aria-setsize={count}
      className="small-page"
      data-current={isCurrent || undefined}
      {...place}
      onClick={onGo}
    >
      <span className="unseen">{labelOf(t, number, marks)}</span>
      <span className="small-page-frame" aria-hidden>
        <span
          ref={paper}
          className="small-page-paper paper"
          style={{ inlineSize: THUMBNAIL_WIDTH, blockSize: pdf.thumbnails.height(number) }}
        />
      </span>
      <span className="small-page-side" aria-hidden>
        <span className="small-page-number">{formatNumber(number)}</span>
        {marks.passages === 0 ? null : (
          <span className="small-page-count">{t('sidePane.passages', { count: marks.passages })}</span>
        )}
        {marks.families.length === 0 ? null : <CategorySigns families={marks.families} />}
      </span>
    </div>
  );
}

function CategorySigns({ families }: { readonly families: MarksOfPage['families'] }) {
  const { t } = useTranslation();
  return (
    <span className="small-page-signs">
      {families.slice(0, MOST_SIGNS).map(({ family, code, colour, count }) => (
        <span key={family} className="line">
          <FamilySign code={code} colour={colour} />
          <span className="dim">{formatNumber(count)}</span>
        </span>
      ))}
      {families.length > MOST_SIGNS ? (
        <span className="small-page-more dim">{t('sidePane.families', { count: families.length - MOST_SIGNS })}</span>
      ) : null}
    </span>
  );
}

function labelOf(t: ReturnType<typeof useTranslation>['t'], page: number, marks: MarksOfPage): string {
  const name = t('reader.pageName', { page });
  if (marks.passages === 0) return name;
  const passages = t('sidePane.passages', { count: marks.passages });
  const families = marks.families.map(({ family, count }) => `${family} ${formatNumber(count)}`);
  return [name, passages, ...families].join(', ');
}

/** A category family with passages on a page. */
interface FamilyMark {
  /** As in the codes of its categories: `TRF`. */
  readonly family: string;
  readonly code: string;
  readonly colour: string;
  readonly count: number;
}
interface MarksOfPage {
  readonly passages: number;
  /** Most passages first. Passages without a tag are counted only above. */
  readonly families: readonly FamilyMark[];
}

/** The passages of each page by family. A passage counts on every page it touches. */
export function marksByPage(
  passages: readonly DrawnPassage[],
  pagesOf: (passage: DrawnPassage) => { readonly first: number; readonly last: number },
): ReadonlyMap<number, MarksOfPage> {
  const pages = new Map<number, { passages: number; families: Map<string, FamilyMark> }>();
  for (const passage of passages) {
    const { first, last } = pagesOf(passage);
    for (let page = first; page <= last; page++) {
      const known = pages.get(page) ?? { passages: 0, families: new Map<string, FamilyMark>() };
      pages.set(page, known);
      known.passages += 1;
      const [code] = passage.codes;
      if (code === undefined) continue;
      const family = code.split('.')[0] ?? code;
      const count = (known.families.get(family)?.count ?? 0) + 1;
      known.families.set(family, { family, code, colour: passage.colour ?? '', count });
    }
  }
  return new Map(
    [...pages].map(([page, { passages: count, families }]) => [
      page,
      { passages: count, families: [...families.values()].sort((a, b) => b.count - a.count) },
    ]),
  );
}
