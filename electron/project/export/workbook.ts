import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { Fault } from '../../../shared/errors.ts';
import { exportFault } from '../../../shared/file-faults.ts';
import type { XlsxCell } from '../../formats/xlsx/cells.ts';
import { assertFits, type XlsxColumn } from '../../formats/xlsx/write.ts';
import type { WriteContext } from '../context.ts';
import { Masking } from '../masks/masking.ts';
import { projectTitles } from '../project-titles.ts';
import { besideOf, goOn, inTurns, tell } from './partial-file.ts';

export interface Workbook {
  readonly columns: readonly XlsxColumn[];
  /** What the table is, beside its project and when it was made. */
  readonly about: readonly (readonly [name: string, value: XlsxCell])[];
  readonly rows: WorkbookRows;
}

/** Rows in a temporary file, one a line, as JSON. */
interface WorkbookRows {
  readonly file: string;
  readonly count: number;
}

/** Characters that are written at once. */
const PIECE = 1 << 18;
/** Progress is reported once in this many rows. */
const TOLD = 1000;

/**
 * Writes the rows of a workbook into a temporary file beside `path`, at once, so that they show one state of the project and memory does not
 * grow with the table. `most`: the most rows. TOO_LARGE; NOT_FOUND, NOT_ALLOWED, DISK_FULL.
 */
export function rowsForWorkbook(path: string, rows: Iterable<readonly XlsxCell[]>, most: number): WorkbookRows {
  assertFits(most);
  const spool = Spool.beside(path);
  try {
    for (const row of rows) spool.add(row);
    return spool.close();
  } catch (thrown) {
    throw spool.abandoned(thrown);
  }
}

/**
 * The same with pauses for other calls, for rows that show one state of the project however long writing takes. `total`: the number of
 * passages, for the progress. Faults as above, and CANCELLED.
 */
export async function spooledRows(
  context: WriteContext,
  path: string,
  rows: Iterable<readonly XlsxCell[]>,
  total: number,
): Promise<WorkbookRows> {
  const spool = Spool.beside(path);
  try {
    for await (const row of inTurns(context, rows)) {
      spool.add(row);
      if (spool.count % TOLD === 0) tell(context, 'collecting', spool.count, total);
    }
    assertFits(spool.count);
    return spool.close();
  } catch (thrown) {
    throw spool.abandoned(thrown);
  }
}

/**
 * Makes an Excel workbook of these rows in a worker. It is renamed when complete: if stopped or killed, a former file stays as it was.
 * Removes the file of the rows. NOT_FOUND, NOT_ALLOWED, DISK_FULL, CANCELLED.
 */
export async function writeWorkbook(
  context: WriteContext,
  path: string,
  { columns, about, rows: { file, count } }: Workbook,
): Promise<{ bytes: number; rows: number }> {
  const part = file.slice(0, -'.rows'.length);
  const { free } = new Masking(context);
  const { signal } = context;
  try {
    const table = {
      columns: columns.map(({ name, means, kind }) => ({ name, means, kind })),
      // A project’s title and a query may contain masked words, too.
      about: [...inProject(context), ...about, ['Rows', count] as const].map(
        ([name, value]) => [name, typeof value === 'string' ? free(value) : value] as const,
      ),
      rows: count,
    };
    await context.pool.run(
      'xlsx',
      { from: file, to: part, table },
      { signal, onProgress: ({ done }) => tell(context, 'writing', done ?? 0, count) },
    );
    goOn(context);
    sync(part);
    renameSync(part, path);
    tell(context, 'done', count, count);
    return { bytes: statSync(path).size, rows: count };
  } catch (thrown) {
    rmSync(part, { force: true });
    throw signal.aborted ? new Fault('CANCELLED', 'Stopped. No file was written.') : exportFault(thrown);
  } finally {
    rmSync(file, { force: true });
  }
}

const inProject = ({ db, project, now }: WriteContext) =>
  [
    ['Project', db.get(projectTitles, { id: project.id })?.title ?? ''],
    ['Made on', new Date(now()).toISOString()],
  ] as const;

/** A temporary file for rows: it is closed when complete, else abandoned. */
class Spool {
  count = 0;
  private readonly path: string;
  private readonly file: number;
  private waiting = '';

  private constructor(path: string) {
    this.path = path;
    this.file = openSync(path, 'wx', 0o600);
  }

  /** A file of rows beside this one. NOT_FOUND, NOT_ALLOWED, DISK_FULL. */
  static beside(path: string): Spool {
    try {
      return new Spool(`${besideOf(path)}.rows`);
    } catch (thrown) {
      throw exportFault(thrown);
    }
  }

  add(row: readonly XlsxCell[]): void {
    this.waiting += `${JSON.stringify(row)}\n`;
    this.count += 1;
    if (this.waiting.length >= PIECE) this.write();
  }
  /** The file, with all rows in it. */
  close(): WorkbookRows {
    this.write();
    closeSync(this.file);
    return { file: this.path, count: this.count };
  }
  /** Closes and removes the file after an error, and returns the fault to throw. */
  abandoned(thrown: unknown): unknown {
    closeSync(this.file);
    rmSync(this.path, { force: true });
    return exportFault(thrown);
  }
  private write(): void {
    writeFileSync(this.file, this.waiting);
    this.waiting = '';
  }
}

function sync(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
