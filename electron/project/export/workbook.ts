import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { Fault } from '../../../shared/errors.ts';
import { exportFault } from '../../../shared/file-faults.ts';
import type { XlsxCell } from '../../formats/xlsx/cells.ts';
import { assertFits, type XlsxColumn } from '../../formats/xlsx/write.ts';
import type { WriteContext } from '../context.ts';
import { Masking } from '../masks/masking.ts';
import { projectTitles } from '../project-titles.ts';
import { besideOf, goOn, tell } from './partial-file.ts';

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

/** Characters written at once. */
const PIECE = 1 << 18;

/**
 * Writes the rows of a workbook beside `path` at once, so that they are one state of the project and memory does not grow with the
 * table. `most`: no more rows than this. TOO_LARGE; NOT_FOUND, NOT_ALLOWED, DISK_FULL.
 */
export function rowsForWorkbook(path: string, rows: Iterable<readonly XlsxCell[]>, most: number): WorkbookRows {
  assertFits(most);
  const file = `${besideOf(path)}.rows`;
  try {
    return { file, count: spool(file, rows) };
  } catch (thrown) {
    rmSync(file, { force: true });
    throw exportFault(thrown);
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
      // A project’s title and a query can have masked words, too.
      about: [...inProject(context), ...about, ['Rows', count] as const].map(
        ([name, value]) => [name, typeof value === 'string' ? free(value) : value] as const,
      ),
      rows: count,
    };
    await context.pool.run(
      'xlsx',
      { from: file, to: part, table },
      { signal, onProgress: ({ page }) => tell(context, 'writing', page ?? 0, count) },
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

/** One row a line, as JSON. Returns how many. */
function spool(to: string, rows: Iterable<readonly XlsxCell[]>): number {
  const file = openSync(to, 'wx', 0o600);
  try {
    let [count, waiting] = [0, ''];
    for (const row of rows) {
      waiting += `${JSON.stringify(row)}\n`;
      count += 1;
      if (waiting.length < PIECE) continue;
      writeFileSync(file, waiting);
      waiting = '';
    }
    writeFileSync(file, waiting);
    return count;
  } finally {
    closeSync(file);
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
