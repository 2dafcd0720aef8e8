import type { VerifyFailure } from '../../../shared/contract/project.ts';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { Fault, toErrorData } from '../../../shared/errors.ts';
import { type Sha256, sha256, type Source } from '../../../shared/model/index.ts';
import { STYLES_VERSION } from '../../../shared/model/layer-notes.ts';
import { counted } from '../../../shared/text/counted.ts';
import { type LayerFile, openLayerFile } from '../../../shared/text/layer-file.ts';
import { encodeGeometry } from '../../../shared/text/page-geometry.ts';
import type { Extracted } from '../../formats/extracted.ts';
import { textSha256 } from '../../formats/layer.ts';
import { perProject, type ReadContext } from '../../project/context.ts';
import { hashBytes } from '../../project/files/originals.ts';
import { charsetOf } from '../../project/sources/layers.ts';
import { type LayerRow, layersOf, listSources } from './queries.ts';
import { readWithContent } from './read-original.ts';
import { nameOf, toSource } from './source-rows.ts';

type Compared = CallOutput<'sources.compareOriginals'>;

/** Sources read at once; the pool has two workers. */
const AT_ONCE = 2;

const runningIn = perProject((): { controller: AbortController | null } => ({ controller: null }));

export const stopComparing = (context: Pick<ReadContext, 'project'>): void => runningIn(context).controller?.abort();

