import { brokenText } from '../../../shared/text/broken-text.ts';
import type { LayerFile } from '../../../shared/text/layer-file.ts';
import { stat } from 'node:fs/promises';
import {
  type Sha256,
  type Source,
  type SourceId,
  layer as layerSchema,
  sha256,
  type Layer,
} from '../../../shared/model/index.ts';
import { type Handlers, perProject, type ReadContext, type WriteContext } from '../../project/context.ts';
import type { sources as contract } from '../../../shared/contract/sources.ts';
import { Fault } from '../../../shared/errors.ts';
import { checkedPage } from '../../project/sources/frozen-pages.ts';
import { charsetOf, fileOf } from '../../project/sources/layers.ts';
import { readBy, readKey } from '../../project/sources/read-by.ts';
import { compareOriginals, stopComparing } from './compare-originals.ts';
import { pagesOfFile } from './archives.ts';
import { runImport } from './import/run.ts';
import { closeReport, lastReport, runningImport, runningImports } from './import/jobs.ts';
import { restoreEdits, checkRecord, detailName, edit, editSources, recordFields } from './edits.ts';
import { listSources, oneLayer } from './queries.ts';
import { suggestionsFor } from './suggestions.ts';
import { listLayers, notesOf, remakeLayer } from './layers.ts';
import { getSource, nameOf, toSource } from './source-rows.ts';
import { counted } from '../../../shared/text/counted.ts';
import { z } from 'zod';

interface Check {
  /** State of the file at the time, to notice changes. */
  readonly file: string;
  readonly found: Promise<Sha256 | null>;
  /** Sources that have this result already. If one of them is verified again, the file is read again. */
  readonly sources: Set<SourceId>;
}

/** The last hash of each archive. */
const checksOf = perProject(() => new Map<Sha256, Check>());

/**
 * The hash of a source's original file; null if it is missing. An archive is hashed once for all its pages, since a gigabyte
 * takes seconds and every page that is opened asks. Verifying the same source again hashes it again.
 */
async function hashOfOriginal(
  { project, files }: Pick<ReadContext, 'project' | 'files'>,
  { id, sha256, archive }: Source,
): Promise<Sha256 | null> {
  if (archive === null) return files.hashOriginal(sha256);
  const known = checksOf({ project });
  const file = await stateOf(files.originalPath(sha256));
  const before = known.get(sha256);
  const check =
    before?.file === file && !before.sources.has(id)
      ? before
      : { file, found: files.hashOriginal(sha256), sources: new Set<SourceId>() };
  known.set(sha256, check);
  check.sources.add(id);
  return check.found;
}

/** Inode, size and times of a file as one text; `missing` if there is none. */
async function stateOf(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  return found === null ? 'missing' : [found.ino, found.size, found.mtimeMs, found.ctimeMs].join(' ');
}

const namesOf = (sources: readonly Source[]): string => {
  const [first] = sources;
  return sources.length === 1 && first !== undefined ? nameOf(first) : counted(sources.length, 'source');
};

function setDeleted(context: WriteContext, ids: readonly SourceId[], deleted: boolean): void {
  const sources = [...new Set(ids)].map((id) => getSource(context.db, id));
  const edits = sources.flatMap((source) =>
    deleted ? [edit(source.id, 'deleted', true)] : restoreEdits(context.db, source.id, source.layer),
  );
  const names = namesOf(sources);
  context.db.commit(deleted ? `Move ${names} to trash` : `Restore ${names}`, edits);
}

/** A text layer with its pages, which are in its file. Throws NOT_FOUND, DAMAGED. */
function getLayer({ db, files }: Pick<ReadContext, 'db' | 'files'>, id: string): Layer {
  const row = db.get(oneLayer, { id });
  const hash = sha256.safeParse(row?.sha256);
  if (row === undefined || !hash.success)
    throw new Fault('NOT_FOUND', 'No such text layer in this project. Open its source again.', { id });
  const file = fileOf(files, hash.data);
  const layer = layerSchema.safeParse({
    ...row,
    hasText: row.hasText === 1,
    notes: notesOf(row.notes),
    charset: charsetOf(row.options),
    length: file.length,
    pages: file.pages,
  });
  if (!layer.success)
    throw new Fault('DAMAGED', 'Can’t read this project’s record of a text layer. Verify the project.', { id });
  return layer.data;
}

/** How many pages are judged, and how much of each. */
const [SAMPLE_PAGES, SAMPLE_UNITS] = [12, 4000];

/** The beginnings of some pages, spread over the layer. */
function sampleOf(file: LayerFile): string {
  const pages = file.pages.filter(({ start, end }) => end > start);
  const every = Math.max(1, Math.ceil(pages.length / SAMPLE_PAGES));
  return pages
    .filter((_, at) => at % every === 0)
    .map(({ page }) => file.pageText(page).slice(0, SAMPLE_UNITS))
    .join('\n');
}

/** A part of the text, read from the pages it lies on. */
function partOf(file: LayerFile, { start, end }: { start: number; end: number }): string {
  const pages = file.pages.filter((page) => page.start < end && page.end >= start);
  const from = pages[0]?.start ?? 0;
  const text = pages.map(({ page }) => file.pageText(page)).join('\n');
  return text.slice(Math.max(0, start - from), Math.max(0, end - from));
}

