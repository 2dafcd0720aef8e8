import { safeParse } from 'zod';
import { parsed } from '../../../shared/changes/canonical.ts';
import type { RowOf } from '../../../shared/changes/fields.ts';
import { gapsOf } from '../../../shared/model/gaps.ts';
import { edtfDate, type EdtfDate, sourceGrade } from '../../../shared/model/index.ts';
import type { Document, Exhibit } from '../../formats/dossier/model.ts';
import type { ReportSource } from '../../formats/report/model.ts';
import type { ReadContext } from '../../project/context.ts';
import { sourcesOfReport } from '../../project/report/queries.ts';

/** The documents of the exhibits, sorted by title, with the gaps in their records. */
export function documentsOf(
  { db }: ReadContext,
  sources: readonly ReportSource[],
  exhibits: readonly Pick<Exhibit, 'number' | 'document'>[],
): Document[] {
  const numbers = Map.groupBy(exhibits, ({ document }) => document);
  const ids = JSON.stringify([...numbers.keys()]);
  const rows = new Map(db.all(sourcesOfReport, { ids }).map((row) => [row.id, row]));
  return sources.flatMap((source): Document[] => {
    const [own, row] = [numbers.get(source.id), rows.get(source.id)];
    if (own === undefined || row === undefined) return [];
    const { passages: all, ...described } = source;
    if (all.length === 0) return [];
    return [{ ...described, exhibits: own.map(({ number }) => number), gaps: gapsIn(row), original: 'unread' }];
  });
}

const gapsIn = (row: RowOf<'source'>): Document['gaps'] =>
  gapsOf({
    title: row.title,
    author: row.author,
    publisher: row.publisher,
    language: row.language,
    documentType: row.documentType,
    grade: sourceGrade.safeParse(row.grade).data ?? null,
    gradeReason: row.gradeReason,
    capture: {
      url: row.captureUrl,
      time: row.captureTime,
      tool: row.captureTool,
      collector: row.captureCollector,
      method: row.captureMethod,
      archiveLink: row.captureArchiveLink,
    },
    dateOfAct: dateIn(row.dateOfAct),
    dateOfDocument: dateIn(row.dateOfDocument),
    dateOfPublication: dateIn(row.dateOfPublication),
    dateOfCapture: dateIn(row.dateOfCapture),
  });

const dateIn = (json: string | null): EdtfDate | null =>
  json === null ? null : (safeParse(edtfDate, parsed(json)).data ?? null);
