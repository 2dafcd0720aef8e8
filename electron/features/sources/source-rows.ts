import { z } from 'zod';
import { captureField, fieldOf, type FieldOf } from '../../../shared/changes/fields.ts';
import { gapsOf } from '../../../shared/model/gaps.ts';
import {
  archivePage,
  CAPTURE_PARTS,
  layerId,
  originalPart,
  RECORD_PARTS,
  redirect,
  sha256,
  sourceId,
  sourceKind,
  sourceRecord,
  type Source,
  type SourceId,
  type SourceRecord,
} from '../../../shared/model/index.ts';
import { Fault } from '../../../shared/errors.ts';
import type { Readable } from '../../db/types.ts';
import { oneSource, type SourceRow } from './queries.ts';

/** A source, removed or not. Throws NOT_FOUND. */
export function getSource(db: Readable, id: SourceId): Source {
  const row = db.get(oneSource, { id });
  const source = row === undefined ? null : toSource(row);
  if (source === null)
    throw new Fault('NOT_FOUND', 'No such source in this project. Choose one from the list.', { id });
  return source;
}

export const nameOf = ({ title, fileName }: Source): string => title ?? fileName;

/**
 * A row as a source. A merged log may have invalid values: invalid details are read as missing, and a row without id, kind or
 * hash is null.
 */
export function toSource(row: SourceRow): Source | null {
  const id = sourceId.safeParse(row.id);
  const kind = sourceKind.safeParse(row.kind);
  const hash = sha256.safeParse(row.sha256);
  if (!id.success || !kind.success || !hash.success) return null;
  const record = toRecord(row);
  return {
    ...record,
    id: id.data,
    kind: kind.data,
    fileName: row.fileName ?? '',
    sha256: hash.data,
    bytes: row.bytes ?? 0,
    pages: row.pageCount ?? 0,
    addedAt: row.createdAt,
    passages: row.passages,
    gaps: gapsOf(record),
    prefilled: toPrefilled(row.prefilled),
    layer: layerId.safeParse(row.layer).data ?? null,
    hasText: row.hasText === 1,
    picture: layerId.safeParse(row.picture).data ?? null,
    archive: orGap(archivePage.nullable(), fromJson(row.archive)),
    parts: z.array(originalPart).safeParse(fromJson(row.parts)).data ?? [],
    content: sha256.safeParse(row.content).data ?? null,
    status: row.captureStatus,
    redirects: z.array(redirect).safeParse(fromJson(row.captureRedirects)).data ?? [],
    replaces: sourceId.safeParse(row.replaces).data ?? null,
    deleted: row.deleted === 1,
  };
}

function toRecord(row: SourceRow): SourceRecord {
  const stored: Readonly<Record<string, string | number | null>> = row;
  const valueOf = (field: FieldOf<'source'>): unknown => {
    const { kind, schema } = fieldOf('source', field) ?? {};
    const value = stored[field] ?? null;
    return schema?.safeParse(kind === 'json' && typeof value === 'string' ? fromJson(value) : value).data ?? null;
  };
  const capture = Object.fromEntries(CAPTURE_PARTS.map((name) => [name, valueOf(captureField(name))]));
  const own = Object.fromEntries(RECORD_PARTS.flatMap((name) => (name === 'capture' ? [] : [[name, valueOf(name)]])));
  return sourceRecord.parse({ ...own, capture });
}

const orGap = <T>(schema: z.ZodType<T | null>, value: unknown): T | null => schema.safeParse(value).data ?? null;

/** Parses a JSON column, which holds canonical JSON. */
export const fromJson = (text: string | null): unknown => (text === null ? null : JSON.parse(text));

function toPrefilled(text: string | null): Record<string, string> {
  const value = fromJson(text);
  if (typeof value !== 'object' || value === null) return {};
  const texts = Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(texts);
}
