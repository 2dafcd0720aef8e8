import type { FigureContext } from '../../../shared/figures/read.ts';
import { readFigures } from '../../../shared/figures/read.ts';
import { pageAt } from '../../../shared/anchoring/anchor.ts';
import { lineEndsOf } from '../../../shared/text/blocks.ts';
import { openLayerFile } from '../../../shared/text/layer-file.ts';
import { openOriginals } from '../../project/files/originals.ts';
import { finderFor } from '../../project/places/own.ts';
import type { FigureInSpan, SpansRead, SpansToRead } from '../../workers/jobs.ts';

/** UTF-16 code units: longer texts are left out, as they are everywhere. */
const LONGEST = 32 * 2 ** 20;
/** Of the words before and after a number, so many code units are kept. */
const BEFORE = 24;
const AFTER = 12;
/** The same in scripts with spaces, to the end of the clause: 12 code units of English are two words. */
const AFTER_SPACED = 48;
/** Of one text. */
const MOST = 20_000;

/**
 * The figures in some stretches of one text, which is read as a whole: what is read around a figure often stands elsewhere. Runs in a
 * worker. DAMAGED; a text that is too long has none.
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

/** Words before a number, from `from` on. After “…, and ” another clause begins: what the one before it counts stays out. */
function wordsBefore(text: string, from: number, end: number): string {
  const few = text.slice(Math.max(from, end - BEFORE), end);
  return /[,;]( (?:and|but|while|whereas|of whom|of which) )$/.exec(few)?.[1] ?? few;
}

/** Words after a number, up to `to`: what else the clause counts stays out, since figures are found and compared by these words. */
function wordsAfter(text: string, start: number, to: number): string {
  const few = text.slice(start, Math.min(to, start + AFTER));
  if (/\p{sc=Han}/u.test(few)) return few;
  const [clause = ''] = /^[^,;:.!?()،؛؟]*/u.exec(text.slice(start, Math.min(to, start + AFTER_SPACED))) ?? [];
  return clause.length < AFTER_SPACED ? clause : clause.replace(/\s\S*$/u, '');
}

const oneLine = (words: string): string => words.replace(/\s+/gu, ' ');

/** In order, without overlap. */
function merged(spans: readonly (readonly [number, number])[]): [number, number][] {
  const all: [number, number][] = [];
  for (const [start, end] of spans.toSorted(([a], [b]) => a - b)) {
    const last = all.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else all.push([start, end]);
  }
  return all;
}
