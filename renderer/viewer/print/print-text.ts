import { FROZEN_PRINT_SANDBOX } from '../../../shared/model/frozen-csp.ts';
import { type Paints, readPaints } from '../page/paints.ts';
import { type Frame, FrameSheet, secretName } from '../page/frame-style.ts';
import { indexAt, linesOf } from '../text/block-box.ts';
import type { DrawnPassage, TextRange } from '../types.ts';
import { type Footer, PrintFrame, addAppStyles, fontsReady, createElement, paperRules } from './print-frame.ts';
import { fillSegments, strokeLanes } from '../passages/fills.ts';
import { LANE_HEIGHT, lookOf, strokeOf } from '../passages/shapes.ts';
import { FillLayer } from '../page/fill-layer.ts';

/** Prepares a plain text for printing: every line, each in its own direction. */
export async function prepareText(
  text: string,
  passages: readonly DrawnPassage[],
  footer: Footer,
): Promise<PrintFrame> {
  const printed = await PrintFrame.open(FROZEN_PRINT_SANDBOX);
  await writeText(printed.frame, text, passages, footer);
  return printed;
}

async function writeText(frame: Frame, text: string, passages: readonly DrawnPassage[], footer: Footer): Promise<void> {
  await addAppStyles(frame, footer.title, paperRules(footer));
  const lines = linesOf(text, { start: 0, end: text.length });
  const nodes = lines.map(({ start, end }) => frame.document.createTextNode(text.slice(start, end)));
  const paragraphs = nodes.map((node) => createElement(frame, 'p', { dir: 'auto' }, node));
  frame.document.body.append(createElement(frame, 'main', { class: 'printed-text' }, ...paragraphs));
  const rangeOf = ({ start, end }: TextRange): Range | null => {
    const [first, last] = [indexAt(lines, start), indexAt(lines, end, true)];
    const [from, to] = [nodes[first], nodes[last]];
    if (from === undefined || to === undefined) return null;
    const range = frame.document.createRange();
    range.setStart(from, start - (lines[first]?.start ?? 0));
    range.setEnd(to, end - (lines[last]?.start ?? 0));
    return range;
  };
  markForPrint(frame, passages, rangeOf, readPaints(document.body));
  await fontsReady(frame);
}

/**
 * Marks passages in text that is laid out again on paper, so that nothing can be drawn over it beforehand: with fills
 * and underlines of the CSS Custom Highlight API (which are printed even without background graphics), and with codes
 * inserted after them. The document is discarded after printing, so it may be changed.
 *
 * Underlines of the Highlight API have five patterns, and there are twelve families: dashes are only similar to those
 * on the screen, and the code identifies the family.
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

/** The style of a code in the text: smaller than the source’s text, and in brackets that sources do not use. */
const CODE =
  'all: initial !important; display: inline !important; direction: ltr !important; unicode-bidi: isolate !important; ' +
  "font: 500 6.5pt/1 'Noto Sans Mono Variable', monospace !important; color: #333 !important; white-space: nowrap !important; " +
  'vertical-align: super !important; margin: 0 0.25em !important;';

function writeCodes(
  { document }: Frame,
  texts: readonly DrawnPassage[],
  rangeOf: (range: TextRange) => Range | null,
): void {
  // All ranges are determined before anything is inserted, and codes are inserted from the last to the first.
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
