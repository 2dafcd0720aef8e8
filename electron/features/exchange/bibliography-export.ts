import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import { edtfDate } from '../../../shared/model/index.ts';
import { parsed } from '../../../shared/changes/canonical.ts';
import { writeBibtex } from '../../formats/bibliography/bibtex.ts';
import { writeCsl } from '../../formats/bibliography/csl.ts';
import { type BibEntry, type BibKind, EMPTY, lineOf } from '../../formats/bibliography/model.ts';
import { writeRis } from '../../formats/bibliography/ris.ts';
import { type Readable } from '../../db/types.ts';
import type { ReadContext, WriteContext } from '../../project/context.ts';
import { partOf } from '../../project/export/part.ts';
import { writeText } from '../../project/export/partial-file.ts';
import { assertAbsent } from '../../project/export/project-file.ts';
import { maskedForWords } from '../../project/masks/outgoing.ts';
import type { SourceRow } from './find-sources.ts';
import { NotCarriedList } from './not-carried.ts';
import { documentTypes, sourcesToExchange } from './queries.ts';

export type BibFormat = 'csl' | 'ris' | 'bibtex';
const WRITERS = { csl: writeCsl, ris: writeRis, bibtex: writeBibtex } satisfies Record<BibFormat, unknown>;

/** The kinds that formats have, by the codes of the built-in dimension `doctype`. */
const KINDS: Readonly<Record<string, BibKind>> = {
  fyp: 'report',
  gwr: 'report',
  workplan: 'report',
  action: 'report',
  gazette: 'report',
  acad_cn: 'report',
  acad_intl: 'report',
  thinktank: 'report',
  ngo: 'report',
  statemedia: 'news',
  profile: 'news',
  press: 'news',
  law: 'law',
};

/** Characters between the names of several authors in a source’s record. */
const BETWEEN = /\s*[;；]\s*/;

export const dateText = (json: string | null): string | null =>
  json === null ? null : lineOf(edtfDate.safeParse(parsed(json)).data?.edtf);

/** What is known of a source, as an entry. `words`: the labels of document types by code. */
export function entryOf(row: SourceRow, words: ReadonlyMap<string, string>): BibEntry {
  const type = row.documentType;
  const url = lineOf(row.captureUrl);
  return {
    ...EMPTY,
    key: row.id,
    source: row.id,
    title: lineOf(row.title) ?? lineOf(row.fileName),
    authors: (row.author ?? '').split(BETWEEN).flatMap((name) => lineOf(name) ?? []),
    publisher: lineOf(row.publisher),
    date: dateText(row.dateOfPublication) ?? dateText(row.dateOfDocument),
    language: lineOf(row.language),
    genre: type === null ? null : lineOf(words.get(type) ?? type),
    kind: KINDS[type ?? ''] ?? (url === null ? 'document' : 'webpage'),
    url,
    accessed: /^\d{4}-\d\d-\d\d/.exec(row.captureTime ?? '')?.[0] ?? dateText(row.dateOfCapture),
    archive: lineOf(row.captureArchiveLink),
    sha256: row.sha256,
  };
}

export const typeWords = (db: Readable): ReadonlyMap<string, string> =>
  new Map(db.all(documentTypes, {}).map(({ code, label }) => [code, label]));

type Exported = CallOutput<'exchange.export'>;
type Only = CallArgs<'exchange.export'>['only'];

/** The sources of the selection, an entry each. What the contract says of `exchange.export`. */
export async function exportBibliography(
  context: WriteContext,
  { path, format, only, replace }: { path: string; format: BibFormat; only: Only; replace: boolean },
): Promise<Exported> {
  if (!replace) assertAbsent(path);
  const { entries, counts } = entriesToWrite(context, only);
  function* pieces() {
    for (const text of WRITERS[format](entries)) yield { text, passages: 0 };
  }
  const bytes = await writeText(context, path, pieces(), 0);
  return { path, bytes, ...counts };
}

/** What would be written. NOT_FOUND if no source fits. */
export function entriesToWrite(
  context: ReadContext,
  only: Only,
): { readonly entries: readonly BibEntry[]; readonly counts: Omit<Exported, 'path' | 'bytes'> } {
  const { db } = context;
  const part = partOf(context, only);
  const rows = db.all(sourcesToExchange, {}).filter(({ id }) => part?.sources?.has(id) ?? true);
  if (rows.length === 0) throw new Fault('NOT_FOUND', 'No source fits, so no file was written.');
  const left = new NotCarriedList();
  for (const row of rows) {
    if (row.dateOfAct !== null)
      left.add('Date of act', 'A bibliography has one date: of publication, else of the document.');
    if (row.dateOfPublication !== null && row.dateOfDocument !== null && row.dateOfDocument !== row.dateOfPublication)
      left.add('Date of document', 'A bibliography has one date: that of publication is written.');
    if (row.grade !== null) left.add('Source reliability', 'A bibliography has no place for it.');
  }
  const masking = maskedForWords(context, new Set(rows.map(({ id }) => id)));
  left.masks(masking, (id) => rows.some((row) => row.id === id));
  const words = typeWords(db);
  const counts = { categories: 0, sources: rows.length, passages: 0, tags: 0, notes: 0, notCarried: left.list() };
  const entries = rows.map((row, at) => {
    const entry = entryOf(masking.row(row), words);
    return masking.isGuessable(row) ? { ...entry, source: null, sha256: null, key: `masked-${String(at + 1)}` } : entry;
  });
  return { entries, counts };
}
