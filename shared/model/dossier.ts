import { z } from 'zod';

/** Whom a dossier is for. It decides the order, and what is printed beside what every dossier prints: see TEMPLATES. */
export const DOSSIER_TEMPLATES = ['editor', 'filing', 'archive'] as const;
export const dossierTemplate = z.enum(DOSSIER_TEMPLATES);
export type DossierTemplate = z.infer<typeof dossierTemplate>;

/** `folder`: originals, exhibits and a manifest, which `sourcebook verify` checks. `zip`: that folder in one file. */
const DOSSIER_FORMATS = ['html', 'docx', 'folder', 'zip'] as const;
export const dossierFormat = z.enum(DOSSIER_FORMATS);
export type DossierFormat = z.infer<typeof dossierFormat>;

/**
 * What a person may leave out of a dossier. The quotation, the capture record with its SHA-256, and what limits and contradicts are in
 * every dossier.
 */
export const dossierShows = z.object({
  contents: z.boolean(),
  documents: z.boolean(),
  summary: z.boolean(),
  translations: z.boolean(),
  pictures: z.boolean(),
  people: z.boolean(),
  /** People by name; else as “Coder 1” and so on, in every text that people wrote. */
  names: z.boolean(),
  memos: z.boolean(),
  /** What happened to the source and the passage, with times, and how to check it. */
  custody: z.boolean(),
  /** Lines to sign under the translation. */
  signatures: z.boolean(),
  /** How exhibits were chosen, coded, translated and checked. */
  methods: z.boolean(),
  /** Figures in the exhibits that people read, and relations between them. */
  figures: z.boolean(),
  codebook: z.boolean(),
  agreement: z.boolean(),
  gaps: z.boolean(),
});
export type DossierShows = z.infer<typeof dossierShows>;

/** The parts of a dossier beside its first page and its exhibits. */
const DOSSIER_PARTS = [
  'contents',
  'summary',
  'claims',
  'documents',
  'methods',
  'figures',
  'codebook',
  'agreement',
  'masks',
  'gaps',
  'people',
  'check',
] as const;
export type DossierPart = (typeof DOSSIER_PARTS)[number];

/** What a template decides: what is printed until somebody chooses otherwise, in which order, and how exhibits are ordered and numbered. */
interface Template {
  readonly shows: DossierShows;
  /** Parts before the exhibits, and after them. Each part is in one of them. */
  readonly before: readonly DossierPart[];
  readonly after: readonly DossierPart[];
  /** By claim, numbered through; or by document, numbered within it (2.3): documents as the claims come to them, or oldest first. */
  readonly exhibits: 'claims' | 'documents' | 'dates';
}

const ALL: DossierShows = {
  contents: true,
  documents: true,
  summary: true,
  translations: true,
  pictures: true,
  people: true,
  names: true,
  memos: false,
  custody: true,
  signatures: false,
  methods: false,
  figures: false,
  codebook: true,
  agreement: true,
  gaps: true,
};
/**
 * An editor decides on each claim: what is open comes before the exhibits, which follow the claims. A filing is read by document, is signed
 * by people, and says how it was made. An archive is read by people whom nobody knows yet, without the program: how to check it comes first,
 * documents are in the order of their dates, and people have pseudonyms.
 */
export const TEMPLATES: Readonly<Record<DossierTemplate, Template>> = {
  editor: {
    shows: ALL,
    before: ['summary', 'claims', 'gaps', 'contents'],
    after: ['documents', 'methods', 'figures', 'codebook', 'agreement', 'masks', 'people', 'check'],
    exhibits: 'claims',
  },
  filing: {
    shows: { ...ALL, signatures: true, methods: true, agreement: false },
    before: ['contents', 'summary', 'claims', 'documents'],
    after: ['methods', 'figures', 'codebook', 'agreement', 'masks', 'gaps', 'people', 'check'],
    exhibits: 'documents',
  },
  archive: {
    shows: { ...ALL, names: false, memos: true, methods: true },
    before: ['check', 'methods', 'contents', 'documents'],
    after: ['claims', 'summary', 'figures', 'codebook', 'agreement', 'masks', 'gaps', 'people'],
    exhibits: 'dates',
  },
};

/** How a passage is shown in its exhibit. `words`: as text with its words marked, which is no picture. */
const EXHIBIT_PICTURES = ['page', 'image', 'screenshot', 'words'] as const;
export const exhibitPicture = z.enum(EXHIBIT_PICTURES);
export type ExhibitPicture = z.infer<typeof exhibitPicture>;
