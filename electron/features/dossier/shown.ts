import { toErrorData } from '../../../shared/errors.ts';
import { type Area, type LayerId, layerId, sha256 } from '../../../shared/model/index.ts';
import { query } from '../../db/types.ts';
import type { ShownPassage } from '../../formats/dossier/blocks.ts';
import { inLanguage, run } from '../../formats/dossier/blocks.ts';
import type { ShownOf } from '../../formats/dossier/content.ts';
import type { Dossier, Exhibit } from '../../formats/dossier/model.ts';
import { PICTURE_WORDS } from '../../formats/dossier/words.ts';
import type { ReadContext } from '../../project/context.ts';
import { openLayer } from '../../project/sources/layers.ts';

/** UTF-16 code units around a passage that is shown as text. */
const AROUND = 240;
/** Pages of one passage that are drawn. */
const MOST_PAGES = 3;
/** Pictures that are drawn ahead, so that both workers are busy. */
const AHEAD = 4;

interface Row {
  readonly layer: string | null;
  readonly content: string | null;
}
const fileOfPassage = query<{ passage: string }, Row>(
  'dossier.file',
  `SELECT p.onLayer AS layer, s.content FROM p_passage p JOIN p_source s ON s.id = p.source WHERE p.id = $passage`,
);

/** Shows the passages of a dossier, asked for in order: the next ones are drawn meanwhile. */
export function showing(context: ReadContext, dossier: Dossier, signal?: AbortSignal): ShownOf {
  const begun = new Map<number, Promise<ShownPassage>>();
  const begin = (number: number): Promise<ShownPassage> | null => {
    const known = begun.get(number);
    const exhibit = dossier.exhibits[number - 1];
    if (known !== undefined || exhibit === undefined) return known ?? null;
    const drawing = shownPassage(context, dossier, exhibit, signal);
    // Asked for later, or never, if something else fails before.
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

/** One exhibit alone. */
export const showingOne =
  (context: ReadContext, dossier: Dossier): ShownOf =>
  async (number) => {
    const exhibit = dossier.exhibits[number - 1];
    if (exhibit === undefined) return { pictures: [], words: null, says: 'There is no such exhibit' };
    return shownPassage(context, dossier, exhibit);
  };

async function shownPassage(
  context: ReadContext,
  dossier: Dossier,
  exhibit: Exhibit,
  signal?: AbortSignal,
): Promise<ShownPassage> {
  const document = dossier.documents.find(({ id }) => id === exhibit.document);
  if (exhibit.picture === 'page' && document !== undefined) {
    const row = context.db.get(fileOfPassage, { passage: exhibit.passage.id });
    const content = sha256.safeParse(row?.content).data;
    const original = sha256.safeParse(document.sha256).data;
    const path =
      content !== undefined
        ? context.files.layerPath(content)
        : original === undefined
          ? null
          : context.files.originalPath(original);
    if (path === null) return asWords(context, exhibit, document.language, 'Its original isn’t in the project');
    try {
      const parts = partsOf(exhibit);
      const drawn = await context.pool.run(
        'pdfPictures',
        { path, passwords: [], parts },
        signal === undefined ? {} : { signal },
      );
      if (!drawn.ok) return asWords(context, exhibit, document.language, drawn.error.message);
      const left = new Set(exhibit.place.boxes.map(({ page }) => page)).size - parts.length;
      return {
        pictures: drawn.value.map(({ png, width, height, page, pages }) => ({
          png,
          width,
          height,
          alt: `Page ${page} of ${pages} of the document, with the passage of exhibit ${exhibit.number} outlined.`,
        })),
        words: null,
        says: `${PICTURE_WORDS.page}${left > 0 ? `; it goes on on ${left} more pages, which are not drawn` : ''}`,
      };
    } catch (thrown) {
      const { code, message } = toErrorData(thrown);
      if (code === 'CANCELLED' || signal?.aborted === true) throw thrown;
      return asWords(context, exhibit, document.language, message);
    }
  }
  return asWords(context, exhibit, document?.language ?? null, null);
}

function partsOf({ place }: Exhibit) {
  const byPage = Map.groupBy(place.boxes, ({ page }) => page);
  return [...byPage].slice(0, MOST_PAGES).map(([page, boxes]) => ({
    page,
    boxes: boxes.map(({ box: [left, bottom, right, top] }): Area => [left, bottom, right, top]),
  }));
}

/** The words with what stands around them. `why`: why it is no picture, where it should be one. */
function asWords(context: ReadContext, exhibit: Exhibit, language: string | null, why: string | null): ShownPassage {
  const says =
    why === null
      ? PICTURE_WORDS.words
      : `${PICTURE_WORDS.words}. No picture could be drawn: ${why.replace(/\.$/u, '')}`;
  const { start, end, exact, prefix, suffix } = exhibit.place;
  if (start === null || end === null || exact === null) {
    const area = 'The exhibit is an area of a picture, which is not drawn here; see the original';
    return {
      pictures: [],
      words: [run('An area of a picture', 'soft')],
      says: why === null ? area : `${area}. ${why.replace(/\.$/u, '')}`,
    };
  }
  const text = textOf(context, exhibit.passage.id);
  const before = text === null ? (prefix ?? '') : text.slice(Math.max(0, start - AROUND), start);
  const after = text === null ? (suffix ?? '') : text.slice(end, end + AROUND);
  return {
    pictures: [],
    words: [
      inLanguage(`…${before.toWellFormed()}`, language),
      inLanguage(exact, language, 'mark'),
      inLanguage(`${after.toWellFormed()}…`, language),
    ],
    says,
  };
}

/** Null if its layer can’t be read: what the passage itself kept of the text around it is shown then. */
function textOf(context: ReadContext, passage: string): string | null {
  const id: LayerId | undefined = layerId.safeParse(context.db.get(fileOfPassage, { passage })?.layer).data;
  try {
    return id === undefined ? null : openLayer(context, id).file.text();
  } catch (thrown) {
    if (toErrorData(thrown).code === 'INTERNAL') throw thrown;
    return null;
  }
}
