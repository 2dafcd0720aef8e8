import type { EvidenceColumn } from '../../../shared/contract/evidence.ts';
import { EVIDENCE_COLUMNS } from '../../../shared/contract/evidence.ts';
import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { type Cell, csvHead, csvLine } from '../../formats/report/csv-cells.ts';
import type { XlsxColumn } from '../../formats/xlsx/write.ts';
import type { WriteContext } from '../../project/context.ts';
import { orderedBy } from '../../project/evidence/order.ts';
import type { Evidence } from '../../project/evidence/read-set.ts';
import { withPlaces } from '../../project/evidence/with-places.ts';
import { type TextPiece, writeText } from '../../project/export/partial-file.ts';
import { assertAbsent } from '../../project/export/project-file.ts';
import { rowsForWorkbook, writeWorkbook } from '../../project/export/workbook.ts';
import { faultsOf, rowsShown } from './rows.ts';
import { outgoing } from './masked-rows.ts';
import { IDS, writtenColumns } from './written-columns.ts';

/** Writes the table's rows as it shows them. With a group, a passage in several groups is several rows, each with its group. */
export async function write(
  context: WriteContext,
  input: CallArgs<'evidence.write'>,
): Promise<CallOutput<'evidence.write'>> {
  const { path, replace, format, query } = input;
  if (!replace) assertAbsent(path);
  if (format === 'csv') {
    const { faults, columns, read } = await withPlaces(context, { ...input, places: hasPlaces(input) }, (evidence) => {
      const table = tableOf(context, evidence, input);
      return { ...table, read: [...table.rows] };
    });
    if (faults.length > 0) return { faults, bytes: 0, rows: 0 };
    return { faults: [], rows: read.length, bytes: await writeText(context, path, lines(columns, read), read.length) };
  }
  const { faults, columns, rows, masks } = await withPlaces(
    context,
    { ...input, places: hasPlaces(input) },
    (evidence) => {
      const table = tableOf(context, evidence, input);
      return { ...table, rows: table.faults.length > 0 ? null : rowsForWorkbook(path, table.rows, table.most) };
    },
  );
  if (rows === null) return { faults, bytes: 0, rows: 0 };
  const about = [
    ...(query.trim() === '' ? [] : [['Query', query] as const]),
    ...masks.map(({ kind, reason, count }) => [kind, `${count}: ${reason}`] as const),
  ];
  return { faults: [], ...(await writeWorkbook(context, path, { columns, about, rows })) };
}

/** What is written is one state of the project, even if somebody edits it meanwhile: all rows are read before the first is written. */
function tableOf(context: WriteContext, evidence: Evidence, input: CallArgs<'evidence.write'>) {
  const { columns, group } = input;
  const { selection, rows: order, groups } = orderedBy(context.db, evidence, input, input);
  const all = columns.length > 0 ? columns : everyColumn(evidence);
  const written = [...new Set([...all.flatMap((column) => writtenColumns(evidence, column)), ...IDS])];
  const groupAt = (at: number): string => groups.findLast(({ from }) => from <= at)?.label ?? '';
  const shown = { whole: true, places: hasPlaces(input) };
  const kept = placesKept(evidence, order, input);
  const ids = new Set(kept.map((at) => evidence.set.idOf(order[at] ?? 0)));
  const out = outgoing(context, selection.faults.length > 0 ? new Set() : ids);
  function* rows(): Generator<Cell[]> {
    for (let from = 0; from < kept.length; from += AT_ONCE) {
      const some = kept.slice(from, from + AT_ONCE);
      const page = some.map((at) => order[at] ?? 0);
      for (const [index, whole] of rowsShown(context, evidence, page, shown).entries()) {
        const row = out.row(whole);
        const cells = written.map(({ name, of }) => out.cell(name, of(row)));
        yield group === null ? cells : [out.text(groupAt(some[index] ?? 0)), ...cells];
      }
    }
  }
  return {
    faults: faultsOf(selection),
    // The codebook’s dimensions are columns.
    columns: (group === null ? written : [GROUP, ...written]).map((one) => ({ ...one, name: out.text(one.name) })),
    masks: out.masks,
    most: kept.length,
    rows: rows(),
  };
}
const AT_ONCE = 2000;

/** The places in the order of the rows that are written: those selected, if any are. */
function placesKept(
  { set }: Evidence,
  order: Uint32Array,
  { passages, except }: Pick<CallArgs<'evidence.write'>, 'passages' | 'except'>,
): number[] {
  const [only, left] = [passages === undefined ? null : new Set<string>(passages), new Set<string>(except)];
  return [...order.keys()].filter((at) => {
    const id = set.idOf(order[at] ?? 0);
    return (only?.has(id) ?? true) && !left.has(id);
  });
}

/** Without columns, all are written. */
const hasPlaces = ({ columns }: Pick<CallArgs<'evidence.write'>, 'columns'>): boolean =>
  columns.length === 0 || columns.includes('places');

const GROUP = { name: 'group', means: 'The group of the table that the row stands in.', kind: 'text' } as const;

const everyColumn = ({ codebook }: Evidence): EvidenceColumn[] => [
  ...EVIDENCE_COLUMNS,
  ...codebook.dimensions.map(({ code }): EvidenceColumn => `dimension:${code}`),
];

function* lines(columns: readonly XlsxColumn[], rows: readonly Cell[][]): Generator<TextPiece> {
  const names = columns.map(({ name }) => name);
  yield { text: csvHead(names), passages: 0 };
  for (const [at, cells] of rows.entries()) yield { text: csvLine(names, cells), passages: at + 1 };
}
