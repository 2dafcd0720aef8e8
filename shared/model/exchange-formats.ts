/** What of a project a format can carry, in the order in which people compare formats. */
export const CARRIED = [
  'record',
  'originals',
  'passages',
  'places',
  'categories',
  'people',
  'translations',
  'memos',
  'review',
  'history',
] as const;
export type Carried = (typeof CARRIED)[number];
/** All of it, a part (the export says which), or nothing. */
export type Keeping = 'all' | 'part' | 'none';

export interface Format {
  /** The ending of its files, with the dot. */
  readonly ending: string;
  /**
   * What writes it: `exchange.export`, the dialog for project files (`share`), or the report. Null: it only comes in.
   */
  readonly out: 'exchange' | 'share' | 'report' | null;
  /** The endings of files that `exchange.preview` and `exchange.import` read, lower case; none: it only goes out. */
  readonly in: readonly string[];
  readonly carries: Readonly<Record<Carried, Keeping>>;
}

const NONE = {
  record: 'none',
  originals: 'none',
  passages: 'none',
  places: 'none',
  categories: 'none',
  people: 'none',
  translations: 'none',
  memos: 'none',
  review: 'none',
  history: 'none',
} as const;
const TABLE = {
  ...NONE,
  record: 'all',
  passages: 'all',
  places: 'part',
  categories: 'all',
  people: 'all',
  translations: 'all',
  memos: 'all',
  review: 'part',
} as const;

/**
 * Every format that a project can leave or enter by, in the order in which they are listed. To add one, write its
 * row here; the types then ask for the rest, except what docs/architecture.md names in “What the types don’t ask for”.
 */
export const FORMATS = {
  bag: {
    ending: '.sbk',
    out: 'share',
    in: [],
    carries: {
      record: 'all',
      originals: 'all',
      passages: 'all',
      places: 'all',
      categories: 'all',
      people: 'all',
      translations: 'all',
      memos: 'all',
      review: 'all',
      history: 'all',
    },
  },
  qdpx: {
    ending: '.qdpx',
    out: 'exchange',
    in: ['.qdpx'],
    carries: {
      ...NONE,
      record: 'part',
      originals: 'all',
      passages: 'all',
      places: 'all',
      categories: 'all',
      people: 'all',
      translations: 'part',
      memos: 'all',
    },
  },
  qdc: { ending: '.qdc', out: 'exchange', in: ['.qdc'], carries: { ...NONE, categories: 'all' } },
  webannotation: {
    ending: '.jsonld',
    out: 'exchange',
    in: ['.jsonld', '.json'],
    carries: { ...NONE, passages: 'all', places: 'all', categories: 'part', people: 'part', memos: 'part' },
  },
  pdf: {
    ending: '.pdf',
    out: 'exchange',
    // Of a PDF that the project has. What is dropped on a window is added as a source.
    in: ['.pdf'],
    carries: {
      ...NONE,
      originals: 'part',
      passages: 'part',
      places: 'all',
      categories: 'part',
      people: 'all',
      memos: 'part',
    },
  },
  csl: { ending: '.json', out: 'exchange', in: ['.csl.json'], carries: { ...NONE, record: 'part' } },
  ris: { ending: '.ris', out: 'exchange', in: ['.ris'], carries: { ...NONE, record: 'part' } },
  bibtex: { ending: '.bib', out: 'exchange', in: ['.bib', '.bibtex'], carries: { ...NONE, record: 'part' } },
  xlsx: { ending: '.xlsx', out: 'report', in: [], carries: TABLE },
  csv: { ending: '.csv', out: 'report', in: [], carries: TABLE },
  html: { ending: '.html', out: 'report', in: [], carries: TABLE },
} as const satisfies Readonly<Record<string, Format>>;
export type FormatName = keyof typeof FORMATS;
export const FORMAT_NAMES = Object.keys(FORMATS).filter((name): name is FormatName => Object.hasOwn(FORMATS, name));

/** The formats for which `has` is true, by name. */
type NamesWith<K extends 'out' | 'in', V> = {
  [N in FormatName]: (typeof FORMATS)[N][K] extends V ? N : never;
}[FormatName];
/** Those that `exchange.export` writes. */
export type OutgoingFormat = NamesWith<'out', 'exchange'>;
/** Those that `exchange.import` reads. */
export type IncomingFormat = NamesWith<'in', readonly [string, ...string[]]>;

export const isOutgoing = (name: FormatName): name is OutgoingFormat => FORMATS[name].out === 'exchange';
const isIncoming = (name: FormatName): name is IncomingFormat => FORMATS[name].in.length > 0;
export const OUTGOING_FORMATS = FORMAT_NAMES.filter(isOutgoing);
export const INCOMING_FORMATS = FORMAT_NAMES.filter(isIncoming);

/** The format that a file’s name says; null if none of those that come in has its ending. */
export function incomingFormatOf(fileName: string): IncomingFormat | null {
  const name = fileName.toLowerCase();
  const ends = (endings: readonly string[]): boolean => endings.some((ending) => name.endsWith(ending));
  return INCOMING_FORMATS.find((format) => ends(FORMATS[format].in)) ?? null;
}
/** The endings of all files that come in. */
export const INCOMING_ENDINGS: readonly string[] = INCOMING_FORMATS.flatMap((format) => [...FORMATS[format].in]);
/** Those that can be dropped on a window: a PDF that is dropped is added as a source. */
export const DROPPED_ENDINGS: readonly string[] = INCOMING_ENDINGS.filter((ending) => ending !== FORMATS.pdf.ending);
