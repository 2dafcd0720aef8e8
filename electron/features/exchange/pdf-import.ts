import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { Fault } from '../../../shared/errors.ts';
import { type LayerId, layerId } from '../../../shared/model/index.ts';
import type { LayerFile } from '../../../shared/text/layer-file.ts';
import type { ForeignAnnotation, ForeignTarget } from '../../formats/annotations/model.ts';
import { UnreadList } from '../../formats/annotations/model.ts';
import type { PdfAnnotation, PdfAnnotations } from '../../formats/pdf/annotations.ts';
import type { ReadContext } from '../../project/context.ts';
import { openLayer } from '../../project/sources/layers.ts';
import { annotationsIn } from './annotations-import.ts';
import type { SourceRow } from './find-sources.ts';
import type { Importer, FilePreview } from './import-file.ts';
import { pdfWithBytesOf } from './queries.ts';
import { WordsUnderQuads } from './under-quads.ts';

/** Highlights and notes of a PDF that the project has. A preview is the import without its edits. */
export const pdfImporter: Importer = {
  preview: async (importing) => (await read(importing)).found,
  read,
};

async function read(importing: FilePreview): ReturnType<Importer['read']> {
  const { context, file, signal, tell, goOn } = importing;
  tell('reading', 0, 0);
  const source = await sourceOf(importing);
  if (source === null)
    throw new Fault(
      'NOT_FOUND',
      `“${file.name}” is no PDF of this project, nor one with something added at its end. Add it as a source first; its highlights are offered there.`,
      { name: file.name },
    );
  const made = await context.pool.run('pdfAnnotations', { path: file.path, passwords: [] }, { signal });
  goOn();
  if (!made.ok) throw new Fault(made.error.code, made.error.message, made.error.context);
  return pdfAnnotationsIn(importing, source, made.value);
}

/** What annotations of a source become. */
export function pdfAnnotationsIn(
  importing: Pick<FilePreview, 'context' | 'tell' | 'goOn'>,
  source: Pick<SourceRow, 'id' | 'layer' | 'sha256' | 'content'>,
  read: PdfAnnotations,
): ReturnType<typeof annotationsIn> {
  const { annotations, unread } = foreignOf(importing, source, read);
  return annotationsIn(importing, { from: 'pdf', annotations, unread });
}

/** The PDF whose bytes the file has, or begins with: programs add annotations at a file’s end. Null if the project has none. */
async function sourceOf({
  context,
  file,
  signal,
}: FilePreview): Promise<{ id: string; layer: string | null; sha256: string; content: string | null } | null> {
  const rows = context.db.all(pdfWithBytesOf, {});
  const length = statSync(file.path).size;
  const ends = [...new Set([...rows.map(({ bytes }) => bytes), length])].filter((end) => end > 0 && end <= length);
  const hashes = await hashesAt(
    file.path,
    ends.toSorted((a, b) => a - b),
    signal,
  );
  // The longest beginning: a copy with more added may be a source, too.
  for (const hash of hashes.toReversed()) {
    const found = rows.find(({ sha256, content }) => sha256 === hash || content === hash);
    if (found !== undefined) return found;
  }
  return null;
}

/** The SHA-256 of a file’s first bytes, up to each of some places in rising order. */
async function hashesAt(path: string, ends: readonly number[], signal: AbortSignal): Promise<string[]> {
  const hash = createHash('sha256');
  const found: string[] = [];
  let at = 0;
  let next = 0;
  for await (const given of createReadStream(path, { signal })) {
    let chunk = given as Buffer;
    for (let end = ends[next]; end !== undefined && end <= at + chunk.length; end = ends[(next += 1)]) {
      hash.update(chunk.subarray(0, end - at));
      chunk = chunk.subarray(end - at);
      at = end;
      found.push(hash.copy().digest('hex'));
    }
    hash.update(chunk);
    at += chunk.length;
  }
  return found;
}

const MARKED = 'Annotations';
const WHY: Readonly<Record<string, string>> = {
  Reply: 'An answer to another annotation is not read.',
  FileAttachment: 'A file attached to a page is not read.',
};

