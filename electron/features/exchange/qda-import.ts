import type { QdaFiled } from '../../formats/qda/file.ts';
import type { Importer, Looking } from './importing.ts';
import { Ledger } from './ledger.ts';
import { AS_TEXT, MISSING, type QdaImport, sourceHere } from './qda-in.ts';
import { codesIn } from './qda-in-codes.ts';
import { collectionsIn, notesIn, sourceWordsIn } from './qda-in-notes.ts';
import { codingsOn, passagesIn } from './qda-in-passages.ts';
import { sourcesIn } from './qda-in-sources.ts';
import { IncomingRecords } from './records.ts';

/** REFI-QDA projects and codebooks. */
export const qdaImporter: Importer = {
  preview: async (importing) => {
    const all = await begin(importing, null);
    for (const filed of all.read.sources) countSource(all, filed);
    countNotes(all);
    const filed = all.read.sources.filter(({ original, text }) => (original ?? text) !== null);
    collectionsIn(all, new Map(filed.map(({ source }) => [source.guid, null])));
    countUsers(all);
    return result(all);
  },
  read: async (importing) => {
    const all = await begin(importing, importing.folder);
    const sources = await sourcesIn(all, importing);
    for (const [number, source] of sources.entries()) {
      importing.tell('placing', number, sources.length);
      importing.goOn();
      await passagesIn(all, source);
      sourceWordsIn(all, source);
    }
    notesIn(all);
    collectionsIn(all, new Map(sources.map((source) => [source.filed.source.guid, source.id])));
    countUsers(all);
    return { found: result(all), edits: all.records.edits };
  },
};

async function begin(importing: Looking, to: string | null): Promise<QdaImport> {
  const { context, file, signal, tell } = importing;
  tell('reading', 0, 0);
  const read = await context.pool.run(
    'qdaFile',
    { path: file.path, to },
    { signal, onProgress: ({ page, pages }) => tell('reading', page ?? 0, pages ?? 0) },
  );
  importing.goOn();
  const ledger = new Ledger();
  const records = new IncomingRecords(context.db);
  for (const { kind, count, why } of read.notRead) ledger.left.add(kind, why, count);
  const { project } = read;
  return {
    importing,
    read,
    records,
    ledger,
    codes: codesIn(context, project, records, ledger),
    users: new Map(project.users.map(({ guid, name }) => [guid, name ?? 'somebody without a name'])),
    notes: new Map(project.notes.map((note) => [note.guid, note])),
    noted: new Map(),
    isOwn: project.origin === 'Sourcebook',
  };
}

const result = ({ ledger, read }: QdaImport) => ({ program: read.project.origin, ...ledger.result() });

/** Counts a source and what is on it, before it is read. */
function countSource(all: QdaImport, filed: QdaFiled): void {
  const { ledger } = all;
  const { source, original, text } = filed;
  const file = original ?? text;
  const here =
    sourceHere(all, filed) ??
    (original === null && text !== null ? sourceHere(all, { ...filed, original: text }) : null);
  if (file === null || original === null)
    ledger.addMissing({
      name: source.name ?? source.guid,
      selections: source.selections.length,
      asText: file !== null,
    });
  if (file === null) ledger.left.add('Source', MISSING);
  ledger.count('Sources', 'sources', { found: 1, [here === null ? 'added' : 'here']: file === null ? 0 : 1 });
  if (here === null && file !== null && original === null) ledger.say('Sources', 'sources', AS_TEXT);
  for (const selection of source.selections) {
    const inFile = selection.place.kind === 'text' ? 'Text selections' : 'Page rectangles';
    const id = all.records.idOf('passage', selection.guid, all.importing.context.person.id);
    const isHere = all.records.state('passage', id) === 'here';
    if (file === null) ledger.left.add(inFile, MISSING);
    ledger.count(inFile, 'passages', { found: 1, [isHere ? 'here' : 'added']: file === null ? 0 : 1 });
    codingsOn(all, selection, file === null ? null : id, isHere);
  }
  if (source.codings.length > 0) sourceWordsIn(all, { filed, id: null });
}

/** Notes whose target is not known before sources are read count as added, unless the project has them. */
function countNotes(all: QdaImport): void {
  for (const note of all.read.project.notes)
    all.ledger.count('Notes', 'memos', {
      found: 1,
      [all.records.state('memo', note.guid) === 'here' ? 'here' : 'added']: 1,
    });
}

function countUsers({ ledger, read }: QdaImport): void {
  const others = read.project.users.length;
  if (others > 0) ledger.say('Text selections', 'passages', SAID_BY);
}
const SAID_BY = 'You sign them. Who marked and tagged them, and when, is kept as a memo, as the file says it.';
