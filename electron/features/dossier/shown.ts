import { type ErrorData, toErrorData } from '../../../shared/errors.ts';
import { type Area, layerId, sha256 } from '../../../shared/model/index.ts';
import { query } from '../../db/types.ts';
import type { ShownPassage } from '../../formats/dossier/blocks.ts';
import { inLanguage, run } from '../../formats/dossier/blocks.ts';
import type { ShownOf } from '../../formats/dossier/content.ts';
import type { Dossier, Exhibit } from '../../formats/dossier/model.ts';
import { PICTURE_WORDS } from '../../formats/dossier/words.ts';
import type { ReadContext } from '../../project/context.ts';
import type { Masking } from '../../project/masks/masking.ts';
import { openLayer } from '../../project/sources/layers.ts';

/** UTF-16 code units that are shown before and after a passage that is shown as text. */
const AROUND = 240;
/** At most this many pages of one passage are drawn. */
const MOST_PAGES = 3;
/** How many pictures are drawn ahead, to keep both workers busy. */
const AHEAD = 4;

interface Row {
  readonly layer: string | null;
  readonly content: string | null;
}
const fileOfPassage = query<{ passage: string }, Row>(
  'dossier.file',
  `SELECT p.onLayer AS layer, s.content FROM p_passage p JOIN p_source s ON s.id = p.source WHERE p.id = $passage`,
);

interface Showing {
  readonly context: ReadContext;
  readonly dossier: Dossier;
  readonly masking: Masking;
  /** Passwords of protected documents. They are only used to draw, and never stored. */
  readonly passwords: readonly string[];
}

/** Returns a function that shows an exhibit's passage. Exhibits must be asked for in order; the next ones are drawn meanwhile. */
export function showing(given: Showing, signal?: AbortSignal): ShownOf {
  const begun = new Map<number, Promise<ShownPassage>>();
  const begin = (number: number): Promise<ShownPassage> | null => {
    const known = begun.get(number);
    const exhibit = given.dossier.exhibits[number - 1];
    if (known !== undefined || exhibit === undefined) return known ?? null;
    const drawing = shownPassage(given, exhibit, signal);
    // A failure is handled when the exhibit is asked for, which never happens if something else fails before.
    drawing.catch(() => undefined);
    begun.set(number, drawing);
    return drawing;
  };
  return async (number) => {
    for (let next = number; next < number + AHEAD; next++) void begin(next);
    const shown = await begin(number);
    begun.delete(number);
    return shown ?? { pictures: [], words: null, says: 'There is no such exhibit' };
  };
}

/** Like `showing`, for a single exhibit: nothing is drawn ahead. */
export const showingOne =
  (given: Showing): ShownOf =>
  async (number) => {
    const exhibit = given.dossier.exhibits[number - 1];
    if (exhibit === undefined) return { pictures: [], words: null, says: 'There is no such exhibit' };
    return shownPassage(given, exhibit);
  };

async function shownPassage(showing: Showing, exhibit: Exhibit, signal?: AbortSignal): Promise<ShownPassage> {
  if (exhibit.picture === 'words') return asWords(showing, exhibit, null);
  try {
    return await asPicture(showing, exhibit, signal);
  } catch (thrown) {
    const { code, message } = toErrorData(thrown);
    if (code === 'CANCELLED' || code === 'INTERNAL' || signal?.aborted === true) throw thrown;
    return asWords(showing, exhibit, message);
  }
}

/** The reason why masks forbid showing an exhibit as a picture; null if they allow it. */
export function whyNotDrawn(
  masking: Masking,
  { document, picture }: Pick<Exhibit, 'document' | 'picture'>,
): string | null {
  const { areas, isComplete } = masking.areasOf(document);
  if (!isComplete) return 'masked words have no place on a page';
  // Areas of a mask on another screenshot have that screenshot's coordinates.
  return picture === 'screenshot' && areas.length > 0 ? 'something in its document is masked' : null;
}

