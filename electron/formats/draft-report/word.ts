import type { Piece } from '../../../shared/drafts/findings-in-words.ts';
import { type DraftReport, GONE, type ReportRow } from '../../../shared/drafts/report.ts';
import { counted } from '../../../shared/text/counted.ts';
import { formatMoment } from '../../../shared/text/moment.ts';
import { type Block, type Line, line, run, type Run, type Written } from '../dossier/blocks.ts';

/** The report in the blocks that a Word document is written of. */
export async function* wordReport(report: DraftReport): AsyncGenerator<Written> {
  for (const block of blocksOf(report)) yield { block, exhibits: 0 };
}

function* blocksOf(report: DraftReport): Generator<Block> {
  const made = formatMoment(Date.parse(report.madeAt), 'UTC');
  const head = report.head === null ? [] : [run(' · project head '), run(report.head, 'mono')];
  yield { kind: 'text', line: [run(`Sourcebook, report on a draft. ${made}`), ...head], look: 'note' };
  yield { kind: 'heading', level: 1, line: line(report.title) };
  yield { kind: 'text', line: report.about.map(runOf), look: 'note' };
  yield {
    kind: 'table',
    caption: 'Sentences',
    heads: report.totals.map(({ name }) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`),
    rows: [report.totals.map(({ count, says }): Line => [run(String(count), 'strong'), run(`\n${says}`, 'soft')])],
  };
  if (report.refused.length > 0) {
    yield { kind: 'heading', level: 2, line: line('Release is refused') };
    for (const message of report.refused) yield { kind: 'text', line: line(message), look: 'warning' };
  }
  for (const { title, rows } of report.parts) {
    yield { kind: 'heading', level: 2, line: line(`${title} (${rows.length})`) };
    if (rows.length === 0) yield { kind: 'text', line: line('None.'), look: 'note' };
    else
      yield {
        kind: 'table',
        caption: counted(rows.length, 'sentence'),
        heads: ['No.', 'Sentence', 'State'],
        shares: [1, 12, 4],
        rows: underHeadings(rows),
      };
  }
  if (report.gone.length > 0) {
    yield { kind: 'heading', level: 2, line: line(`${GONE.title} (${report.gone.length})`) };
    yield {
      kind: 'table',
      caption: counted(report.gone.length, 'earlier wording'),
      heads: ['Wording', 'State'],
      shares: [13, 4],
      rows: report.gone.map(({ text, said }): Line[] => [
        [run(text), ...said.flatMap((one) => asLine(one.line))],
        line(GONE.state),
      ]),
    };
  }
  for (const text of report.limits) yield { kind: 'text', line: line(text), look: 'note' };
}

/** Sentences under the headings of the draft: a heading is a row of one cell. */
function underHeadings(rows: readonly ReportRow[]): Line[][] {
  let last: string | null = null;
  return rows.flatMap(({ number, heading, pieces, why, state }): Line[][] => {
    const under = heading === null || heading === last ? [] : [[line(run(heading, 'strong'))]];
    last = heading;
    const words = [...pieces.map(runOf), ...why.flatMap(asLine)];
    return [...under, [[run(String(number), 'soft')], words, [run(state)]]];
  });
}

const asLine = (pieces: ReportRow['why'][number]): Run[] =>
  pieces.map(({ text, look }, at) => run(at === 0 ? `\n${text}` : text, look === 'wrong' ? 'strong' : 'soft'));
const LOOKS = { wrong: 'strong', soft: 'soft', hash: 'mono', quoted: undefined } as const;
const runOf = ({ text, look }: Piece): Run => run(text, look === undefined ? undefined : LOOKS[look]);
