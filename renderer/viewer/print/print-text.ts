import { FROZEN_PRINT_SANDBOX } from '../../../shared/model/frozen-csp.ts';
import { readPaints } from '../page/paints.ts';
import type { Frame } from '../page/frame-style.ts';
import { indexAt, linesOf } from '../text/blocks.ts';
import type { DrawnPassage, TextRange } from '../types.ts';
import { markForPrint } from './marked-text.ts';
import { dressDocument, fontsReady, made } from './own-document.ts';
import { paperRules, PrintFrame, type Foot } from './print-frame.ts';

/** Prepares a plain text for the printer: every line, each in its own direction. */
export async function prepareText(text: string, passages: readonly DrawnPassage[], foot: Foot): Promise<PrintFrame> {
  const printed = await PrintFrame.open(FROZEN_PRINT_SANDBOX);
  await writeText(printed.frame, text, passages, foot);
  return printed;
}

/** Does that to an empty document. */
export async function writeText(
  frame: Frame,
  text: string,
  passages: readonly DrawnPassage[],
  foot: Foot,
): Promise<void> {
  await dressDocument(frame, foot.title, paperRules(foot));
  const lines = linesOf(text, { start: 0, end: text.length });
  const nodes = lines.map(({ start, end }) => frame.document.createTextNode(text.slice(start, end)));
  const paragraphs = nodes.map((node) => made(frame, 'p', { dir: 'auto' }, node));
  frame.document.body.append(made(frame, 'main', { class: 'printed-text' }, ...paragraphs));
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