/** Draws an exhibit without its masked parts. */
async function asPicture(showing: Showing, exhibit: Exhibit, signal?: AbortSignal): Promise<ShownPassage> {
  const { context, masking, passwords } = showing;
  const why = whyNotDrawn(masking, exhibit);
  if (why !== null) return asWords(showing, exhibit, why);
  const { areas } = masking.areasOf(exhibit.document);
  const file = fileOf(showing, exhibit);
  if (file === null) return asWords(showing, exhibit, 'its original isn’t known');
  const parts = partsOf(exhibit).map((part) => ({
    ...part,
    masks: areas.filter(({ page }) => page === part.page).map(({ area }) => area),
  }));
  const options = signal === undefined ? {} : { signal };
  const drawn =
    exhibit.picture === 'page'
      ? await context.pool.run('pdfPictures', { file, passwords, parts }, options)
      : await context.pool.run('imagePictures', { file, size: sizeOf(context, exhibit), parts }, options);
  if (!drawn.ok) return asWords(showing, exhibit, whyNot(drawn.error, passwords));
  const left = new Set(exhibit.place.boxes.map(({ page }) => page)).size - parts.length;
  const of = (page: number, pages: number): string =>
    exhibit.picture === 'page' ? `Page ${page} of ${pages} of the document` : 'Part of the image';
  return {
    pictures: drawn.value.map(({ png, width, height, page, pages }) => ({
      png,
      width,
      height,
      alt: `${of(page, pages)}, with the passage of exhibit ${exhibit.label} outlined.`,
    })),
    words: null,
    says: `${PICTURE_WORDS[exhibit.picture]}${left > 0 ? `; it goes on on ${left} more pages, which are not drawn` : ''}`,
  };
}

const whyNot = ({ code, message }: ErrorData, passwords: readonly string[]): string =>
  code === 'PASSWORD_NEEDED' && passwords.length === 0 ? 'its document is protected by a password' : message;

/** The file to draw from, as a path or as bytes: a screenshot, a file in a web archive, or the original. Null if unknown. */
function fileOf({ context, dossier }: Showing, { document, passage, picture }: Exhibit): string | Uint8Array | null {
  const { files } = context;
  const row = context.db.get(fileOfPassage, { passage: passage.id });
  if (picture === 'screenshot') {
    const [hash] = openLayer(context, layerId.parse(row?.layer)).file.resources;
    return hash === undefined ? null : files.readLayer(hash);
  }
  const content = sha256.safeParse(row?.content).data;
  if (content !== undefined) return files.readLayer(content);
  const original = sha256.safeParse(dossier.documents.find(({ id }) => id === document)?.sha256).data;
  return original === undefined ? null : files.originalPath(original);
}

/** The width and height of the coordinate system of an image's areas. */
function sizeOf(context: ReadContext, { passage }: Exhibit): readonly [number, number] {
  const { layer } = context.db.get(fileOfPassage, { passage: passage.id }) ?? { layer: null };
  const [left, bottom, right, top] = openLayer(context, layerId.parse(layer)).file.pages[0]?.box ?? [0, 0, 0, 0];
  return [right - left, top - bottom];
}

function partsOf({ place }: Exhibit) {
  const byPage = Map.groupBy(place.boxes, ({ page }) => page);
  return [...byPage].slice(0, MOST_PAGES).map(([page, boxes]) => ({
    page,
    boxes: boxes.map(({ box: [left, bottom, right, top] }): Area => [left, bottom, right, top]),
  }));
}

/** Shows an exhibit as words with their surroundings. `why`: why it could not be a picture; null if it was not meant to be one. */
function asWords({ context, dossier, masking }: Showing, exhibit: Exhibit, why: string | null): ShownPassage {
  const because = why === null ? '' : `. No picture could be drawn: ${why.replace(/\.$/u, '')}`;
  const { start, end, exact, prefix, suffix } = exhibit.place;
  if (start === null || end === null || exact === null) {
    const area = 'The exhibit is an area of a picture, which is not drawn here; see the original';
    return { pictures: [], words: [run('An area of a picture', 'soft')], says: area + because };
  }
  const language = dossier.documents.find(({ id }) => id === exhibit.document)?.language ?? null;
  const text = textOf(context, masking, exhibit);
  const before = text === null ? (prefix ?? '') : text.slice(Math.max(0, start - AROUND), start);
  const after = text === null ? (suffix ?? '') : text.slice(end, end + AROUND);
  return {
    pictures: [],
    words: [
      inLanguage(`…${masking.free(before.toWellFormed())}`, language),
      inLanguage(exact, language, 'mark'),
      inLanguage(`${masking.free(after.toWellFormed())}…`, language),
    ],
    says: PICTURE_WORDS.words + because,
  };
}

/** The masked text of a passage's layer. Null if the layer can’t be read: the surroundings stored in the passage are shown then. */
function textOf(context: ReadContext, masking: Masking, { passage, document }: Exhibit): string | null {
  const id = layerId.safeParse(context.db.get(fileOfPassage, { passage: passage.id })?.layer).data;
  try {
    return id === undefined ? null : masking.layerText(document, id, openLayer(context, id).file.text());
  } catch (thrown) {
    if (toErrorData(thrown).code === 'INTERNAL') throw thrown;
    return null;
  }
}
