import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import { type PassageId, type Sha256, sha256, type TextAnchor } from '../../../shared/model/index.ts';
import { query } from '../../db/types.ts';
import { perProject, type ReadContext } from '../../project/context.ts';
import { passageOf } from '../../project/passages/passages.ts';
import { openLayer } from '../../project/sources/layers.ts';

type Visibility = CallOutput<'passages.visibility'>;

/** Pictures on a page are unpacked to draw it, which can take long. */
const LIMITS = { timeoutMs: 20_000, totalMs: 40_000 };
/** Answers kept for each open project. */
const MOST_KEPT = 5000;

const fileOfSource = query<{ id: string }, { sha256: string | null; content: string | null }>(
  'passages.fileOfSource',
  `SELECT sha256, content FROM p_source WHERE id = $id`,
);

/** By place, so that a passage that was moved is looked at again. */
const keptIn = perProject((): Map<string, Promise<Visibility>> => new Map());

const UNCHECKED: Visibility = { checked: false, hidden: [] };

/** See `passages.visibility` in shared/contract/passages.ts. */
export function visibilityOf(context: ReadContext, id: PassageId): Promise<Visibility> {
  const { anchor, source, layer } = passageOf(context, id);
  if (anchor.kind !== 'text') return Promise.resolve(UNCHECKED);
  const kept = keptIn(context);
  const key = `${layer} ${anchor.start} ${anchor.end}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const looked = look(context, anchor, source, layer);
  kept.set(key, looked);
  // Our own defects are shown; the next request tries again.
  looked.catch(() => kept.delete(key));
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST_KEPT) break;
    kept.delete(oldest);
  }
  return looked;
}

async function look(
  context: ReadContext,
  anchor: TextAnchor,
  source: string,
  layer: Parameters<typeof openLayer>[1],
): Promise<Visibility> {
  const { file } = openLayer(context, layer);
  if (file.engine !== 'pdfium') return UNCHECKED;
  const text = file.text();
  // Each page’s part of the passage, as offsets in that page.
  const parts = file.pages.flatMap(({ start, end }, page) => {
    const from = Math.max(anchor.start, start);
    const to = Math.min(anchor.end, end);
    return from >= to ? [] : [{ page, at: start, start: from - start, end: to - start, words: text.slice(from, to) }];
  });
  const row = context.db.get(fileOfSource, { id: source });
  const original = sha256.safeParse(row?.sha256).data;
  if (original === undefined) return UNCHECKED;
  const content = sha256.safeParse(row?.content).data ?? null;
  return withFile(context, original, content, async (path) => {
    const found = await context.pool.run('pdfHidden', { path, passwords: [], parts }, LIMITS);
    if (!found.ok) return UNCHECKED;
    const hidden = found.value.flatMap((spans, part) => {
      const at = (parts[part]?.at ?? 0) - anchor.start;
      return spans.map(({ start, end }) => ({ start: start + at, end: end + at }));
    });
    return { checked: true, hidden };
  }).catch((thrown: unknown) => {
    // The file is missing, or too much for PDFium.
    if (thrown instanceof Fault && thrown.data.code !== 'INTERNAL') return UNCHECKED;
    throw thrown;
  });
}

/** A PDF of an archive is stored compressed: it is unpacked into a private folder for `work`. */
async function withFile<T>(
  { files }: ReadContext,
  original: Sha256,
  content: Sha256 | null,
  work: (path: string) => Promise<T>,
): Promise<T> {
  if (content === null) return work(files.originalPath(original));
  const folder = mkdtempSync(join(tmpdir(), 'sourcebook-'));
  try {
    const path = join(folder, 'content.pdf');
    writeFileSync(path, files.readLayer(content), { mode: 0o600 });
    return await work(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
