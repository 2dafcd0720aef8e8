import type { EvidenceColumn, EvidenceRow } from '../../../shared/contract/evidence.ts';
import { EVIDENCE_COLUMNS } from '../../../shared/contract/evidence.ts';
import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { type Cell, csvHead, csvLine } from '../../formats/report/csv-cells.ts';
import type { WriteContext } from '../../project/context.ts';
import { orderedBy } from '../../project/evidence/order.ts';
import { type Evidence, withEvidence } from '../../project/evidence/read-set.ts';
import { type TextPiece, writeText } from '../../project/export/partial-file.ts';
import { assertAbsent } from '../../project/export/project-file.ts';
import { faultsOf, rowsShown } from './rows.ts';

/** Writes the table's rows as it shows them. With a group, a passage in several groups is several rows, each with its group. */
export async function write(
  context: WriteContext,
  input: CallArgs<'evidence.write'>,
): Promise<CallOutput<'evidence.write'>> {
  if (!input.replace) assertAbsent(input.path);
  const { faults, rows, lines } = await withEvidence(context, input, (evidence) => tableOf(context, evidence, input));
  if (faults.length > 0) return { faults, bytes: 0, rows: 0 };
  const bytes = await writeText(context, input.path, lines, rows);
  return { faults: [], bytes, rows };
}

/** What is written is one state of the project, even if somebody edits it meanwhile: all rows are read before the first is written. */
function tableOf(context: WriteContext, evidence: Evidence, input: CallArgs<'evidence.write'>) {
  const { columns, group } = input;
  const { selection, rows, groups } = orderedBy(context.db, evidence, input, input);
  if (selection.faults.length > 0) return { faults: faultsOf(selection), rows: 0, lines: [] };
  const shown = (from: number): EvidenceRow[] =>
    rowsShown(context, evidence, [...rows.subarray(from, from + AT_ONCE)], true);
  const read: EvidenceRow[] = [];
  for (let from = 0; from < rows.length; from += AT_ONCE) read.push(...shown(from));
  const groupAt = (at: number): string => groups.findLast(({ from }) => from <= at)?.label ?? '';
  const all = columns.length > 0 ? columns : everyColumn(evidence);
  return { faults: [], rows: read.length, lines: pieces(evidence, all, read, group === null ? null : groupAt) };
}
const AT_ONCE = 2000;

const everyColumn = ({ codebook }: Evidence): EvidenceColumn[] => [
  ...EVIDENCE_COLUMNS,
  ...codebook.dimensions.map(({ code }): EvidenceColumn => `dimension:${code}`),
];

function* pieces(
  evidence: Evidence,
  columns: readonly EvidenceColumn[],
  rows: readonly EvidenceRow[],
  groupAt: ((at: number) => string) | null,
): Generator<TextPiece> {
  const cells = columns.flatMap((column) => cellsOf(evidence, column));
  const names = [...(groupAt === null ? [] : ['group']), ...cells.map(([name]) => name), 'passage id', 'source id'];
  yield { text: csvHead(names), passages: 0 };
  for (const [at, row] of rows.entries()) {
    const values = [...cells.map(([, of]) => of(row)), row.passage, row.source];
    yield { text: csvLine(names, groupAt === null ? values : [groupAt(at), ...values]), passages: at + 1 };
  }
}

type Column = readonly [name: string, of: (row: EvidenceRow) => Cell];

/** The cells of a column of the table. */
function cellsOf({ codebook, people }: Evidence, column: EvidenceColumn): Column[] {
  const codeOf = (id: string): string => codebook.byId.get(id)?.code ?? id;
  const nameOf = (id: string): string => people.get(id) ?? id.slice(0, 8);
  switch (column) {
    case 'quote':
      return [['quote', ({ quote }) => quote]];
    case 'translation':
      return [
        ['translation', ({ translation }) => translation?.text ?? null],
        ['translation language', ({ translation }) => translation?.language ?? null],
      ];
    case 'category':
      return [
        ['categories', ({ categories }) => categories.map(({ category }) => codeOf(category)).join('; ')],
        ['tagged by', ({ categories }) => [...new Set(categories.flatMap((one) => one.people))].map(nameOf).join('; ')],
      ];
    case 'source':
      return [['source title', ({ sourceTitle }) => sourceTitle]];
    case 'place':
      return [
        ['page', ({ page }) => page],
        ['start', ({ start }) => start],
      ];
    case 'origin':
      return [
        [
          'copy of',
          ({ copies, source }) => (copies?.origin?.source === source ? null : (copies?.origin?.title ?? null)),
        ],
        ['other copies', ({ copies }) => copies?.others ?? null],
      ];
    case 'publisher':
      return [['publisher', ({ publisher }) => publisher]];
    case 'type':
      return [['type', ({ type }) => (type === null ? null : (codebook.types.get(type) ?? type))]];
    case 'language':
      return [['source language', ({ language }) => language]];
    case 'grade':
      return [['source grade', ({ grade }) => grade]];
    case 'act':
      return [['date of act', ({ dates }) => dates.act]];
    case 'document':
      return [['date of document', ({ dates }) => dates.document]];
    case 'published':
      return [['date of publication', ({ dates }) => dates.published]];
    case 'captured':
      return [['date of capture', ({ dates }) => dates.captured]];
    case 'state':
      return [['state', ({ state }) => state]];
    case 'person':
      return [['highlighted by', ({ person }) => nameOf(person)]];
    case 'created':
      return [['highlighted on', ({ createdAt }) => new Date(createdAt).toISOString()]];
    case 'memo':
      return [['memo', ({ memo }) => (memo ? 'yes' : null)]];
    default: {
      const dimension = codebook.dimensions.find(({ code }) => `dimension:${code}` === column);
      const labels = new Map(dimension?.values.map(({ id, label }) => [id, label]));
      return [
        [
          dimension?.name ?? column,
          ({ settings }) => settings.flatMap(({ value }) => labels.get(value) ?? []).join('; '),
        ],
      ];
    }
  }
}