/** See `sources.compareOriginals` in shared/contract/sources.ts. */
export async function compareOriginals(context: ReadContext, passwords: readonly string[]): Promise<Compared> {
  const running = runningIn(context);
  if (running.controller !== null)
    throw new Fault('NOT_ALLOWED', 'Texts are being compared with their originals already. Wait until that is done.');
  const { signal } = (running.controller = new AbortController());
  try {
    const sources = context.db.all(listSources, { deleted: 1 }).flatMap((row) => toSource(row) ?? []);
    const found: Found[] = [];
    let [next, done] = [0, 0];
    const work = async (): Promise<void> => {
      for (let source = sources[next++]; source !== undefined; source = sources[next++]) {
        found.push(...(await compareSource(context, source, { passwords, signal })));
        if (signal.aborted) throw new Fault('CANCELLED', 'Stopped. Not every text was compared.');
        context.emit('verify.progress', { done: ++done, total: sources.length });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return reportOf(found);
  } finally {
    running.controller = null;
  }
}

/** What was found of one text layer: it is as its original (null), differs, or could not be compared. */
type Found =
  | { readonly is: 'same' }
  | { readonly is: 'different'; readonly failure: VerifyFailure }
  | { readonly is: 'older'; readonly version: string }
  | { readonly is: 'unread'; readonly why: string; readonly isLocked?: boolean };

function reportOf(found: readonly Found[]): Compared {
  const versions = Map.groupBy(
    found.flatMap((one) => (one.is === 'older' ? one.version : [])),
    (version) => version,
  );
  const failures = found.flatMap((one) => (one.is === 'different' ? one.failure : []));
  const unread = found.flatMap((one) => (one.is === 'unread' ? one.why : []));
  return {
    compared: found.filter(({ is }) => is === 'same' || is === 'different').length,
    otherVersion: found.filter(({ is }) => is === 'older').length,
    unread: unread.length,
    locked: found.filter((one) => one.is === 'unread' && one.isLocked === true).length,
    failures,
    remarks: [
      ...[...versions].map(
        ([version, all]) =>
          `${counted(all.length, 'text layer was', 'text layers were')} made by another version (${version}), and not compared.`,
      ),
      ...unread,
    ],
  };
}

async function compareSource(
  context: ReadContext,
  source: Source,
  { passwords, signal }: { readonly passwords: readonly string[]; readonly signal: AbortSignal },
): Promise<Found[]> {
  // A screenshot is drawn by a window, and can’t be drawn again here.
  const layers = context.db
    .all(layersOf, { source: source.id })
    .filter(({ engine, sha256: hash }) => engine !== 'picture' && hash !== null);
  const [first] = layers;
  if (first === undefined) return [];
  const unread = (why: string): Found[] => [{ is: 'unread', why: `“${nameOf(source)}” wasn’t compared: ${why}` }];
  if ((await context.files.hashOriginal(source.sha256)) !== source.sha256)
    return unread('its original is missing or damaged.');
  const found: Found[] = [];
  for (const [charset, some] of Map.groupBy(layers, ({ options }) => charsetOf(options))) {
    try {
      // What the project says an archive contains is read from the archive again, too.
      const options = { charset, passwords, signal };
      const { extraction, content } = await readWithContent(context, { ...source, content: null }, options);
      if (!extraction.ok) {
        const isLocked = extraction.error.code === 'PASSWORD_NEEDED' || extraction.error.code === 'PASSWORD_WRONG';
        if (isLocked)
          return [
            { is: 'unread', why: `“${nameOf(source)}” wasn’t compared: it is ${lockedBecause(passwords)}`, isLocked },
          ];
        return unread(extraction.error.message);
      }
      if (content !== null && source.content !== null && hashBytes(content) !== source.content)
        return [
          { is: 'different', failure: failure('content', source.content, source, 'isn’t what its archive has.') },
        ];
      for (const layer of some) found.push(await compareLayer(context, source, layer, extraction.value));
    } catch (thrown) {
      if (signal.aborted) return found;
      return unread(toErrorData(thrown).message);
    }
  }
  return found;
}

const lockedBecause = (passwords: readonly string[]): string =>
  `protected by a password, ${passwords.length === 0 ? 'which wasn’t given' : 'and no password that was given opens it'}.`;

const failure = (kind: VerifyFailure['kind'], id: string, source: Source, what: string): VerifyFailure => ({
  kind,
  id,
  message: `${kind === 'layer' ? 'The text layer' : 'The archive content'} of “${nameOf(source)}” ${what}`,
});

async function compareLayer(context: ReadContext, source: Source, row: LayerRow, read: Extracted): Promise<Found> {
  const hash = sha256.parse(row.sha256);
  const stored = openLayerFile(context.files.readLayer(hash));
  const isStyled = stored.version === `${read.version}${STYLES_VERSION}`;
  if (stored.engine !== read.engine || (stored.version !== read.version && !isStyled))
    return { is: 'older', version: `${stored.engine} ${stored.version}` };
  const fresh = openLayerFile(read.layerFile);
  const what = isStyled
    ? await problemOfStyled(context, stored, fresh, read)
    : (problemOfText(stored, fresh) ?? problemOfPage(stored, fresh));
  if (what === null) return { is: 'same' };
  // A slow machine gives up a page that another one reads.
  if ([stored, fresh].some(({ pages }) => pages.some(({ failed }) => failed)))
    return { is: 'unread', why: `“${nameOf(source)}” wasn’t compared: a page of it can’t be read.` };
  return { is: 'different', failure: failure('layer', hash, source, what) };
}

const OTHER_PAGE = 'belongs to another page than its original.';

function problemOfText(stored: LayerFile, fresh: LayerFile): string | null {
  if (textSha256(stored) !== textSha256(fresh)) return 'has words that aren’t in its original.';
  return geometryOf(stored) === geometryOf(fresh) ? null : 'has its words at other places than its original.';
}

type Page = Pick<LayerFile, 'frozen' | 'resources'>;
function problemOfPage(stored: Page, fresh: Page): string | null {
  if (stored.frozen !== fresh.frozen) return OTHER_PAGE;
  return stored.resources.join() === fresh.resources.join()
    ? null
    : 'has other images, fonts or styles than its original.';
}

/**
 * A window wrote what the page’s styles hide into the frozen page, and the text follows from that, which verifying checks: without
 * these marks it has to be the page that is frozen from the original now.
 */
async function problemOfStyled(
  { files, pool }: ReadContext,
  stored: LayerFile,
  fresh: LayerFile,
  read: Extracted,
): Promise<string | null> {
  if (stored.frozen === null || read.frozen === null) return OTHER_PAGE;
  const [before, now] = await Promise.all([
    pool.run('unstamped', { page: files.readLayer(stored.frozen) }),
    pool.run('unstamped', { page: read.frozen }),
  ]);
  return before === now
    ? problemOfPage({ frozen: null, resources: stored.resources }, { frozen: null, resources: fresh.resources })
    : OTHER_PAGE;
}

/** The size of each page, and where its letters are, as one hash. */
function geometryOf(file: LayerFile): Sha256 {
  const parts = file.pages.map(({ page, box, rotation }) => {
    const geometry = file.geometry(page);
    return `${JSON.stringify([page, box, rotation])} ${geometry === null ? '' : hashBytes(encodeGeometry(geometry))}`;
  });
  return hashBytes(new TextEncoder().encode(parts.join('\n')));
}
