import type { ForeignText, TextToRead } from '../formats/foreign/read.ts';
import type { FiguresOfText, FoundFigure } from '../../shared/contract/figure-readings.ts';
import type { FigureRow } from '../../shared/contract/figures-table.ts';
import type { TextContext } from '../../shared/places/decide.ts';
import type {
  CategoryId,
  ConversionRule,
  LayerEngine,
  PassageId,
  ReferenceValue,
  Sha256,
  Source,
  SourceId,
} from '../../shared/model/index.ts';
import type { QuoteChecked, QuoteToCheck, TextBefore } from '../../shared/anchoring/check-quotes.ts';
import type { Compared, ToFind } from '../../shared/anchoring/reanchor.ts';
import type { ComparedTexts } from '../../shared/copies/pairs.ts';
import type { Indexed, SearchHit, SearchScope } from '../../shared/contract/search.ts';
import type { QueryFault } from '../../shared/query/faults.ts';
import type { VerifyFailure } from '../../shared/contract/project.ts';
import type { ArchiveFacts, PageOfArchive, Suggestion } from '../../shared/contract/sources.ts';
import type { Added } from '../../shared/places/gazetteer.ts';
import type { PlacesOfSource, QuotesOfSource } from '../../shared/places/in-quotes.ts';
import { errorData, type Result } from '../../shared/errors.ts';
import type { EncryptFor, Secrets } from '../formats/age/index.ts';
import type { ArchivedContent } from '../formats/archive/index.ts';
import type { Extraction } from '../formats/extracted.ts';
import type { BagOfFiles } from '../formats/bag/encrypted.ts';
import type { BagSummary } from '../formats/bag/write.ts';
import type { FrozenCheck, StoredPicture } from '../formats/page/check-frozen.ts';
import type { PdfPart } from '../formats/pdf/part.ts';
import type { PagePart, PageSpan } from '../formats/pdf/visible.ts';
import type { Annotated, PdfMark } from '../formats/pdf/annotate.ts';
import type { PdfAnnotations } from '../formats/pdf/annotations.ts';
import type { PassageOnPage, PassagePicture } from '../formats/pdf/passage-picture.ts';
import type { PageMask, Redacted } from '../formats/pdf/redact.ts';
import type { PdfSignatures } from '../formats/pdf/signatures.ts';
import type { PageRange } from '../formats/pdf/pdfium-text.ts';
import type { QdaFileRead, QdaToRead } from '../formats/qda/file.ts';
import type { XlsxTable } from '../formats/xlsx/write.ts';
import type { TermsOf } from '../../shared/suggest/find-terms.ts';
import type { Stretch } from '../../shared/text/blocks.ts';
import type { LearnedSummary } from '../../shared/contract/suggestions.ts';
import type { LearnedFound } from '../../shared/suggest/learned-finder.ts';
import type { DraftRead, DraftToRead } from './draft-job.ts';
import { z } from 'zod';

export type { StoredPicture } from '../formats/page/check-frozen.ts';
export type { Extracted, Extraction } from '../formats/extracted.ts';

interface PdfInput {
  readonly path: string;
  readonly passwords: readonly string[];
  readonly watch?: PdfJobWatch;
}

/** See PdfWatch, formats/pdf. */
export interface PdfJobWatch {
  readonly skip: readonly number[];
  readonly onlyPdfium: boolean;
  /** Shared memory: the page being read. */
  readonly current: Int32Array;
}

interface PageInput {
  readonly path: string;
  /** The file's name, for messages and to find its folder: `path` is the stored original, named by its hash. */
  readonly fileName: string;
  /** The encoding a person set; null: it is detected. */
  readonly charset: string | null;
  /** Files of its folder: the path relative to the page (`report_files/logo.png`), and the file on disk. */
  readonly parts: readonly { readonly path: string; readonly file: string }[];
}

interface StylesInput {
  readonly frozen: Uint8Array;
  readonly layerFile: Uint8Array;
  /** One for each element, as in `pageStyles.done`. */
  readonly styles: readonly string[];
  readonly browser: string;
}

/** A project and its search index. */
export interface SearchPlace {
  readonly folder: string;
  /** The index's file. */
  readonly cache: string;
  /** The project's folder isn't writable, or the project is open read-only. */
  readonly readOnly: boolean;
}
export interface SearchFilters {
  readonly categories: readonly string[];
  readonly people: readonly string[];
  readonly sources: readonly string[];
}
/**
 * What matches a condition of a query. For a condition on places: the places that it names, which are found in texts as words are. Ids with a
 * space between, since a long list takes long to hand over.
 */
