import { Fault, toErrorData } from '../../../shared/errors.ts';
import { type LayerId, type Sha256, sha256 } from '../../../shared/model/index.ts';
import { query } from '../../db/types.ts';
import type { StoredPicture } from '../../workers/jobs.ts';
import { mayCost } from '../../formats/page/budget-pictures.ts';
import { perProject, type ReadContext } from '../context.ts';
import { openLayer } from './layers.ts';

const DO_NOT_RELY = 'Don’t rely on this view. Restore the layer from a copy of the project.';

/**
 * Whoever sends a project can replace a page and make every hash agree. So the page itself must be inert, and its text must be
 * that of its layer. There is one version of the text function so far; a second would have to be chosen here by layer. Returns
 * what is wrong as the rest of a sentence, or null.
 */
export const problemOfPage = async (
  pool: ReadContext['pool'],
  page: Uint8Array,
  layerText: string,
): Promise<string | null> => (await checkPage(pool, page, layerText, [])).problem;

interface CheckedPage {
  readonly problem: string | null;
  /** What is shown in place of the stored page, if anything, and whether something costly was left out: check-frozen.ts. */
  readonly shown?: string;
  readonly isCut?: true;
}

async function checkPage(
  pool: ReadContext['pool'],
  page: Uint8Array,
  layerText: string,
  pictures: readonly StoredPicture[],
): Promise<CheckedPage> {
  try {
    const { text, problems, ...shown } = await pool.run('frozen', { page, pictures });
    const [first] = problems;
    if (first !== undefined) return { problem: `isn’t inert: it contains ${first}. ${DO_NOT_RELY}` };
    return { problem: text === layerText ? null : `doesn’t match its text layer. ${DO_NOT_RELY}`, ...shown };
  } catch (thrown) {
    const { code, message } = toErrorData(thrown);
    if (code === 'CANCELLED') throw thrown;
    return { problem: `couldn’t be checked: ${message}` };
  }
}

const frozenOf = query<{ id: string }, { frozen: string | null }>(
  'layers.frozen',
  'SELECT frozen FROM p_layer WHERE id = $id',
);

/** Pages checked since the project was opened, by layer file and page. */
const checkedPages = perProject<ReadContext, Map<string, Promise<CheckedPage>>>(() => new Map());

/**
 * The frozen page of a layer, to be shown. A folder or a backup can hold a page that no import and no merge has checked, so each
 * is checked once before it is served: 0.25 to 0.6 s for a page of 1 MB with 30,000 elements, on a busy machine. Faults:
 * NOT_FOUND; DAMAGED for a page that isn't inert or doesn't say what its layer says.
 */
export async function checkedPage(
  context: ReadContext,
  id: LayerId,
): Promise<{ readonly sha256: Sha256 } & Pick<CheckedPage, 'shown' | 'isCut'>> {
  const { db, files, searchers } = context;
  const layer = openLayer(context, id);
  const hash = sha256.safeParse(db.get(frozenOf, { id })?.frozen).data;
  if (hash === undefined) throw new Fault('NOT_FOUND', 'Page not found.');
  if (layer.file.frozen !== hash) throw notShown('isn’t the one its text layer was made from', id);
  const checked = checkedPages(context);
  const key = `${layer.sha256} ${hash}`;
  // Not in the pool that reads files: while an import runs, a page would wait for it.
  const check =
    checked.get(key) ??
    checkPage(searchers, files.readLayer(hash), layer.file.text(), picturesIn(context, layer.file.resources));
  checked.set(key, check);
  try {
    const { problem, ...shown } = await check;
    if (problem === null) return { sha256: hash, ...shown };
    throw notShown(problem, id);
  } catch (thrown) {
    checked.delete(key);
    throw thrown;
  }
}

/** The images whose cost depends on what is in them. */
function picturesIn({ files }: ReadContext, resources: readonly Sha256[]): StoredPicture[] {
  return resources.flatMap((hash) => {
    const bytes = files.readLayer(hash);
    return mayCost(bytes) ? [{ hash, bytes }] : [];
  });
}

const notShown = (problem: string, id: LayerId): Fault =>
  new Fault('DAMAGED', `This page isn’t shown: its frozen copy ${problem.replace(/([^.])$/, '$1.')}`, { layer: id });
