import { fail, ok, type Result } from '../../../shared/errors.ts';
import { boxOf, type PageCharacters, readCharacters, restoreLigatures } from './characters.ts';
import type { ByteSource } from './byte-source.ts';
import type { PagePlace } from './document.ts';
import { brightness, differing, draw, type Drawing, hasShapes, type Shown, shownBox } from './drawing.ts';
import { buildPage } from './page-builder.ts';
import { type Pdfium, withMemory } from './pdfium.ts';
import { withDocument } from './pdfium-text.ts';

/**
 * Whether the words of a PDF’s text can be seen: their page is drawn with and without them. Words whose removal changes nothing can't be seen,
 * for whatever reason: invisible ink, the colour of the background, something on top, a layer that is switched off. In a scan the text is
 * invisible on purpose, over the picture of its words: so if a picture or drawn shapes are under words, they are not reported.
 */

/** A span of a page’s text, UTF-16 code units. */
export interface PageSpan {
  readonly start: number;
  readonly end: number;
}

/** A part of a page’s text (page from 0), and the words that the layer has there. */
export interface PagePart extends PageSpan {
  readonly page: number;
  readonly words: string;
}

/** How far a pixel’s brightness must change to be noticed, of 255. */
const CONTRAST = 12;
/** How much brightness must vary for a drawing to have shapes; the noise of a picture varies less. */
const SHAPES = 20;
/** Letters smaller than this on the page can’t be read, points. */
const READABLE = 1.5;
/** The most objects drawn over each other that are checked one by one. */
const MOST_ALONE = 100;
const MOST_OBJECTS = 100_000;
/** The most levels of forms in forms: deeper than any real page. */
const DEEPEST = 12;
const TEXT = 1;
const FORM = 5;
const INVISIBLE: ReadonlySet<number> = new Set([3, 7]);

/**
 * The spans of each part whose words can’t be seen. NOT_FOUND if PDFium reads other words there, since another version of it made the layer.
 * Throws as reading does.
 */
export function hiddenSpans(
  pdfium: Pdfium,
  source: ByteSource,
  passwords: readonly string[],
  parts: readonly PagePart[],
): Result<PageSpan[][]> {
  return withDocument(pdfium, source, passwords, (document) => {
    const found = parts.map((part) =>
      document.withPage(part.page, (page, place) => hiddenOn(pdfium, page, place, part)),
    );
    return found.includes(null)
      ? fail('NOT_FOUND', 'The text of this page is read differently now, so its words can’t be looked for.')
      : ok(found.filter((spans) => spans !== null));
  });
}

function hiddenOn(pdfium: Pdfium, page: number, place: PagePlace, part: PagePart): PageSpan[] | null {
  const all = readCharacters(pdfium, page);
  if (all === null) return null;
  restoreLigatures(all);
  const { text, characters } = buildPage(all, place.box);
  if (text.slice(part.start, part.end) !== part.words) return null;
  return joined(new PageLook(pdfium, page, all, place).hidden(wordsOf(all, characters, text, part, place)));
}

/** Letters of one text object that stand together: a word, or one Chinese character. */
interface Word extends PageSpan {
  readonly object: number;
  readonly characters: readonly number[];
  readonly boxes: readonly Shown[];
  /** All of its boxes together. */
  readonly extent: Shown;
}

const LETTER = /[\p{L}\p{N}]/u;
const ALONE = /\p{Script=Han}/u;

function wordsOf(
  all: PageCharacters,
  characters: Int32Array,
  text: string,
  { start, end }: PageSpan,
  place: PagePlace,
): Word[] {
  return openWords(all, characters, text, { start, end }, place).map((word) => ({
    ...word,
    extent: extentOf(word.boxes),
  }));
}

function openWords(
  all: PageCharacters,
  characters: Int32Array,
  text: string,
  { start, end }: PageSpan,
  place: PagePlace,
): Omit<Word, 'extent'>[] {
  const words: { start: number; end: number; object: number; characters: number[]; boxes: Shown[] }[] = [];
  let isOpen = false;
  for (let unit = start; unit < end; unit++) {
    const index = characters[unit] ?? -1;
    const sign = String.fromCodePoint(text.codePointAt(unit) ?? 0);
    const last = words.at(-1);
    if (index >= 0 && last?.characters.at(-1) === index) last.end = unit + 1;
    else if (index < 0 || !LETTER.test(sign)) isOpen = false;
    else {
      const object = all.object[index] ?? 0;
      const box = shownBox(boxOf(all, index), place);
      if (isOpen && last !== undefined && last.object === object && !ALONE.test(sign)) {
        last.end = unit + 1;
        last.characters.push(index);
        last.boxes.push(box);
      } else words.push({ start: unit, end: unit + 1, object, characters: [index], boxes: [box] });
      isOpen = !ALONE.test(sign);
    }
  }
  return words;
}

