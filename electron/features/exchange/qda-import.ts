import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import type { LedgerLine } from '../../../shared/contract/exchange.ts';
import type { ExchangeQuestion } from '../../../shared/contract/exchange-questions.ts';
import { Fault } from '../../../shared/errors.ts';
import { readFault } from '../../../shared/file-faults.ts';
import { sha256 } from '../../../shared/model/index.ts';
import { shortened } from '../../../shared/query/faults.ts';
import type { QdaFile, QdaFiled } from '../../formats/qda/file.ts';
import type { NotRead } from '../../formats/qda/read.ts';
import type { Importer, FilePreview } from './import-file.ts';
import { Ledger } from './ledger.ts';
import { AS_TEXT, MISSING, type QdaImport, sourceHere } from './qda-in.ts';
import { codersIn, codingsIn } from './qda-in-coders.ts';
import { codesIn } from './qda-in-codes.ts';
import { collectionsIn, notesIn, sourceWordsIn } from './qda-in-notes.ts';
import { codingsOn, passagesIn } from './qda-in-passages.ts';
import { sourcesIn } from './qda-in-sources.ts';
import { REDACTED_PDF } from './qda-sources.ts';
import { IncomingRecords } from './records.ts';

/** REFI-QDA projects and codebooks. */
export const qdaImporter: Importer = {
  preview: async (importing) => {
    const all = await begin(importing, null);
    for (const filed of all.read.sources) countSource(all, filed);
    countNotes(all);
    const filed = all.read.sources.filter(({ original, text }) => (original ?? text) !== null);
    collectionsIn(all, new Map(filed.map(({ source }) => [source.guid, null])));
    return result(all);
  },
  read: async (importing) => {
    const all = await begin(importing, importing.folder);
    assertAnswered(all);
    const sources = await sourcesIn(all, importing);
    for (const [number, source] of sources.entries()) {
      importing.tell('placing', number, sources.length);
      importing.goOn();
      await passagesIn(all, source);
      sourceWordsIn(all, source);
    }
    notesIn(all);
    collectionsIn(all, new Map(sources.map((source) => [source.filed.source.guid, source.id])));
    return { found: result(all), edits: all.records.edits };
  },
};

type Becomes = LedgerLine['becomes'];

/** What elements of the standard are called, where their names are no words of people: those that the ledger has a line for, and what they become there. */
const COUNTED: Readonly<Record<string, readonly [line: string, becomes: Becomes]>> = {
  TextSource: ['Sources', 'sources'],
  PDFSource: ['Sources', 'sources'],
  PictureSource: ['Sources', 'sources'],
  PlainTextSelection: ['Text selections', 'passages'],
  PDFSelection: ['Page rectangles', 'passages'],
  PictureSelection: ['Page rectangles', 'passages'],
  Code: ['Codes', 'categories'],
  Coding: ['Codings', 'tags'],
  Set: ['Sets', 'collections'],
  User: ['Users', 'people'],
};
const NAMES: Readonly<Record<string, string>> = {
  AudioSource: 'Audio recording',
  VideoSource: 'Video recording',
  Graph: 'Drawing of a network',
};

/** Counts what the file has and could not be read: found as well as left, so that the sum of its line is right. */
function countNotRead(ledger: Ledger, { kind, count, why }: NotRead): void {
  const [line, becomes] = COUNTED[kind] ?? [];
  if (line !== undefined && becomes !== undefined) ledger.count(line, becomes, { found: count });
  ledger.left.add(line ?? NAMES[kind] ?? kind, why, count);
}

async function begin(importing: FilePreview, to: string | null): Promise<QdaImport> {
  const { context, file, said, signal, tell } = importing;
  tell('reading', 0, 0);
  const unfound = await context.pool.run(
    'qdaFile',
    { path: file.path, to },
    { signal, onProgress: ({ done, total }) => tell('reading', done ?? 0, total ?? 0) },
  );
  importing.goOn();
  const sources = unfound.project.origin === OWN ? unfound.sources.map(withoutPictures) : unfound.sources;
  const read = { ...unfound, sources: await withFoundFiles(importing, sources) };
  const ledger = new Ledger();
  const records = new IncomingRecords(context.db);
  const { project } = read;
  const questions: ExchangeQuestion[] = [];
  const codings = codingsIn(read);
  const coders = codersIn(importing, read, codings.by, { records, ledger, questions });
  const codes = codesIn(context, project, {
    records,
    ledger,
    answers: said.answers.codes,
    questions,
    codings: codings.of,
  });
  return {
    importing,
    read,
    records,
    ledger,
    codes,
    coders,
    // Codes first: there are more of them.
    questions: questions.toSorted((a, b) => Number(a.kind === 'coder') - Number(b.kind === 'coder')),
    users: new Map(project.users.map(({ guid, name }) => [guid, name ?? 'somebody without a name'])),
    notes: new Map(project.notes.map((note) => [note.guid, note])),
    noted: new Map(),
    isOwn: project.origin === OWN,
  };
}

function result({ ledger, read, questions }: QdaImport) {
  for (const lost of read.notRead) countNotRead(ledger, lost);
  return { program: read.project.origin, ...ledger.result(), questions: [...questions] };
}

/** Throws ANSWERS_NEEDED while a question is open. */
function assertAnswered({ questions, importing }: QdaImport): void {
  const { codes, coders } = importing.said.answers;
  const open = questions.filter(({ kind, id }) => (kind === 'code' ? codes[id] : coders[id]) === undefined);
  if (open.length === 0) return;
  const names = open.map(({ kind, name }) => `${kind === 'code' ? 'code' : 'coder'} “${shortened(name)}”`);
  const more = names.length > 5 ? ` and ${String(names.length - 5)} more` : '';
  throw new Fault(
    'ANSWERS_NEEDED',
    `Nothing was imported: say first what is meant by ${names.slice(0, 5).join(', ')}${more}. A preview lists what each can be.`,
    { open: names },
  );
}

/** The sources with the files that a person found for those that are missing. A file that can’t be read is a fault: they chose it. */
async function withFoundFiles(
  { said, signal }: Pick<FilePreview, 'said' | 'signal'>,
  sources: readonly QdaFiled[],
): Promise<readonly QdaFiled[]> {
  const found: QdaFiled[] = [];
  for (const filed of sources) {
    const path = said.files[filed.source.guid];
    if (path === undefined || filed.original !== null) {
      found.push(filed);
      continue;
    }
    const original = { name: basename(path), at: path, ...(await hashed(path, signal)) };
    const isPlain = filed.source.kind === 'text' && filed.text === null && /\.(?:txt|text)$/i.test(path);
    found.push({ ...filed, original, text: isPlain ? original : filed.text });
  }
  return found;
}

async function hashed(path: string, signal: AbortSignal): Promise<Pick<QdaFile, 'sha256' | 'bytes'>> {
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(path, { signal })) {
      if (!(chunk instanceof Uint8Array)) continue;
      hash.update(chunk);
      bytes += chunk.length;
    }
  } catch (thrown) {
    throw readFault(thrown);
  }
  return { sha256: sha256.parse(hash.digest('hex')), bytes };
}

const OWN = 'Sourcebook';

/** Of a PDF that went out as pictures, the text comes in: the passages are on its words. */
const withoutPictures = (filed: QdaFiled): QdaFiled =>
  filed.source.description === REDACTED_PDF && filed.text !== null ? { ...filed, original: null } : filed;

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
      id: source.guid,
      name: source.name ?? source.guid,
      selections: source.selections.length,
      asText: file !== null,
    });
  if (file === null) ledger.left.add('Sources', MISSING);
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
