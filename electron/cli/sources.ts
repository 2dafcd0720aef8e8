import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { z } from 'zod';
import type { Collection } from '../../shared/contract/collections.ts';
import type { CallInput } from '../../shared/contract/index.ts';
import {
  recordPatch,
  type ArchiveFacts,
  type ImportItem,
  type ImportReport,
  type RecordPatch,
} from '../../shared/contract/sources.ts';
import { Fault, toErrorData } from '../../shared/errors.ts';
import { captureRecord, sourceRecord } from '../../shared/model/index.ts';
import type { Engine } from '../engine/engine.ts';
import { createPool } from '../workers/pool.ts';
import { collectionsNamed } from './collections.ts';
import { type Answer, pageNumber, several, type Register } from './command.ts';
import { findSource } from './find.ts';
import { textOfFile } from './file-text.ts';
import { projectFolder, withProject, type Caller } from './open.ts';
import { columns, oneLine, withoutIsolates } from './terminal.ts';

interface AddOptions {
  readonly password: readonly string[];
  readonly record?: string;
  readonly page: readonly string[];
  readonly allPages?: true;
}

/** `add <project> <path>...`: exit 1 if a file couldn't be imported. */
const add = (caller: Caller, project: string, paths: string[], options: AddOptions): Promise<Answer> => {
  const record = recordOf(options.record);
  const passwords = [...options.password];
  const pages = options.page.map(withoutIsolates);
  const allPages = options.allPages ?? false;
  if (allPages && pages.length > 0) throw new Fault('USAGE', 'Use either --page or --all-pages, not both.');
  return withProject(caller, project, async (engine) => {
    const report = await runImport(engine, { paths, passwords, record, pages, allPages });
    const failed = report.items.filter((item) => item.status === 'failed').length;
    return {
      json: {
        items: report.items.map(({ path, page, status, source, error }) => ({
          path,
          ...(page === null ? {} : { page }),
          status,
          source,
          error,
        })),
      },
      lines: columns(
        report.items.map((item) => [
          item.status,
          item.source ?? '-',
          oneLine(nameOf(item)),
          oneLine(item.error?.message ?? ''),
        ]),
      ),
      remarks: [
        ...report.items.flatMap((item) => item.notes.map((note) => `${oneLine(nameOf(item))}: ${oneLine(note)}`)),
        ...(report.cancelled ? ['Stopped. Sources already added stay in the project.'] : []),
      ],
      exit: failed > 0 || report.cancelled ? 1 : 0,
    };
  });
};

/** The name of a file, or of a page in it. */
const nameOf = ({ path, page }: ImportItem): string => (page === null ? path : `${path} ${page}`);

/** Imports until done or interrupted (Ctrl+C): then what was added stays. */
async function runImport(engine: Engine, input: Omit<CallInput<'import.run'>, 'job'>): Promise<ImportReport> {
  const job = randomUUID();
  const stop = (): void =>
    void engine.call('import.cancel', { job }).catch((thrown: unknown) => {
      // NOT_FOUND: it hasn't started yet, or has just ended.
      if (toErrorData(thrown).code !== 'NOT_FOUND') throw thrown;
    });
  engine.onEvent(({ event, payload }) => {
    if (event === 'import.progress' && process.stderr.isTTY)
      process.stderr.write(`\r${payload.done} of ${payload.total}${payload.walking ? ' or more' : ''} `);
  });
  process.once('SIGINT', stop);
  try {
    return await engine.call('import.run', { job, ...input });
  } finally {
    process.off('SIGINT', stop);
  }
}

/** `--record`: some details of the sources. A misspelt field is an error: it must not be ignored in silence. */
function recordOf(text: string | undefined): RecordPatch {
  if (text === undefined) return {};
  const parsed = recordPatch.safeParse(jsonOf(text));
  if (!parsed.success) throw badRecord(problemOf(parsed.error));
  assertKnown(jsonOf(text), Object.keys(sourceRecord.shape));
  if (parsed.data.capture !== undefined) assertKnown(captureOf(text), Object.keys(captureRecord.shape));
  return parsed.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRecord('not valid JSON');
  }
}
const captureOf = (text: string): unknown => {
  const record = jsonOf(text);
  return typeof record === 'object' && record !== null && 'capture' in record ? record.capture : {};
};

function assertKnown(value: unknown, known: readonly string[]): void {
  const unknown = Object.keys(typeof value === 'object' && value !== null ? value : {}).find(
    (key) => !known.includes(key),
  );
  if (unknown !== undefined) throw badRecord(`unknown field “${unknown}”; use ${known.join(', ')}`);
}

const problemOf = (error: z.ZodError): string => {
  const [issue] = error.issues;
  return issue === undefined ? 'not a set of fields' : `${issue.path.join('.') || 'the record'}: ${issue.message}`;
};
const badRecord = (why: string): Fault => new Fault('USAGE', `Can’t use --record: ${why}.`);

