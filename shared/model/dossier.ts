import { z } from 'zod';

/** Whom a dossier is for. It decides what is printed beside what every dossier prints: see TEMPLATE_SHOWS. */
export const DOSSIER_TEMPLATES = ['editor', 'filing', 'archive'] as const;
export const dossierTemplate = z.enum(DOSSIER_TEMPLATES);
export type DossierTemplate = z.infer<typeof dossierTemplate>;

/** `folder`: originals, exhibits and a manifest, which `sourcebook verify` checks. */
const DOSSIER_FORMATS = ['html', 'docx', 'folder'] as const;
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
  memos: z.boolean(),
  /** What happened to the source and the passage, with times, and how to check it. */
  custody: z.boolean(),
  /** Lines to sign under the translation. */
  signatures: z.boolean(),
  codebook: z.boolean(),
  agreement: z.boolean(),
  gaps: z.boolean(),
});
export type DossierShows = z.infer<typeof dossierShows>;

/** In the order they are chosen from. */
export const DOSSIER_SHOWS = dossierShows.keyof().options;

const ALL: DossierShows = {
  contents: true,
  documents: true,
  summary: true,
  translations: true,
  pictures: true,
  people: true,
  memos: false,
  custody: true,
  signatures: false,
  codebook: true,
  agreement: true,
  gaps: true,
};
export const TEMPLATE_SHOWS: Readonly<Record<DossierTemplate, DossierShows>> = {
  editor: ALL,
  filing: { ...ALL, signatures: true },
  archive: { ...ALL, memos: true },
};

/** How a passage is shown in its exhibit. `words`: as text with its words marked, which is no picture. */
const EXHIBIT_PICTURES = ['page', 'image', 'screenshot', 'words'] as const;
export const exhibitPicture = z.enum(EXHIBIT_PICTURES);
export type ExhibitPicture = z.infer<typeof exhibitPicture>;