export interface SearchCondition {
  readonly field: string;
  readonly of: 'sources' | 'passages' | 'places';
  readonly ids: string;
  /** The records that a condition on passages names. */
  readonly named: string;
}
export interface SearchQuery extends SearchFilters {
  readonly query: string;
  /** Of each condition of the query, from left to right. */
  readonly conditions: readonly SearchCondition[];
  /** The codes of the codebook’s dimensions, which are fields of the query. */
  readonly dimensions: readonly string[];
  readonly in: readonly SearchScope[];
  readonly limit: number;
  readonly perSource: number | null;
  readonly after: string | null;
  /** Counts all matches, however long that takes. */
  readonly whole: boolean;
  /** Whether matches in tables of contents are listed. */
  readonly contents: boolean;
  /** Of texts alone: whether matches have to lie within a passage, or outside of all. */
  readonly passages: 'any' | 'within' | 'outside';
}
/** How many texts were read for names of places, and how many are left. */
export interface PlacesRead {
  readonly read: number;
  readonly left: number;
}
interface InSource {
  readonly source: SourceId | null;
  readonly total: number;
}
export interface SearchFound {
  readonly total: number;
  readonly complete: boolean;
  readonly sources: readonly InSource[];
  readonly unlisted: readonly InSource[];
  readonly contents: number;
  readonly hits: readonly SearchHit[];
  readonly next: string | null;
  /** What is wrong with the query. */
  readonly faults: readonly QueryFault[];
  /** The query in words. */
  readonly reading: string;
}

/** Text layers of one project, to find copies among; `cache`: the folder that keeps what was found, null for none. */
export interface CopiesInput {
  readonly folder: string;
  readonly cache: string | null;
  readonly layers: readonly Sha256[];
}
export interface CopiesFound {
  readonly at: number;
  readonly layers: readonly Sha256[];
  /** Layers that can't be read. */
  readonly unread: readonly Sha256[];
  /** Pairs that were compared in full, also those that are no copies. */
  readonly pairs: readonly (ComparedTexts & { readonly one: Sha256; readonly other: Sha256 })[];
}
export interface SidesInput {
  readonly folder: string;
  readonly one: Sha256;
  readonly other: Sha256;
}
/** A text cut into pieces, and whether the other text contains each. */
export interface CopySide {
  readonly pieces: readonly { readonly isShared: boolean; readonly start: number; readonly text: string }[];
  /** Whether the text is longer than the part given here. */
  readonly isCut: boolean;
}

export type LayerSuggestion = Omit<Suggestion, 'source'>;

/** The sources that have tags, in the order of their ids, each with its text and its tagged places. */
export interface TagsToLearn {
  /** The project's folder. */
  readonly folder: string;
  /** Where what is learned is written. */
  readonly to: string;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly sources: readonly {
    readonly source: SourceId;
    readonly layer: Sha256;
    readonly tags: readonly (Stretch & { readonly category: CategoryId; readonly passage: PassageId })[];
  }[];
}

/** A project file that is merged. */
export interface FileToCompare {
  /** The file, decrypted. */
  readonly file: string;
  /** Its database, unpacked. */
  readonly database: string;
  /** A folder for temporary files, which does not exist yet; the caller removes it. */
  readonly folder: string;
  /** The folder of the project it is merged into, which has most of its layers. */
  readonly project: string;
}

export interface TermsToCount {
  /** The project's folder. */
  readonly folder: string;
  /** The file that keeps what was counted. It can be deleted at any time. */
  readonly kept: string;
  readonly terms: readonly TermsOf[];
  /** The text layer of each source. */
  readonly layers: readonly Sha256[];
}
export interface TermsCounted {
  /** The terms that were found, by their folded form. */
  readonly terms: readonly { readonly folded: string; readonly places: number; readonly sources: number }[];
  readonly failed: number;
}

/** A text whose figures are read. */
export interface FiguresToRead {
  readonly from: { readonly folder: string; readonly layer: Sha256 } | { readonly text: string };
  readonly engine: LayerEngine;
  readonly language: 'en' | 'zh' | null;
  /** What the team added to the gazetteer, and what is known of the source. */
  readonly added: Added;
  readonly context: TextContext;
  /** The rules for conversions that people of the project entered. */
  readonly conversions: readonly ConversionRule[];
  /** Reference values that figures are compared with; their places include all places in them. */
  readonly references: readonly ReferenceValue[];
}

