import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RowOf } from '../../../shared/changes/fields.ts';
import { sha256 } from '../../../shared/model/index.ts';
import type { ReadContext, WriteContext } from '../../project/context.ts';
import { goOn } from '../../project/export/partial-file.ts';
import { exportWorkplace } from '../../project/export/project-file.ts';
import type { Masking } from '../../project/masks/masking.ts';

type SourceRow = RowOf<'source'>;

/** The masked PDFs of which pictures without what is masked can be made: whose masks all have a place on a page, and whose bytes are here. */
export function redactable(
  { files }: ReadContext,
  rows: readonly SourceRow[],
  masking: Masking,
): ReadonlyMap<string, null> {
  return new Map(
    rows.flatMap((row) => {
      if (row.kind !== 'pdf' || masking.of(row.id).length === 0 || bytesOf({ files }, row) === null) return [];
      const { areas, isComplete } = masking.areasOf(row.id);
      return isComplete && areas.length > 0 ? [[row.id, null] as const] : [];
    }),
  );
}

/**
 * Makes those pictures, and calls `work` with where they are; they are removed afterwards. A PDF that can’t be drawn is not among them,
 * so that its text goes out alone.
 */
export async function withRedacted<T>(
  context: WriteContext,
  rows: readonly SourceRow[],
  { masking, redacted }: { readonly masking: Masking; readonly redacted: ReadonlyMap<string, null | string> },
  work: (made: ReadonlyMap<string, string>) => Promise<T>,
): Promise<T> {
  if (redacted.size === 0) return work(new Map());
  const { folder, remove } = exportWorkplace(context.project);
  const place = mkdtempSync(join(folder, 'redacted-'));
  const { signal } = context;
  try {
    const made = new Map<string, string>();
    for (const row of rows) {
      const path = redacted.has(row.id) ? bytesOf(context, row) : null;
      if (path === null) continue;
      goOn(context);
      const to = join(place, `${row.id}.pdf`);
      const masks = masking.areasOf(row.id).areas.map(({ page, area }) => ({ page, areas: [area] }));
      const drawn = await context.pool.run('redactPdf', { path, to, masks, passwords: [] }, { signal });
      if (drawn.ok) made.set(row.id, to);
    }
    return await work(made);
  } finally {
    rmSync(place, { recursive: true, force: true });
    remove();
  }
}

/**
 * The path of a source’s bytes as they are shown: taken out of an archive, or the original. Null if they are missing, or are stored compressed
 * (where that is smaller, as PDFs and images are not).
 */
export function bytesOf({ files }: Pick<ReadContext, 'files'>, row: SourceRow): string | null {
  const content = sha256.safeParse(row.content).data;
  if (content !== undefined && files.hasLayer(content)) {
    const path = files.layerPath(content);
    return path.endsWith('.zst') ? null : path;
  }
  const original = sha256.safeParse(row.sha256).data;
  return original !== undefined && files.hasOriginal(original) ? files.originalPath(original) : null;
}
