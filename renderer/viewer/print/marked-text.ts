import { fillSegments, strokeLanes } from '../passages/fills.ts';
import { LANE_HEIGHT, lookOf, strokeOf } from '../passages/strokes.ts';
import { FillLayer } from '../page/fill-layer.ts';
import { FrameSheet, secretName, type Frame } from '../page/frame-style.ts';
import type { Paints } from '../page/paints.ts';
import type { DrawnPassage, TextRange } from '../types.ts';

/**
 * Marks passages in text that is laid out anew on paper, where nothing can be drawn over it beforehand: fills and underlines by
 * the CSS Custom Highlight API (which prints also where backgrounds are left out), and their codes in the text, behind them. The
 * document is thrown away afterwards, so it may be written into.
 *
 * An underline of a highlight knows four patterns and there are twelve families: width, dashes and colour are as near as it
 * gets, and the code says the rest.
 */
export function markForPrint(
  frame: Frame,
  passages: readonly DrawnPassage[],
  rangeOf: (range: TextRange) => Range | null,
  paints: Paints,
): void {
  const texts = passages.filter(({ kind, start, end }) => kind === 'text' && end > start);
  const byId = new Map(texts.map((passage) => [passage.id, passage]));
  const fills = fillSegments(texts, null).flatMap((segment) => {
    const range = rangeOf(segment);
    return range === null ? [] : [{ look: lookOf(byId.get(segment.id)), isCurrent: false, ranges: [range] }];
  });
  const byLook = [...Map.groupBy(fills, ({ look }) => `${look.family} ${look.colour}`).values()].flatMap((alike) => {
    const [first] = alike;
    return first === undefined ? [] : [{ ...first, ranges: alike.flatMap(({ ranges }) => ranges) }];
  });
  new FillLayer(frame, paints).show(byLook, { others: [], current: [], look: 'found' });
  underline(frame, texts, rangeOf, paints);
  writeCodes(frame, texts, rangeOf);
}

function underline(
  { document, window }: Frame,
  texts: readonly DrawnPassage[],
  rangeOf: (range: TextRange) => Range | null,
  paints: Paints,
): void {
  const lanes = strokeLanes(texts);
  const rules: string[] = [];
  for (const alike of Map.groupBy(texts, (text) => JSON.stringify([lookOf(text), lanes.get(text.id)])).values()) {
    const [first] = alike;
    if (first === undefined) continue;
    const look = lookOf(first);
    const lines = strokeOf(look.family);
    const [line] = lines;
    const style = lines.length > 1 ? 'double' : (line?.dash.length ?? 0) === 0 ? 'solid' : dashOf(line?.dash ?? []);
    const name = secretName('line');
    window.CSS.highlights.set(name, new window.Highlight(...alike.flatMap((text) => rangeOf(text) ?? [])));
    rules.push(`::highlight(${name}) { text-decoration: underline ${style} ${line?.width ?? 1}px ${paints.stroke(look)} !important;
      text-underline-offset: ${2 + (lanes.get(first.id) ?? 0) * LANE_HEIGHT}px !important; text-decoration-skip-ink: none !important; }`);
  }
  new FrameSheet({ document, window }).set(rules.join('\n'));
}

const dashOf = (dash: readonly number[]): string => ((dash[0] ?? 0) <= 2 ? 'dotted' : 'dashed');

/** The style of a code in the text. Its letters are no part of the source: smaller, in brackets no source has. */
const CODE =
  'all: initial !important; display: inline !important; direction: ltr !important; unicode-bidi: isolate !important; ' +
  "font: 500 6.5pt/1 'Noto Sans Mono Variable', monospace !important; color: #333 !important; white-space: nowrap !important; " +
  'vertical-align: super !important; margin: 0 0.25em !important;';

function writeCodes(
  { document }: Frame,
  texts: readonly DrawnPassage[],
  rangeOf: (range: TextRange) => Range | null,
): void {
  // From the last to the first, all places known before anything is written.
  const places = [...texts]
    .sort((a, b) => b.end - a.end || a.start - b.start)
    .flatMap((passage) => {
      const range = passage.codes.length === 0 ? null : rangeOf(passage);
      return range === null ? [] : [{ range: range.cloneRange(), codes: passage.codes }];
    });
  for (const { range, codes } of places) {
    const code = document.createElement('span');
    code.style.cssText = CODE;
    code.textContent = `⟦${codes.join(' ')}⟧`;
    range.collapse(false);
    range.insertNode(code);
  }
}