/** `sources <project>`; with `--collection`, only its sources. */
const list = (caller: Caller, project: string, collection: string | undefined): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const { collections } = await engine.call('collections.list', {});
    const wanted = collection === undefined ? null : sourcesIn(collections, collection);
    const { sources } = await engine.call('sources.list', {});
    const found = sources
      .filter(({ id }) => wanted?.has(id) ?? true)
      .map((one) => ({
        id: one.id,
        title: one.title ?? one.fileName,
        kind: one.kind,
        pages: one.pages,
        sha256: one.sha256,
        bytes: one.bytes,
        gaps: one.gaps,
        collections: collections.filter((group) => group.sources.includes(one.id)).map(({ name }) => name),
        // Only for a page of an archive, whose original is the archive's file.
        ...(one.archive === null ? {} : { archive: one.archive }),
      }));
    const lines = found.map((one) => [one.id, one.kind, `${one.pages} p.`, oneLine(one.title, 120)]);
    return { json: { sources: found }, lines: columns(lines) };
  });

/** NOT_FOUND. */
const sourcesIn = (collections: readonly Collection[], name: string): ReadonlySet<string> =>
  new Set(collectionsNamed(collections, name).flatMap(({ sources }) => sources));

/** `text <project> <source>`: without `--json`, prints the text exactly, so that offsets into it are right. */
const text = (caller: Caller, project: string, source: string, page: number | undefined): Promise<Answer> =>
  withProject(caller, project, async (engine) => {
    const { layer } = await engine.call('sources.get', { id: await findSource(engine, source) });
    if (layer === null)
      throw new Fault('NOT_FOUND', 'This source has no text layer. Highlight areas of its pages instead.', { source });
    const { id, engine: by, version } = await engine.call('layers.get', { id: layer });
    const printed = await engine.call('layers.text', page === undefined ? { id } : { id, page });
    return { json: { text: printed.text, layer: { id, engine: by, version } }, bare: printed.text };
  });

/** `text <file>`: the text of a file in no project, as `figures`, `relations` and `draft` read it, so that their offsets are into it. */
async function textAlone(target: string, page: number | undefined): Promise<Answer> {
  if (statSync(projectFolder(target), { throwIfNoEntry: false })?.isDirectory() === true)
    throw new Fault('USAGE', 'Say which source’s text to print. Sources are listed by `sources`.');
  if (page !== undefined) throw new Fault('USAGE', 'Pages are printed of a source. Leave out --page.');
  const pool = createPool({ size: 1 });
  try {
    const { text: printed, engine, notes } = await textOfFile(pool, target);
    return {
      json: { text: printed, layer: { id: null, engine }, notes },
      bare: printed,
      remarks: notes.map((note) => oneLine(note)),
    };
  } finally {
    await pool.close();
  }
}

/** `pages <archive>`: {pages:[{url,title,time,status,bytes}]}, in the order of the archive. Needs no project. */
async function pages(given: string): Promise<Answer> {
  // Read in a worker, which a hostile archive can only crash or hang alone. The index is temporary.
  const folder = mkdtempSync(join(tmpdir(), 'sourcebook-pages-'));
  const pool = createPool({ size: 1 });
  try {
    const read = await pool.run('archive', { path: resolve(given), index: join(folder, 'index') });
    if (!read.ok) throw new Fault(read.error.code, read.error.message, read.error.context);
    const found = read.value.pages.map(({ url, title, time, status, bytes }) => ({ url, title, time, status, bytes }));
    return {
      json: { pages: found },
      lines: columns(
        found.map((one) => [
          one.time ?? '-',
          String(one.status ?? '-'),
          String(one.bytes),
          oneLine(one.url, 200),
          oneLine(one.title ?? '', 120),
        ]),
      ),
      remarks: [
        ...remarksOn(read.value.archive),
        ...(found.length === 0 ? ['This archive has no page, PDF, image or text to import.'] : []),
      ],
    };
  } finally {
    await pool.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function remarksOn({ digests, signature, notes }: ArchiveFacts): string[] {
  return [
    ...notes.map((note) => oneLine(note)),
    ...(digests === 'none' ? ['This archive has no digests, so its bytes can’t be verified.'] : []),
    ...(signature === null
      ? []
      : [
          `Signature: ${signature.state}${signature.by === null ? '' : `, ${oneLine(signature.by)}`}. ${oneLine(signature.note)}`,
        ]),
  ];
}

/** Commands about sources. */
export const sourceCommands: Register = (program, run) => {
  program
    .command('add <project> <path...>')
    .description('add files and folders: PDF, saved pages (HTML with its folder, MHTML), WARC, WACZ, images, text')
    .option('--password <password>', 'password for protected files (repeatable)', several, [])
    .option('--page <url>', 'from an archive: every capture of this page address (repeatable)', several, [])
    .option('--all-pages', 'from an archive: all its pages')
    .option('--record <json>', 'details for each new source, as JSON')
    .action((project: string, paths: string[], options: AddOptions) => run((by) => add(by, project, paths, options)));
  program
    .command('sources <project>')
    .description('list sources')
    .option('--collection <name>', 'only the sources of this collection')
    .action((project: string, { collection }: { collection?: string }) => run((by) => list(by, project, collection)));
  program
    .command('text <target> [source]')
    .description('print the text of a project’s source, or of a file; offsets count its UTF-16 units')
    .option('--page <number>', 'only this page', pageNumber)
    .action((target: string, source: string | undefined, { page }: { page?: number }) =>
      run((by) => (source === undefined ? textAlone(target, page) : text(by, target, source, page))),
    );
  program
    .command('pages <archive>')
    .description('list the pages in a WARC or WACZ')
    .action((archive: string) => run(() => pages(archive)));
};
