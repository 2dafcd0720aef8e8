import { z } from 'zod';
import {
  categoryId,
  dimensionId,
  layerId,
  memoId,
  passageId,
  personId,
  recordId,
  sha256,
  sourceId,
  valueId,
} from './ids.ts';
import { shownState, translation } from './review.ts';

export const sourceKind = z.enum(['pdf', 'page', 'text', 'image']);
/** pdf: a PDF. page: a saved web page, frozen. text: plain text. image: PNG, JPEG or WebP. */
export type SourceKind = z.infer<typeof sourceKind>;

/** The four dates a source can have, in the order they are shown. */
export const DATE_FIELDS = ['dateOfAct', 'dateOfDocument', 'dateOfPublication', 'dateOfCapture'] as const;
export type DateField = (typeof DATE_FIELDS)[number];

/** An EDTF date (ISO 8601-2 level 0 and 1); `implied`: inferred, not printed in the source. */
export const edtfDate = z.object({ edtf: z.string().min(1).max(80), implied: z.boolean() });
export type EdtfDate = z.infer<typeof edtfDate>;

export const SOURCE_GRADES = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
export const sourceGrade = z.enum(SOURCE_GRADES);

/** Where and how a source was captured. `null` is a gap: shown as one, never guessed. */
export const captureRecord = z.object({
  url: z.string().max(4096).nullable(),
  /** ISO 8601 with zone. */
  time: z.string().max(64).nullable(),
  tool: z.string().max(400).nullable(),
  collector: z.string().max(400).nullable(),
  method: z.string().max(400).nullable(),
  archiveLink: z.string().max(4096).nullable(),
});
export type CaptureRecord = z.infer<typeof captureRecord>;
export const CAPTURE_PARTS = captureRecord.keyof().options;

export const ARCHIVE_FORMATS = ['warc', 'wacz'] as const;
/** Whether an archive's own digests match its bytes: all, some not, or there are none. */
export const digestState = z.enum(['held', 'wrong', 'none']);
/** The signature of a WACZ (its `datapackage-digest.json`), as far as it can be checked offline. */
export const archiveSignature = z.object({
  state: z.enum(['valid', 'invalid', 'unchecked']),
  /** Who signed: the certificate's name or the public key's fingerprint. */
  by: z.string().max(400).nullable(),
  /** ISO 8601, as signed. */
  at: z.string().max(64).nullable(),
  /** A sentence: what was checked, or why it could not be. */
  note: z.string().max(1000),
});
export type ArchiveSignature = z.infer<typeof archiveSignature>;

/** Which page of which archive a source is. The original is the archive's file; its SHA-256 is the source's `sha256`. */
export const archivePage = z.object({
  format: z.enum(ARCHIVE_FORMATS),
  /** The page's address as the archive records it. */
  url: z.string().max(8192),
  /** WARC-Date of its record, as written there; null where it has none. */
  time: z.string().max(64).nullable(),
  /** The digest of this page's own record. */
  digest: digestState,
  /** All of the archive's records that have a digest. */
  digests: digestState,
  signature: archiveSignature.nullable(),
});
export type ArchivePage = z.infer<typeof archivePage>;

/** One step of a redirect: the address requested and the status returned. */
export const redirect = z.object({ url: z.string().max(8192), status: z.number().int().nullable() });
export type Redirect = z.infer<typeof redirect>;

/** A file that belongs to an original, such as an image in a saved page's folder. It is also stored in `originals/`. */
export const originalPart = z.object({
  /** Relative to the original, `/` between folders: `report_files/logo.png`. */
  path: z.string().max(2000),
  sha256,
  bytes: z.number().int().nonnegative(),
});
export type OriginalPart = z.infer<typeof originalPart>;

/** The details of a source that people fill in. Everything else about it comes from its bytes and cannot be edited. */
export const sourceRecord = z.object({
  title: z.string().max(2000).nullable(),
  author: z.string().max(1000).nullable(),
  publisher: z.string().max(1000).nullable(),
  /** BCP 47. */
  language: z.string().max(35).nullable(),
  /** A value code of the dimension `doctype`. */
  documentType: z.string().max(60).nullable(),
  /** Dimension `srcrel`, A-F: no default, and never without a reason. */
  grade: sourceGrade.nullable(),
  gradeReason: z.string().max(4000).nullable(),
  capture: captureRecord,
  dateOfAct: edtfDate.nullable(),
  dateOfDocument: edtfDate.nullable(),
  dateOfPublication: edtfDate.nullable(),
  dateOfCapture: edtfDate.nullable(),
});
export type SourceRecord = z.infer<typeof sourceRecord>;
export const RECORD_PARTS = sourceRecord.keyof().options;
/** The most characters that a text detail of a source takes. */
export const lengthLimit = (detail: z.ZodNullable<z.ZodString>): number => detail.unwrap().maxLength ?? Infinity;