/** A text whose figures are read, and the stretches of it that are asked for. */
export interface SpansToRead extends Pick<FiguresToRead, 'engine' | 'added' | 'context'> {
  readonly folder: string;
  readonly layer: Sha256;
  readonly spans: readonly (readonly [start: number, end: number])[];
  /** Places of cards for which the words beside them are wanted. */
  readonly cards: readonly (readonly [start: number, end: number])[];
}
type RowWords = 'start' | 'end' | 'text' | 'page' | 'before' | 'after';
type RowReadings = 'value' | 'low' | 'high' | 'unit' | 'qualifier' | 'kind' | 'period' | 'place' | 'isGuessed';
export interface FigureInSpan extends Pick<FigureRow, RowWords | RowReadings> {
  /** Why it has its interval, and what each reading rests on. */
  readonly reason: FoundFigure['interval']['reason'];
  readonly by: FoundFigure['source'];
}
export interface SpansRead {
  readonly figures: readonly FigureInSpan[];
  readonly cards: readonly Pick<FigureRow, 'start' | 'end' | 'before' | 'after'>[];
  /** Whether the text has more figures than are listed. */
  readonly more: boolean;
}

export interface Jobs {
  readonly pdf: { input: PdfInput; output: Extraction };
  /** For long PDFs, which several workers read at once: see read-pdf.ts. */
  readonly pdfPages: { input: PdfInput; output: Result<number> };
  readonly pdfPart: { input: PdfInput & { readonly range: PageRange }; output: Result<PdfPart> };
  /** The spans of the text of some pages whose words can’t be seen there, for each part: see formats/pdf/visible.ts. */
  readonly pdfHidden: {
    input: Omit<PdfInput, 'watch'> & { readonly parts: readonly PagePart[] };
    output: Result<readonly (readonly PageSpan[])[]>;
  };
  /** The highlights and notes that people made in a PDF. */
  readonly pdfAnnotations: { input: Omit<PdfInput, 'watch'>; output: Result<PdfAnnotations> };
  /** The digital signatures of each PDF: see formats/pdf/signatures.ts. */
  readonly pdfSignatures: { input: { readonly paths: readonly string[] }; output: readonly PdfSignatures[] };
  /** A copy of a PDF with annotations, written to the file `to`: see formats/pdf/annotate.ts. */
  readonly annotatePdf: {
    input: { readonly path: string; readonly to: string; readonly marks: readonly PdfMark[] };
    output: Result<Annotated>;
  };
  /** Parts of pages with a passage outlined: see formats/pdf/passage-picture.ts. `file`: its path, or its bytes. */
  readonly pdfPictures: {
    input: {
      readonly file: string | Uint8Array;
      readonly passwords: readonly string[];
      readonly parts: readonly PassageOnPage[];
    };
    output: Result<readonly PassagePicture[]>;
  };
  /** The same for an image. `size`: of the page in which its areas count. */
  readonly imagePictures: {
    input: {
      readonly file: string | Uint8Array;
      readonly size: readonly [number, number];
      readonly parts: readonly PassageOnPage[];
    };
    output: Result<readonly PassagePicture[]>;
  };
  /** A new PDF, written to the file `to`, without what is under the masks: see formats/pdf/redact.ts. Progress counts pages. */
  readonly redactPdf: {
    input: Omit<PdfInput, 'watch'> & { readonly to: string; readonly masks: readonly PageMask[] };
    output: Result<Redacted>;
  };
  readonly page: { input: PageInput; output: Extraction };
  readonly mhtml: { input: Omit<PageInput, 'parts'>; output: Extraction };
  /** The pages of a WARC or WACZ. Writes the file `index`, which later jobs on this archive read. */
  readonly archive: {
    input: { path: string; index: string };
    output: Result<{ readonly archive: ArchiveFacts; readonly pages: readonly PageOfArchive[] }>;
  };
  /** One page of it by its key, frozen (kind `page`) or read (kind `text`). */
  readonly archivePage: {
    input: Omit<PageInput, 'parts'> & { readonly index: string; readonly key: string };
    output: Extraction;
  };
  /** Writes the body of a PDF or image in it to the file `to`, which must not exist. */
  readonly archiveContent: {
    input: { path: string; index: string; key: string; to: string };
    output: Result<ArchivedContent>;
  };
  /** Writes the styles that a window read for each element into a frozen page, and makes its text with them. */
  readonly applyStyles: { input: StylesInput; output: Extraction };
  /** The hash of a frozen page without what `applyStyles` wrote into it. */
  readonly unstamped: { input: { page: Uint8Array }; output: Sha256 };
  /** Checks a stored frozen page, which the sender of the project may have altered, and what its images cost. */
  readonly frozen: {
    input: { page: Uint8Array; pictures: readonly StoredPicture[] };
    output: FrozenCheck;
  };
  /** Finds copies of one text. Progress counts layers, each read and compared. */
  readonly findCopies: { input: CopiesInput; output: CopiesFound };
  /** What two layers have in common, and where. Faults: DAMAGED. */
  readonly compareCopies: {
    input: SidesInput;
    output: { readonly one: CopySide; readonly other: CopySide; readonly compared: ComparedTexts };
  };
  readonly text: { input: { path: string; charset?: string | null }; output: Extraction };
  /** The text of a Word document: see formats/docx/read.ts. */
  readonly docx: { input: { path: string }; output: Extraction };
  /** PNG, JPEG or WebP: one page of its size, without text. */
  readonly image: { input: { path: string }; output: Extraction };
  /** Finds the passages of one text in another. TOO_LARGE if one has more than 32 Mi characters. */
  readonly compare: {
    input: { older: string; newer: string; passages: readonly ToFind[] };
    output: Compared;
  };
  /** Looks for quotations in a text, each first at its place. TOO_LARGE as for `compare`. */
  readonly checkQuotes: {
    input: { now: string; before: TextBefore | null; quotes: readonly QuoteToCheck[] };
    output: readonly QuoteChecked[];
  };
  /** What a large text layer suggests for details of its source. */
  readonly suggest: {
    input: { folder: string; layer: Sha256; kind: Source['kind'] };
    output: readonly LayerSuggestion[];
  };
  /** The places that the quotations of some sources name. */
  readonly places: {
    input: { added: Added; sources: readonly QuotesOfSource[] };
    output: readonly PlacesOfSource[];
  };
  /** The figures of one text and what they say together; of a text layer, or of words given. Faults: DAMAGED, TOO_LARGE. */
  readonly figures: { input: FiguresToRead; output: FiguresOfText };
  /** A draft, compared with the texts and passages of the project. Faults: DAMAGED, TOO_LARGE. */
  readonly draft: { input: DraftToRead; output: DraftRead };
  /** The figures in some stretches of a text layer. Faults: DAMAGED. */
  readonly figuresInSpans: { input: SpansToRead; output: SpansRead };
  /** Updates a project's search index. Only one thread at a time may. */
  readonly searchIndex: { input: SearchPlace; output: Indexed };
  /** Reads names of places in texts for a short time, for the search index. Never beside `searchIndex`. */
  readonly searchPlaces: { input: SearchPlace; output: PlacesRead };
  /** Encrypting and decrypting a bag with age, and the hash that is signed: streamed, of any size. Progress counts bytes. */
  readonly encryptBag: { input: { to: string; plan: BagOfFiles; key: EncryptFor }; output: BagSummary };
  readonly decrypt: { input: { from: string; to: string | null; secrets: Secrets }; output: null };
  /** How often terms stand in texts. Counts of former texts are read from the file `kept`, and written there. Progress counts texts. */
  readonly countTerms: { input: TermsToCount; output: TermsCounted };
  /** Learns from tags; writes what it learned into the folder `to`. Progress counts sources, then categories. */
  readonly learn: { input: TagsToLearn; output: LearnedSummary };
  /** What a model suggests in a text. */
  readonly learnedFind: { input: { folder: string; layer: Sha256; model: string }; output: readonly LearnedFound[] };
  /** Makes an .xlsx workbook from the file `from`, which has one row a line, as JSON. Progress counts rows. */
  readonly xlsx: { input: { from: string; to: string; table: XlsxTable }; output: null };
  /** A file of REFI-QDA, with its sources unpacked into the folder `to`. Progress counts bytes. */
  readonly qdaFile: { input: QdaToRead; output: QdaFileRead };
  /** Annotations or a bibliography of another program. */
  readonly foreignText: { input: TextToRead; output: ForeignText };
  /** A short text: a key. */
  readonly encryptText: { input: { text: string; passphrase: string }; output: string };
  readonly decryptText: { input: { armored: string; passphrase: string }; output: string };
  /** Where a project file differs from its log: see features/merge/edited-file.ts. */
  readonly compareFile: { input: FileToCompare; output: readonly VerifyFailure[] };
  /** The same for a project folder, from a copy of its database. */
  readonly compareFolder: { input: { database: string }; output: readonly VerifyFailure[] };
  readonly prehash: { input: { path: string }; output: Uint8Array };
  readonly searchQuery: { input: SearchPlace & SearchQuery; output: SearchFound | null };
}
export type JobName = keyof Jobs;

/** What the pool sends to a worker: one job, and the next only after its result. */
export const jobMessage = z.object({ id: z.number(), name: z.string(), input: z.unknown() });
export type JobMessage = z.infer<typeof jobMessage>;

/** What a worker sends back: progress, then one result. */
export const workerMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), id: z.number(), done: z.number().nullable(), total: z.number().nullable() }),
  z.object({ kind: z.literal('done'), id: z.number(), output: z.unknown() }),
  z.object({ kind: z.literal('failed'), id: z.number(), error: errorData }),
]);
export type WorkerMessage = z.infer<typeof workerMessage>;
