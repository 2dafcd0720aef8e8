import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { CallArgs } from '../../../shared/contract/index.ts';
import type { ExchangeLedger } from '../../../shared/contract/exchange.ts';
import { Fault } from '../../../shared/errors.ts';
import { storeFault } from '../../../shared/file-faults.ts';
import { INCOMING_ENDINGS, type IncomingFormat, incomingFormatOf } from '../../../shared/model/exchange-formats.ts';
import { assertNamed } from '../../db/index.ts';
import type { CommitHash } from '../../../shared/model/index.ts';
import type { Edit } from '../../db/types.ts';
import { isBlind } from '../../project/blind-copy.ts';
import type { ReadContext, WriteContext } from '../../project/context.ts';
import type { AddedFiles, AddFiles } from '../../project/sources/added-files.ts';

/** A file to be read, and by what name people know it. */
export interface ForeignFile {
  readonly path: string;
  readonly name: string;
}

/** What a person said of the file before it comes in. */
type Said = Pick<CallArgs<'exchange.import'>, 'answers' | 'files'>;

/** `format`: what the file is, where its name could be that of several formats. */
export type Found = Omit<ExchangeLedger, 'format' | 'name' | 'questions'> &
  Partial<Pick<ExchangeLedger, 'questions'>> & { readonly format?: IncomingFormat };
type Phase = 'reading' | 'sources' | 'placing' | 'writing' | 'done';

/** What an importer works with. It commits nothing itself. */
export interface FileImport {
  readonly context: WriteContext;
  readonly file: ForeignFile;
  readonly said: Said;
  /** An empty folder inside the project’s cache, removed afterwards. */
  readonly folder: string;
  readonly signal: AbortSignal;
  tell(phase: Phase, done: number, total: number): void;
  /** Throws CANCELLED if the person has stopped it. */
  goOn(): void;
  /** Reads and stores files as sources. Their edits are committed with the importer’s own. */
  addFiles(paths: readonly string[]): Promise<AddedFiles>;
}

/** A preview writes nothing, not even into the cache: the project may be read-only. */
export type FilePreview = Omit<FileImport, 'addFiles' | 'folder' | 'context'> & { readonly context: ReadContext };

/** Reads one format. */
export interface Importer {
  /** What is in the file and what would become of it. */
  preview(importing: FilePreview): Promise<Found>;
  /** What becomes of it, and the edits that do it, without those of the files added. */
  read(importing: FileImport): Promise<{ readonly found: Found; readonly edits: readonly Edit[] }>;
}
export type Importers = { readonly [F in IncomingFormat]: Importer };

const cancelled = (): Fault => new Fault('CANCELLED', 'Stopped. Nothing was imported.');

/** See `exchange.preview`. */
export async function previewFile(
  context: WriteContext,
  input: CallArgs<'exchange.preview'>,
  importers: Importers,
): Promise<ExchangeLedger> {
  const { format, file } = fileOf(input);
  return watched(context, file, input, async (importing) => {
    const found = await importers[format].preview(importing);
    return { format, name: file.name, questions: [], ...found };
  });
}

/** See `exchange.import`. */
export async function importFile(
  context: WriteContext,
  input: CallArgs<'exchange.import'>,
  importers: Importers,
  addFiles: AddFiles,
): Promise<ExchangeLedger> {
  const { format, file } = fileOf(input);
  if (context.project.readOnly)
    throw new Fault('PROJECT_READ_ONLY', 'This project is read-only, so nothing can be imported.');
  assertNamed(context.person);
  if (isBlind(context))
    throw new Fault(
      'NOT_ALLOWED',
      'In a copy for blind coding nothing is imported from other programs: it could hold the work of others.',
    );
  return watched(context, file, input, async (importing) => {
    const folder = temporaryFolder(context);
    const added: AddedFiles[] = [];
    let isKept = false;
    try {
      const { found, edits } = await importers[format].read({
        ...importing,
        context,
        folder,
        addFiles: async (paths) => {
          const files = await addFiles(context, paths, {
            signal: importing.signal,
            onProgress: (done) => importing.tell('sources', done, paths.length),
          });
          added.push(files);
          return files;
        },
      });
      importing.goOn();
      importing.tell('writing', 0, 0);
      commitAll(context, `Import ${file.name}`, lastOf([...added.flatMap((files) => [...files.edits]), ...edits]));
      isKept = true;
      importing.tell('done', 1, 1);
      return { format, name: file.name, questions: [], ...found };
    } finally {
      for (const files of added) files.end(isKept);
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

function fileOf({ path, name = basename(path) }: Pick<CallArgs<'exchange.preview'>, 'path' | 'name'>): {
  readonly format: IncomingFormat;
  readonly file: ForeignFile;
} {
  const format = incomingFormatOf(name);
  if (format === null)
    throw new Fault(
      'UNSUPPORTED',
      `Can’t import “${name}”: files of other programs end in ${INCOMING_ENDINGS.join(', ')}. Documents are added as sources.`,
      { name },
    );
  return { format, file: { path, name } };
}

/** Each field once, with what was said last: an importer may know more of a source than its file says. */
function lastOf(edits: readonly Edit[]): Edit[] {
  const last = new Map<string, Edit>();
  for (const edit of edits) last.set(`${edit.entity} ${edit.id} ${edit.field}`, edit);
  return [...last.values()];
}

/** The most changes of one commit. More make several, which are undone together. */
const MOST = 500_000;

function commitAll({ db }: WriteContext, label: string, edits: readonly Edit[]): void {
  let first: CommitHash | null = null;
  for (let at = 0; at < edits.length; at += MOST) {
    const committed = db.commit(label, edits.slice(at, at + MOST), first);
    first ??= committed?.hash ?? null;
  }
}

async function watched<T>(
  context: WriteContext,
  file: ForeignFile,
  { answers, files }: Said,
  work: (importing: FilePreview) => Promise<T>,
): Promise<T> {
  try {
    return await work({
      context,
      file,
      said: { answers, files },
      signal: context.signal,
      tell: (phase, done, total) => context.emit('exchange.progress', { phase, done, total }),
      goOn: () => {
        if (context.interrupted()) throw cancelled();
      },
    });
  } catch (thrown) {
    if (thrown instanceof Fault && thrown.data.code === 'CANCELLED') throw cancelled();
    throw thrown;
  }
}

/**
 * In the project’s cache, where its other copies of sources are: nothing is in the system’s temporary folder. One that a killed import
 * left is removed; the project’s lock and the host see to it that no other import runs.
 */
function temporaryFolder({ project }: WriteContext): string {
  const all = join(project.folder, 'cache', 'exchange');
  try {
    rmSync(all, { recursive: true, force: true });
    mkdirSync(all, { recursive: true });
    return mkdtempSync(join(all, 'in-'));
  } catch (thrown) {
    throw storeFault(thrown);
  }
}