/** The missing details a source can have, by name; computed, see shared/model/gaps.ts. */
export const GAPS = [
  'title',
  'author',
  'publisher',
  'language',
  'documentType',
  'grade',
  'address',
  'captureTime',
  'tool',
  'collector',
  'archiveLink',
  'dateOfAct',
  'dateOfDocument',
  'dateOfPublication',
  'dateOfCapture',
] as const;
export const gap = z.enum(GAPS);
export type Gap = z.infer<typeof gap>;

export const source = sourceRecord.extend({
  id: sourceId,
  kind: sourceKind,
  /** The file's name as received, shown for a source without a title. */
  fileName: z.string(),
  sha256,
  /** Bytes of the original. */
  bytes: z.number().int(),
  /** Pages of the current layer; 1 for text and pages without pagination. */
  pages: z.number().int(),
  /** Epoch milliseconds of the commit that added it. */
  addedAt: z.number(),
  passages: z.number().int(),
  gaps: z.array(gap),
  /** Which details were filled in from the file itself, and from what: `{title: "PDF Info dictionary"}`. */
  prefilled: z.record(z.string(), z.string()),
  /** The current text layer, or null if none could be made. */
  layer: layerId.nullable(),
  hasText: z.boolean(),
  /** Pages: the layer (engine `picture`) with the screenshot taken at import, on which areas can be highlighted. */
  picture: layerId.nullable(),
  /** For a page of an archive, the archive; null for a file that is the source itself. */
  archive: archivePage.nullable(),
  /** Other originals that belong to it: a saved page's folder. */
  parts: z.array(originalPart),
  /** What is shown if that is not the original itself: a PDF or image extracted from an archive; stored in `layers/`. */
  content: sha256.nullable(),
  /** HTTP status of the capture, and the redirects that led to it, in order; empty if there were none or they are unknown. */
  status: z.number().int().nullable(),
  redirects: z.array(redirect),
  /** The older source that a person said this one is a newer version of. */
  replaces: sourceId.nullable(),
  deleted: z.boolean(),
});
export type Source = z.infer<typeof source>;

/** `image`: an image that is a source itself. `picture`: the screenshot of a frozen page. Both have one page without text. */
export const ENGINES = ['pdfium', 'pdfjs', 'frozen-page', 'plain-text', 'image', 'picture', 'docx'] as const;
export const layerEngine = z.enum(ENGINES);
export type LayerEngine = z.infer<typeof layerEngine>;

/**
 * One page of a layer. Sizes are PDF points before rotation; of images, pixels. Frozen pages and plain text have one page of
 * size 0.
 */
export const layerPage = z.object({
  /** From 1. */
  page: z.number().int(),
  /** The page's place in the layer's whole text, UTF-16 code units. */
  start: z.number().int(),
  end: z.number().int(),
  /** Crop box, PDF user space: left, bottom, right, top. */
  box: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  /** 0, 90, 180 or 270, clockwise. */
  rotation: z.number().int(),
  /** This page could not be read; the rest could. */
  failed: z.boolean(),
});
export type LayerPage = z.infer<typeof layerPage>;

export const layer = z.object({
  id: layerId,
  source: sourceId,
  engine: layerEngine,
  /** The engine's version and the version of our own rules, as one text: `2.15.1+1`. */
  version: z.string(),
  /** SHA-256 of the stored layer file. */
  sha256,
  /** SHA-256 of the frozen page it was made from, if any. */
  frozen: sha256.nullable(),
  /** UTF-16 code units in total. */
  length: z.number().int(),
  hasText: z.boolean(),
  pages: z.array(layerPage),
  /** Remarks for the reader: "styles were not at hand", "page 3 could not be read". */
  notes: z.array(z.string()),
  /** The encoding a person set for it; null if it was detected. */
  charset: z.string().nullable(),
});
export type Layer = z.infer<typeof layer>;

/** A quadrilateral in PDF user space (points, y up): x1 y1 … x4 y4, counter-clockwise from the lower start corner. */
export const quad = z.tuple([
  z.number(),
  z.number(),
  z.number(),
  z.number(),
  z.number(),
  z.number(),
  z.number(),
  z.number(),
]);
export type Quad = z.infer<typeof quad>;
/** left, bottom, right, top in PDF user space (points, y up). */
export const area = z.tuple([z.number(), z.number(), z.number(), z.number()]);
export type Area = z.infer<typeof area>;

