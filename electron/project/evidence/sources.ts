import { parsed } from '../../../shared/changes/canonical.ts';
import { type DateBounds, dateBounds, dateOrder, precisionOf } from '../../../shared/model/dates.ts';
import { edtfDate, sourceGrade, sourceKind } from '../../../shared/model/index.ts';
import { groupsOf } from '../../../shared/copies/groups.ts';
import type { Readable } from '../../db/types.ts';
import { decisionsOn } from '../sources/copies.ts';
import { collectionMembers, collectionNames, type SourceColumns, sourceColumns } from './queries.ts';

/** The dates of a source that a query, a column or a timeline can ask for. */
export const EVIDENCE_DATES = ['act', 'document', 'published', 'captured'] as const;
export type EvidenceDate = (typeof EVIDENCE_DATES)[number];

/** A date in the form in which the set stores it. */
export interface KnownDate {
  /** The date as written, without a time of day. */
  readonly edtf: string;
  readonly bounds: DateBounds;
  /** A number for sorting. */
  readonly order: number;
  /** The year in which all of its days lie; null if they lie in several years. */
  readonly year: number | null;
}

/** A live source. An invalid detail, as in a log from elsewhere, counts as missing. */
export interface EvidenceSource {
  readonly id: string;
  readonly title: string;
  readonly kind: string | null;
  readonly publisher: string | null;
  readonly language: string | null;
  readonly type: string | null;
  readonly grade: string | null;
  readonly dates: Readonly<Record<EvidenceDate, KnownDate | null>>;
  readonly collections: readonly string[];
  /** The id that stands for its text: its own, or that of the source which represents the copies of one text. */
  readonly origin: string;
  /** For copies of one text: the source that they are copied from (null if unknown or not here), and how many other copies there are. */
  readonly copies: { readonly origin: string | null; readonly others: number } | null;
}

/** The live sources in the order in which they were added, with their collections. */
export interface EvidenceSources {
  readonly all: readonly EvidenceSource[];
  readonly byId: ReadonlyMap<string, EvidenceSource>;
  readonly collections: readonly { readonly id: string; readonly name: string }[];
}

export function readSources(db: Readable): EvidenceSources {
  const members = Map.groupBy(db.all(collectionMembers, {}), ({ source }) => source);
  const known = new Map<string, KnownDate | null>();
  const dateOf = (json: string | null): KnownDate | null => {
    if (json === null) return null;
    const there = known.get(json);
    if (there !== undefined) return there;
    const date = knownDate(json);
    known.set(json, date);
    return date;
  };
  const rows = db.all(sourceColumns, {});
  const groups = groupsOf(
    decisionsOn(db),
    rows.map(({ id }) => id),
  );
  const groupOf = new Map(groups.flatMap((group) => group.members.map((id) => [id, group] as const)));
  const all = rows.map((row): EvidenceSource => {
    const group = groupOf.get(row.id);
    return {
      ...detailsOf(row, dateOf, members.get(row.id) ?? []),
      origin: group?.key ?? row.id,
      copies: group === undefined ? null : { origin: group.origin, others: group.members.length - 1 },
    };
  });
  return {
    all,
    byId: new Map(all.map((one) => [one.id, one])),
    collections: db.all(collectionNames, {}).map(({ id, name }) => ({ id, name: name ?? id.slice(0, 8) })),
  };
}

function detailsOf(
  row: SourceColumns,
  dateOf: (json: string | null) => KnownDate | null,
  members: readonly { readonly collection: string }[],
): Omit<EvidenceSource, 'origin' | 'copies'> {
  return {
    id: row.id,
    title: row.title ?? row.fileName ?? row.id.slice(0, 8),
    kind: sourceKind.safeParse(row.kind).data ?? null,
    publisher: filled(row.publisher),
    language: filled(row.language),
    type: filled(row.documentType),
    grade: sourceGrade.safeParse(row.grade).data ?? null,
    dates: {
      act: dateOf(row.dateOfAct),
      document: dateOf(row.dateOfDocument),
      published: dateOf(row.dateOfPublication),
      captured: dateOf(row.dateOfCapture),
    },
    collections: [...new Set(members.map(({ collection }) => collection))],
  };
}

const filled = (text: string | null): string | null => (text === null || text.trim() === '' ? null : text.trim());

function knownDate(json: string): KnownDate | null {
  const date = edtfDate.safeParse(parsed(json)).data;
  if (date === undefined) return null;
  const edtf = precisionOf(date.edtf) === 'time' ? date.edtf.slice(0, date.edtf.indexOf('T')) : date.edtf;
  const bounds = dateBounds(edtf);
  if (bounds === null) return null;
  const [first, last] = [yearOf(bounds.from), yearOf(bounds.to)];
  return { edtf, bounds, order: dateOrder(edtf) ?? 0, year: first !== null && first === last ? first : null };
}

const yearOf = (day: number | null): number | null => (day === null ? null : Math.floor(day / 10_000));

/** 20230517 as `2023-05-17`. */
export function dayText(day: number): string {
  const year = Math.floor(day / 10_000);
  const inYear = day - year * 10_000;
  const [month, of] = [Math.floor(inYear / 100), inYear % 100].map((part) => String(part).padStart(2, '0'));
  return `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}-${month ?? '01'}-${of ?? '01'}`;
}