function foreignOf(
  { context, goOn }: Pick<FilePreview, 'context' | 'goOn'>,
  source: Pick<SourceRow, 'id' | 'layer' | 'sha256' | 'content'>,
  { annotations, others, isCut }: PdfAnnotations,
): { readonly annotations: ForeignAnnotation[]; readonly unread: ReturnType<UnreadList['list']> } {
  const unread = new UnreadList();
  for (const [kind, count] of Object.entries(others))
    for (let n = 0; n < count; n++) unread.add(MARKED, WHY[kind] ?? `A ${kind} marks no words, and has no place here.`);
  if (isCut)
    unread.add(
      MARKED,
      'There are more annotations, or longer ones, than are read: 20,000, with 8 million letters in all.',
    );
  const layer = openedLayer(context, source.layer);
  const words = layer === null ? null : new WordsUnderQuads(layer);
  const groups = Map.groupBy(annotations, (one) => nameOf(one, source.id));
  const foreign: ForeignAnnotation[] = [];
  for (const [id, [first, ...more]] of groups) {
    goOn();
    if (first === undefined) continue;
    const all = [first, ...more];
    const spans = words?.spansOf(all.filter(({ kind }) => MARKS_WORDS.has(kind))) ?? [];
    if (spans.length === 0 && !MARKS_WORDS.has(first.kind) && first.contents.trim() === '' && !OWN.test(first.name)) {
      unread.add(MARKED, 'It is on no words and says nothing.');
      continue;
    }
    const on: ForeignTarget = {
      addresses: [],
      hashes: hashesOf(source),
      quote: null,
      position: null,
      area: null,
      unread: [],
    };
    const targets = spans.map(({ start, end }): ForeignTarget => ({
      ...on,
      quote: { exact: layer?.text().slice(start, end) ?? '', prefix: '', suffix: '' },
      position: { start, end, count: 'units' },
    }));
    foreign.push({
      id,
      creator: first.author.trim() === '' ? null : first.author,
      created: dayOf(first.created) ?? dayOf(first.changed),
      tags: [],
      values: [],
      comments: first.contents.trim() === '' ? [] : [first.contents],
      look: [NAMES[first.kind], ...(first.colour === null ? [] : [first.colour])].join(' '),
      targets: targets.length > 0 ? targets : [{ ...on, area: { unit: 'points', page: first.page, box: first.rect } }],
    });
  }
  return { annotations: foreign, unread: unread.list() };
}

const MARKS_WORDS: ReadonlySet<PdfAnnotation['kind']> = new Set(['Highlight', 'Underline', 'Squiggly', 'StrikeOut']);
const NAMES = {
  Text: 'note',
  FreeText: 'text on the page',
  Square: 'frame',
  Highlight: 'highlight',
  Underline: 'underline',
  Squiggly: 'wavy underline',
  StrikeOut: 'strikethrough',
} as const satisfies Record<PdfAnnotation['kind'], string>;

/** What we named an annotation of a passage; one on several pages has one on each. */
const OWN = /^(urn:uuid:[0-9a-f-]{36})(?:#page=\d+)?$/i;

/** The same each time the file is read, also after another program has added to it. */
function nameOf(one: PdfAnnotation, source: string): string {
  const [, own] = OWN.exec(one.name) ?? [];
  if (own !== undefined) return own;
  const place = one.rect.map((edge) => Math.round(edge)).join(' ');
  const known = one.name === '' ? `${one.kind} ${place} ${one.created} ${one.contents}` : one.name;
  return `pdf ${source} ${one.page} ${known}`;
}

const hashesOf = ({ sha256, content }: Pick<SourceRow, 'sha256' | 'content'>): string[] =>
  [sha256, content].flatMap((hash) => hash ?? []);

/** `2024-03-01` of a PDF date. */
function dayOf(date: string): string | null {
  const [, year, month, day] = /^(?:D:)?(\d{4})(\d\d)(\d\d)/.exec(date) ?? [];
  return year === undefined ? null : `${year}-${month ?? ''}-${day ?? ''}`;
}

function openedLayer(context: ReadContext, id: string | null): LayerFile | null {
  const current: LayerId | undefined = layerId.safeParse(id).data;
  if (current === undefined) return null;
  try {
    return openLayer(context, current).file;
  } catch (thrown) {
    if (thrown instanceof Fault) return null;
    throw thrown;
  }
}