/**
 * Where a passage is: W3C TextQuoteSelector and TextPositionSelector, plus page and geometry. One value, set and merged as a
 * whole, so that no merge can combine one person's start with another's end.
 */
export const textAnchor = z.object({
  kind: z.literal('text'),
  /** UTF-16 code units in the layer's whole text, end exclusive. */
  start: z.number().int().nonnegative(),
  end: z.number().int().positive(),
  exact: z.string().min(1),
  prefix: z.string(),
  suffix: z.string(),
  /** Page of `start`, from 1. */
  page: z.number().int().positive(),
  /** Per page, for a reader without Sourcebook; empty if the layer has no geometry. */
  quads: z.array(z.object({ page: z.number().int().positive(), quads: z.array(quad) })),
  /** The layer it is on, if that is not the one the passage was made on: it was moved to a newer one. */
  layer: layerId.exactOptional(),
});
export const areaAnchor = z.object({
  kind: z.literal('area'),
  page: z.number().int().positive(),
  area,
  layer: layerId.exactOptional(),
});
export const anchor = z.discriminatedUnion('kind', [textAnchor, areaAnchor]);
export type TextAnchor = z.infer<typeof textAnchor>;
export type AreaAnchor = z.infer<typeof areaAnchor>;
export type Anchor = z.infer<typeof anchor>;

export const tag = z.object({ category: categoryId, person: personId, at: z.number() });
export type Tag = z.infer<typeof tag>;
export const setting = z.object({ dimension: dimensionId, value: valueId, person: personId });
export const memo = z.object({ id: memoId, text: z.string(), person: personId, at: z.number() });
export type Memo = z.infer<typeof memo>;

export const passage = z.object({
  id: passageId,
  source: sourceId,
  /** The layer its anchor is on. */
  layer: layerId,
  anchor,
  /** The passage of an older version that it was carried over from. */
  origin: passageId.nullable(),
  person: personId,
  createdAt: z.number(),
  tags: z.array(tag),
  settings: z.array(setting),
  memos: z.array(memo),
  /** Its review state. */
  state: shownState,
  translations: z.array(translation),
  /** Comments on it. */
  comments: z.number().int(),
  deleted: z.boolean(),
});
export type Passage = z.infer<typeof passage>;

/** A category's term in the source's language, and where the codebook's author found it. */
export const term = z.object({ term: z.string(), origin: z.string() });
/** The colour of a category that has none, or an invalid one: a log from elsewhere may contain anything. */
/** `#RRGGBB` */
export const hexColour = z.string().regex(/^#[0-9A-Fa-f]{6}$/);
export const NO_COLOUR = '#55606B';
export const category = z.object({
  id: categoryId,
  /** The codebook's own id, `LND.RIGHTS`: unique in a project, and how people and scripts refer to it. */
  code: z.string(),
  parent: categoryId.nullable(),
  name: z.string(),
  definition: z.string(),
  include: z.string(),
  exclude: z.string(),
  termsZh: z.array(term),
  termsEn: z.array(term),
  colour: hexColour.catch(NO_COLOUR),
  position: z.number(),
  /** A letter A-Z: Shift and that letter add the tag. null: none. */
  shortcut: z.string().nullable(),
  archived: z.boolean(),
  /** The category it was merged into, which has its tags now; it is archived. */
  mergedInto: categoryId.nullable(),
  deleted: z.boolean(),
  /** Passages tagged with it by anyone, not counting its subcategories. */
  passages: z.number().int(),
  /** Passages tagged with it or a subcategory, each counted once. */
  deepPassages: z.number().int(),
});
export type Category = z.infer<typeof category>;

export const dimensionValue = z.object({
  id: valueId,
  code: z.string(),
  label: z.string(),
  note: z.string(),
  /** Other names (Chinese, Uyghur, aliases), for finding it. */
  names: z.array(z.string()),
  parent: valueId.nullable(),
});
export const dimension = z.object({
  id: dimensionId,
  code: z.string(),
  name: z.string(),
  /** Whether a passage has one value at most. */
  single: z.boolean(),
  /** `doctype` and `srcrel` belong to sources, all others to passages. */
  on: z.enum(['source', 'passage']),
  note: z.string(),
  values: z.array(dimensionValue),
});
export type Dimension = z.infer<typeof dimension>;
export type DimensionValue = z.infer<typeof dimensionValue>;

export const person = z.object({ id: personId, name: z.string(), fingerprint: z.string() });
export type Person = z.infer<typeof person>;

/** What memos belong to. */
export const memoTarget = z.object({ kind: z.enum(['passage', 'category', 'source', 'project']), id: recordId });
export type MemoTarget = z.infer<typeof memoTarget>;