/** Joins hidden neighbours into one span, with the characters between them. */
function joined(words: readonly PageSpan[]): PageSpan[] {
  const spans: { start: number; end: number }[] = [];
  for (const { start, end } of words) {
    const last = spans.at(-1);
    if (last !== undefined && start - last.end <= 1) last.end = end;
    else spans.push({ start, end });
  }
  return spans;
}

class PageLook {
  private readonly pdfium: Pdfium;
  private readonly page: number;
  private readonly all: PageCharacters;
  private readonly place: PagePlace;
  private readonly texts: readonly number[];

  constructor(pdfium: Pdfium, page: number, all: PageCharacters, place: PagePlace) {
    this.pdfium = pdfium;
    this.page = page;
    this.all = all;
    this.place = place;
    this.texts = textObjects(pdfium, page);
  }

  hidden(words: readonly Word[]): Word[] {
    if (words.length === 0) return [];
    const { texts } = this;
    const area = this.areaOf(words);
    const objects = [...new Set(words.map(({ object }) => object))];
    const shown = draw(this.pdfium, this.page, area);
    const without = this.drawWithout(area, objects);
    const bare = this.drawWithout(area, texts);
    const alone = new Map(this.overlapping(words).map((object) => [object, this.drawAlone(words, object)]));
    return words.filter((word) => {
      if (isTiny(word)) return true;
      if (!this.isDrawnByFont(word.object)) return this.isHiddenByItself(word, bare);
      const [before, after] = alone.get(word.object) ?? [shown, without];
      if (isSeen(before, after, word)) return false;
      if (this.isDrawnAgain(word, shown, area, objects)) return false;
      return !hasShapes(bare, middleOf(word), SHAPES);
    });
  }

  /** The part of the page that contains all these words, with a small margin. */
  private areaOf(words: readonly Word[]): Shown {
    const [left, bottom, right, top] = this.place.box;
    const isTurned = this.place.rotation % 180 !== 0;
    const [width, height] = isTurned ? [top - bottom, right - left] : [right - left, top - bottom];
    const extent = extentOf(words.map((word) => word.extent));
    const x0 = Math.max(0, extent[0] - 2);
    const y0 = Math.max(0, extent[1] - 2);
    return [
      x0,
      y0,
      Math.max(x0 + 1, Math.min(width, extent[2] + 2)),
      Math.max(y0 + 1, Math.min(height, extent[3] + 2)),
    ];
  }

  /** Draws the part with one object’s words twice: with that object and without it. */
  private drawAlone(words: readonly Word[], object: number): readonly [Drawing, Drawing] {
    const area = this.areaOf(words.filter((word) => word.object === object));
    return [draw(this.pdfium, this.page, area), this.drawWithout(area, [object])];
  }

  private drawWithout(area: Shown, objects: readonly number[]): Drawing {
    const { raw } = this.pdfium;
    for (const object of objects) raw.FPDFPageObj_SetIsActive(object, 0);
    try {
      return draw(this.pdfium, this.page, area);
    } finally {
      for (const object of objects) raw.FPDFPageObj_SetIsActive(object, 1);
    }
  }

  /** Objects whose words lie over words of another object: what is seen there may be the other one. */
  private overlapping(words: readonly Word[]): number[] {
    const found = new Set<number>();
    for (const one of words) {
      if (found.size >= MOST_ALONE) break;
      if (words.some((other) => other.object !== one.object && meet(one.extent, other.extent) && overlap(one, other)))
        found.add(one.object);
    }
    return [...found];
  }

  /**
   * Whether a word is still seen although its object is removed, because a second object draws it again. Bold letters are sometimes drawn
   * twice, a hair’s breadth apart; PDFium gives their text once, and the second object has the same extent and no text, or the same text.
   */
  private isDrawnAgain(word: Word, shown: Drawing, area: Shown, objects: readonly number[]): boolean {
    const own = boundsOf(this.pdfium, word.object);
    const again = this.texts.filter((other) => {
      if (other === word.object) return false;
      const bounds = boundsOf(this.pdfium, other);
      return bounds.every((edge, at) => Math.abs(edge - (own[at] ?? 0)) <= READABLE) && !this.hasOtherText(other);
    });
    if (again.length === 0) return false;
    return isSeen(shown, this.drawWithout(area, [...objects, ...again]), word);
  }

