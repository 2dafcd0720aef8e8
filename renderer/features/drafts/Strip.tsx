import { useEffect, useRef } from 'react';
import type { DraftDesk } from '../../../shared/contract/drafts.ts';
import { SENTENCE_STATES } from '../../../shared/model/index.ts';
import { formatNumber } from '../../common/format.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { handleListKey } from '../../ui/keys.ts';

/** Up to this many sentences have a cell each. In a longer draft a cell is a group of sentences under one heading. */
const MOST_CELLS = 120;

interface Cell {
  /** The number of the cell’s first sentence, and its count of sentences. */
  readonly number: number;
  readonly count: number;
  readonly state: DraftDesk['sentences'][number]['state'];
  readonly isFirst: boolean;
  readonly heading: string | null;
}

/** States from worst to best. A group’s cell shows its worst state. */
const WORST = ['fails', 'returned', 'open', 'once', 'accepted', 'nothing'] as const;

/** The cells of the strip, with a gap where a heading begins. */
export function cellsOf({ sentences, headings }: Pick<DraftDesk, 'sentences' | 'headings'>): Cell[] {
  const size = sentences.length > MOST_CELLS ? Math.ceil(sentences.length / MOST_CELLS) : 1;
  const groups = [...Map.groupBy(sentences, ({ heading }) => heading)];
  return groups.flatMap(([heading, group], nth) =>
    Array.from({ length: Math.ceil(group.length / size) }, (_, at): Cell => {
      const some = group.slice(at * size, (at + 1) * size);
      const state = WORST.find((one) => some.some((sentence) => sentence.state === one)) ?? 'open';
      return {
        number: some[0]?.number ?? 1,
        count: some.length,
        state,
        isFirst: at === 0 && nth > 0,
        heading: heading === null ? null : (headings[heading]?.text ?? null),
      };
    }),
  );
}

/** The whole draft as a strip with a cell for each sentence, also used to scroll. It is one tab stop; arrows, Home and End move. */
export function Strip({
  desk,
  current,
  onCurrent,
}: {
  desk: DraftDesk;
  current: number;
  onCurrent: (number: number) => void;
}) {
  const { t } = useTranslation();
  const strip = useRef<HTMLDivElement>(null);
  const cells = cellsOf(desk);
  const at = cells.findLastIndex(({ number }) => number <= current);
  const had = useRef(false);
  useEffect(() => {
    if (had.current) strip.current?.querySelectorAll<HTMLElement>('button')[at]?.focus();
  }, [at]);
  return (
    <div className="drafting-strip-box">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        ref={strip}
        className="drafting-strip"
        role="group"
        aria-label={t('desk.strip')}
        onFocus={() => (had.current = true)}
        onBlur={() => (had.current = false)}
        onKeyDown={(event) =>
          handleListKey(event, {
            current: at,
            count: cells.length,
            ignoresModifiers: true,
            onMove: (next) => onCurrent(cells[next]?.number ?? current),
            onKey: () => {
              const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
              if (by === 0) return false;
              onCurrent(cells[at + by]?.number ?? current);
              return true;
            },
          })
        }
      >
        {cells.map((cell, index) => {
          const name = t('desk.cell', { number: cell.number, state: t(`desk.states.${cell.state}`) });
          return (
            <button
              key={cell.number}
              type="button"
              data-state={cell.state}
              data-gap={cell.isFirst || undefined}
              title={cell.heading === null ? name : `${name} · ${cell.heading}`}
              aria-label={name}
              aria-current={index === at ? 'true' : undefined}
              tabIndex={index === at ? 0 : -1}
              onClick={() => onCurrent(cell.number)}
            >
              <i />
            </button>
          );
        })}
      </div>
      <div className="drafting-legend">
        {SENTENCE_STATES.map((state) => (
          <span key={state}>
            <span className="drafting-strip" aria-hidden>
              <span data-state={state}>
                <i />
              </span>
            </span>
            {t(`desk.legend.${state}`)} <b className="strong">{formatNumber(desk.counts[state])}</b>
          </span>
        ))}
        <span className="grow" />
        <span className="dim wide">{t('desk.published', { date: desk.draft.published })}</span>
      </div>
    </div>
  );
}
