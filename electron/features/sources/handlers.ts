import type { sources as contract } from '../../../shared/contract/sources.ts';
import { Fault } from '../../../shared/errors.ts';
import { layer as layerSchema, sha256, type Layer, type Source, type SourceId } from '../../../shared/model/index.ts';
import type { Handlers, ReadContext, WriteContext } from '../../project/context.ts';
import { fileOf } from '../../project/sources/layers.ts';
import type { Readable } from '../../db/types.ts';
import { pagesOfFile } from './archives.ts';
import { runImport } from './import/run.ts';
import { runningImport, runningImports } from './import/jobs.ts';
import { restoreEdits } from './import/source-edits.ts';
import { listSources, oneLayer, oneSource } from './queries.ts';
import { checkRecord, edit, recordFields } from './record-edits.ts';
import { charsetOf, listLayers, remakeLayer } from './remake.ts';
import { fromJson, toSource } from './source-rows.ts';
import { hashOfOriginal } from './verify-original.ts';

/** One source, removed ones too. Throws NOT_FOUND. */
function getSource(db: Readable, id: SourceId): Source {
  const row = db.get(oneSource, { id });
  const source = row === undefined ? null : toSource(row);
  if (source === null) throw new Fault('NOT_FOUND', 'No such source in this project.', { id });
  return source;
}

const nameOf = ({ title, fileName }: Source): string => title ?? fileName;
const namesOf = (sources: readonly Source[]): string => {
  const [first] = sources;
  return sources.length === 1 && first !== undefined ? nameOf(first) : `${sources.length} sources`;
};

function setDeleted(context: WriteContext, ids: readonly SourceId[], deleted: boolean): void {
  const sources = [...new Set(ids)].map((id) => getSource(context.db, id));
  const edits = sources.flatMap((source) =>
    deleted ? [edit(source.id, 'deleted', true)] : restoreEdits(context.db, source.id, source.layer),
  );
  const names = namesOf(sources);
  context.db.commit(deleted ? `Move ${names} to trash` : `Restore ${names}`, edits);
}

/** A layer with its pages, which lie in its file. Throws NOT_FOUND, DAMAGED. */
function getLayer({ db, files }: Pick<ReadContext, 'db' | 'files'>, id: string): Layer {
  const row = db.get(oneLayer, { id });
  const hash = sha256.safeParse(row?.sha256);
  if (row === undefined || !hash.success) throw new Fault('NOT_FOUND', 'No such text layer in this project.', { id });
  const file = fileOf(files, hash.data);
  const layer = layerSchema.safeParse({
    ...row,
    hasText: row.hasText === 1,
    notes: fromJson(row.notes) ?? [],
    charset: charsetOf(row.options),
    length: file.length,
    pages: file.pages,
  });
  if (!layer.success)
    throw new Fault('DAMAGED', 'Can’t read this project’s record of a text layer. Verify the project.', { id });
  return layer.data;
}

/** Sources, their layers, and bringing them in: shared/contract/sources.ts. */
export const sourcesHandlers: Handlers<typeof contract> = {
  'sources.list': ({ db }, { deleted }) => ({
    sources: db
      .all(listSources, { deleted: deleted ? 1 : 0 })
      .map(toSource)
      .filter((source) => source !== null),
  }),
  'sources.get': ({ db }, { id }) => getSource(db, id),
  'sources.edit': ({ db }, { id, patch }) => {
    const before = getSource(db, id);
    const fields = recordFields(patch);
    checkRecord(db, fields, before);
    db.commit(
      `Edit details of ${nameOf(before)}`,
      [...fields].map(([field, value]) => edit(id, field, value)),
    );
    return getSource(db, id);
  },
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
  'layers.text': (context, { id, page }) => {
    context.pool.giveWay();
    const file = fileOf(context.files, getLayer(context, id).sha256);
    return { text: page === undefined ? file.text() : file.pageText(page) };
  },
  'layers.list': ({ db }, { source }) => ({ layers: listLayers(db, getSource(db, source)) }),
  'layers.remake': (context, { source, ...how }) => remakeLayer(context, getSource(context.db, source), how),
  'import.choose': ({ project }, { job, path, pages }) => {
    runningImport(project, job).chosen(path, pages);
    return {};
  },
  'archive.pages': async (context, { path }) => {
    const { archive, pages } = await pagesOfFile(context, path);
    return { archive, pages: [...pages] };
  },
  'import.run': runImport,
  'import.running': ({ project }) => ({ jobs: runningImports(project).map((running) => running.state()) }),
  'import.cancel': ({ project }, { job }) => {
    runningImport(project, job).cancel();
    return {};
  },
  'import.answer': ({ project }, { job, path, password }) => {
    runningImport(project, job).hear(path, password);
    return {};
  },
};
