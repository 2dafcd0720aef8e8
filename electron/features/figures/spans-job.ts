import type { FigureContext } from '../../../shared/figures/read.ts';
import { readFigures } from '../../../shared/figures/read.ts';
import { pageAt } from '../../../shared/anchoring/anchor.ts';
import { lineEndsOf } from '../../../shared/text/blocks.ts';
import { openLayerFile } from '../../../shared/text/layer-file.ts';
import { openOriginals } from '../../project/files/originals.ts';
import { finderFor } from '../../project/places/own.ts';
import type { FigureInSpan, SpansRead, SpansToRead } from '../../workers/jobs.ts';

/** Longest text that is read, UTF-16 code units; longer texts are left out. */
const LONGEST = 32 * 2 ** 20;
/** At most this many code units are kept of the words before and after a number. */
const BEFORE = 24;
const AFTER = 12;
/** `AFTER` for scripts with spaces, which are read to the end of the clause: 12 code units of English are only two words. */
const AFTER_SPACED = 48;
/** Most figures of one text. */
const MOST = 20_000;

/**
 * Returns the figures in some spans of one text. The whole text is read, since the unit, place or period of a figure often stands outside
 * the span. Runs in a worker. Returns no figures for a text that is too long. Throws DAMAGED.
 */
export function spansJob({ folder, layer, engine, added, context, spans, cards }: SpansToRead): SpansRead {
  const file = openLayerFile(openOriginals(folder).readLayer(layer));
  const text = file.text();
  if (text.length > LONGEST) return { figures: [], cards: [], more: true };
  const places: FigureContext['places'] = finderFor(added)
    .find(text, context)
    .flatMap(({ start, end, place, sure }) => (place !== null && sure ? [{ start, end, place }] : []));
  const { figures, sentences } = readFigures(text, { lineEnds: lineEndsOf(engine, text), places });
  const within = merged(spans);
  let at = 0;
  const found = figures.filter(({ start, end }) => {
    while ((within[at]?.[1] ?? Infinity) < end) at += 1;
    return (within[at]?.[0] ?? Infinity) <= start;
  });
  const words = (start: number, end: number, from: number, to: number) => ({
    before: oneLine(wordsBefore(text, from, start)),
    after: oneLine(wordsAfter(text, end, to)),
  });
  return {
    figures: found.slice(0, MOST).map((one): FigureInSpan => {
      const { start, end, value, interval, unit, qualifier, kind, period, place, source } = one;
      const sentence = sentences[one.sentence];
      return {
        start,
        end,
        text: one.text,
        page: pageAt(file.pages, start),
        ...words(start, end, sentence?.start ?? 0, sentence?.end ?? text.length),
        value: value.toString(),
        low: interval.low?.toString() ?? null,
        high: interval.high?.toString() ?? null,
        unit,
        qualifier,
        kind,
        period,
        place,
        reason: interval.reason,
        by: source,
        isGuessed: source.period === 'outside-clause' || source.place === 'outside-clause',
      };
    }),
    cards: cards.map(([start, end]) => ({ start, end, ...words(start, end, 0, text.length) })),
    more: found.length > MOST,
  };
}

/** Words before a number, from `from` on. They stop at “…, and ”: another clause begins there, and the earlier one counts other things. */
function wordsBefore(text: string, from: number, end: number): string {
  const few = text.slice(Math.max(from, end - BEFORE), end);
  return /[,;]( (?:and|but|while|whereas|of whom|of which) )$/.exec(few)?.[1] ?? few;
}

/** Words after a number, up to `to`. Anything else that the clause counts is left out, since figures are searched and compared by these words. */
function wordsAfter(text: string, start: number, to: number): string {
  const few = text.slice(start, Math.min(to, start + AFTER));
  if (/\p{sc=Han}/u.test(few)) return few;
  const [clause = ''] = /^[^,;:.!?()،؛؟]*/u.exec(text.slice(start, Math.min(to, start + AFTER_SPACED))) ?? [];
  return clause.length < AFTER_SPACED ? clause : clause.replace(/\s\S*$/u, '');
}

const oneLine = (words: string): string => words.replace(/\s+/gu, ' ');

/** Sorts spans and joins those that overlap. */
function merged(spans: readonly (readonly [number, number])[]): [number, number][] {
  const all: [number, number][] = [];
  for (const [start, end] of spans.toSorted(([a], [b]) => a - b)) {
    const last = all.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else all.push([start, end]);
  }
  return all;
}