  private hasOtherText(object: number): boolean {
    return this.all.object.includes(object);
  }

  /**
   * Whether PDFium can draw the letters. It has no Chinese or Arabic font of its own: if the file has none either, it draws nothing, while a
   * viewer would use a font of the system.
   */
  private isDrawnByFont(object: number): boolean {
    const { raw } = this.pdfium;
    const font = raw.FPDFTextObj_GetFont(object);
    return font === 0 || raw.FPDFFont_GetIsEmbedded(font) !== 0 || this.isLatin(object);
  }

  private isLatin(object: number): boolean {
    const { all } = this;
    for (let index = 0; index < all.count; index++)
      if (all.object[index] === object && (all.code[index] ?? 0) > 0x24f) return false;
    return true;
  }

  /**
   * For a word that can’t be drawn: whether the file says that it is hidden, with invisible ink, full transparency, or the background's
   * colour.
   */
  private isHiddenByItself(word: Word, bare: Drawing): boolean {
    const { raw } = this.pdfium;
    const middle = middleOf(word);
    if (hasShapes(bare, middle, SHAPES)) return false;
    if (INVISIBLE.has(raw.FPDFTextObj_GetTextRenderMode(word.object))) return true;
    return withMemory(this.pdfium, 16, (at) => {
      if (raw.FPDFPageObj_GetFillColor(word.object, at, at + 4, at + 8, at + 12) === 0) return false;
      const view = new DataView(this.pdfium.bytes().buffer, at, 16);
      const [red, green, blue, alpha] = [0, 4, 8, 12].map((place) => view.getUint32(place, true));
      const grey = ((blue ?? 0) * 29 + (green ?? 0) * 150 + (red ?? 0) * 77) >> 8;
      return alpha === 0 || Math.abs(grey - brightness(bare, middle)) < CONTRAST;
    });
  }
}

const isSeen = (shown: Drawing, without: Drawing, { boxes }: Word): boolean =>
  boxes.some((box) => differing(shown, without, boxes.length === 1 ? inner(box) : box, CONTRAST) > 0);

/** The box of a letter without its edges, which neighbours reach over. */
function inner([left, top, right, bottom]: Shown): Shown {
  const side = (right - left) * 0.15;
  return [left + side, top, right - side, bottom];
}

const extentOf = (boxes: readonly Shown[]): Shown =>
  boxes.reduce((all, box) => [
    Math.min(all[0], box[0]),
    Math.min(all[1], box[1]),
    Math.max(all[2], box[2]),
    Math.max(all[3], box[3]),
  ]);

/** The middle of a word's box, without a rule or the next line at its upper and lower edges. */
function middleOf({ extent: [left, top, right, bottom] }: Word): Shown {
  const edge = (bottom - top) * 0.15;
  return [left, top + edge, right, bottom - edge];
}

const meet = (a: Shown, b: Shown): boolean => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

const isTiny = ({ boxes }: Word): boolean =>
  boxes.every(([left, top, right, bottom]) => Math.max(right - left, bottom - top) < READABLE);

/** Whether a third of a letter of one lies on a letter of the other. */
const overlap = (one: Word, other: Word): boolean =>
  one.boxes.some((a) =>
    other.boxes.some((b) => {
      const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
      const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
      return width > 0 && height > 0 && width * height > ((a[2] - a[0]) * (a[3] - a[1])) / 3;
    }),
  );

/** All text objects of a page, also those in forms. */
function textObjects({ raw }: Pdfium, page: number): number[] {
  const texts: number[] = [];
  let seen = 0;
  const add = (object: number, deep: number): void => {
    if (++seen > MOST_OBJECTS) return;
    const type = raw.FPDFPageObj_GetType(object);
    if (type === TEXT) texts.push(object);
    else if (type === FORM && deep < DEEPEST) {
      const count = raw.FPDFFormObj_CountObjects(object);
      for (let at = 0; at < count; at++) add(raw.FPDFFormObj_GetObject(object, at), deep + 1);
    }
  };
  const count = raw.FPDFPage_CountObjects(page);
  for (let at = 0; at < count; at++) add(raw.FPDFPage_GetObject(page, at), 0);
  return texts;
}

function boundsOf(pdfium: Pdfium, object: number): readonly number[] {
  return withMemory(pdfium, 16, (at) => {
    pdfium.raw.FPDFPageObj_GetBounds(object, at, at + 4, at + 8, at + 12);
    return Array.from(pdfium.floats().subarray(at >> 2, (at >> 2) + 4));
  });
}