/** See shared/contract/sources.ts. */
export const sourcesHandlers: Handlers<typeof contract> = {
  'sources.list': ({ db }, { deleted }) => ({
    sources: db
      .all(listSources, { deleted: deleted ? 1 : 0 })
      .map(toSource)
      .filter((source) => source !== null),
  }),
  'sources.compareOriginals': (context, { passwords }) => compareOriginals(context, passwords),
  'sources.stopComparing': (context) => {
    stopComparing(context);
    return {};
  },
  'sources.get': ({ db }, { id }) => getSource(db, id),
  'sources.edit': ({ db }, { id, patch }) => {
    const before = getSource(db, id);
    const fields = recordFields(patch);
    checkRecord(db, fields, before);
    db.commit(
      `Edit ${detailName([...fields.keys()])} of ${nameOf(before)}`,
      [...fields].map(([field, value]) => edit(id, field, value)),
    );
    return getSource(db, id);
  },
  'sources.editMany': ({ db }, { edits }) => editSources(db, edits),
  'sources.suggestions': async (context, { ids }) => ({ suggestions: await suggestionsFor(context, ids) }),
  'sources.readBy': (context) => ({ read: readBy(context) }),
  'sources.markRead': (context, { ids, read }) => {
    setRead(context, ids, read);
    return {};
  },
  'sources.seePages': (context, { source, pages }) => ({ read: seePages(context, source, pages) }),
  'sources.remove': (context, { ids }) => {
    setDeleted(context, ids, true);
    return {};
  },
  'sources.restore': (context, { ids }) => {
    setDeleted(context, ids, false);
    return {};
  },
  'sources.verify': async (context, { id }) => {
    context.pool.giveWay();
    const source = getSource(context.db, id);
    const found = await hashOfOriginal(context, source);
    return { ok: found === source.sha256, sha256: source.sha256, found, at: context.now() };
  },
  'layers.get': (context, { id }) => {
    context.pool.giveWay();
    return getLayer(context, id);
  },
  'layers.frozen': (context, { id }) => checkedPage(context, id),
  'layers.text': (context, { id, page, part }) => {
    context.pool.giveWay();
    const file = fileOf(context.files, getLayer(context, id).sha256);
    if (part !== undefined) return { text: partOf(file, part) };
    return { text: page === undefined ? file.text() : file.pageText(page) };
  },
  'layers.check': (context, { id }) => {
    context.pool.giveWay();
    return { broken: brokenText(sampleOf(fileOf(context.files, getLayer(context, id).sha256))) };
  },
  'layers.list': ({ db }, { source }) => ({ layers: listLayers(db, getSource(db, source)) }),
  'layers.remake': (context, { source, ...how }) => remakeLayer(context, getSource(context.db, source), how),
  'import.choose': ({ project }, { job, path, pages }) => {
    runningImport(project, job).answerPages(path, pages);
    return {};
  },
  'archive.pages': async (context, { path }) => {
    const { archive, pages } = await pagesOfFile(context, path);
    return { archive, pages: [...pages] };
  },
  'import.run': runImport,
  'import.running': ({ project }) => ({ jobs: runningImports(project).map((running) => running.state()) }),
  'import.lastReport': ({ project }) => ({ report: lastReport(project) }),
  'import.closeReport': ({ project }, { job }) => {
    closeReport(project, job);
    return {};
  },
  'import.cancel': ({ project }, { job }) => {
    runningImport(project, job).cancel();
    return {};
  },
  'import.answer': ({ project }, { job, path, password }) => {
    runningImport(project, job).answerPassword(path, password);
    return {};
  },
};

/*
 * Which sources a person has read: in this folder on this computer only, beside the view state. It is no evidence of anything
 * (a page that was on screen may not have been read), so it is not in the log, not exported and not merged.
 */

const pagesSchema = z.array(z.number().int().positive()).catch([]);

const seenKey = ({ person }: ReadContext, source: SourceId): string => `seen ${person.id} ${source}`;

/** Sets whether this person has read these sources. */
function setRead(context: ReadContext, ids: readonly SourceId[], isRead: boolean): void {
  if (context.project.readOnly) return;
  const others = readBy(context).filter((id) => !ids.includes(id));
  context.project.setLocal(readKey(context), isRead ? [...others, ...ids] : others);
  // Marked as not read: the pages count again from the first.
  if (!isRead) for (const id of ids) context.project.setLocal(seenKey(context, id), []);
}

/** Notes that pages of a source were on screen. Returns whether the source is read: by a mark, or because all were. */
function seePages(context: ReadContext, id: SourceId, pages: readonly number[]): boolean {
  if (readBy(context).includes(id)) return true;
  if (context.project.readOnly) return false;
  const { pages: count } = getSource(context.db, id);
  const key = seenKey(context, id);
  const before = pagesSchema.parse(context.project.local(key) ?? []);
  const seen = new Set([...before, ...pages].filter((page) => page <= count));
  if (seen.size >= count) {
    setRead(context, [id], true);
    return true;
  }
  if (seen.size > before.length) context.project.setLocal(key, [...seen]);
  return false;
}
