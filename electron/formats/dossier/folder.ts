import { z } from 'zod';
import { area, claimRelation, dossierTemplate, sha256, sourceKind } from '../../../shared/model/index.ts';
import { codingOf, finalOf } from '../report/model.ts';
import { dossierFigures } from './figure-records.ts';
import type { Dossier, Exhibit } from './model.ts';
import { folderRecord } from './record.ts';

/**
 * A dossier as a folder, which is a BagIt 1.0 bag:
 *
 *     bagit.txt  bag-info.txt  manifest-sha256.txt  tagmanifest-sha256.txt
 *     data/dossier.html               the dossier, to read
 *     data/exhibits.json              what it quotes and where, to check: see {@link exhibitsFile}
 *     data/signed.json                signatures on what it says of claims, people and documents: see signed-file.ts
 *     data/originals/001-report.pdf   the cited documents as received (a saved page’s folder in `001-parts/`)
 *     data/texts/001-1.txt            their texts as they were read, in UTF-8: offsets count in them
 */
export const PAGE_PATH = 'data/dossier.html';
export const EXHIBITS_PATH = 'data/exhibits.json';
export const ORIGINALS = 'data/originals/';
export const TEXTS = 'data/texts/';
/** Label in bag-info.txt, and the field in exhibits.json. */
export const FOLDER_FIELD = 'Sourcebook-Dossier';
/** 2: its page prints an exhibit on two sheets, as the printed dossier does, and it can have figures. */
export const FOLDER_VERSION = 2;
/** More exhibits than anyone reads; a report or a project file has any number. */
export const MOST_EXHIBITS = 2000;

const count = z.int().nonnegative();
const path = z.string().max(300);
const signer = z.object({ name: z.string(), fingerprint: z.string().nullable() });
type Signed = z.infer<typeof signer>;

/** A file of the bag. */
const storedFile = z.object({ path, sha256 });

export const folderText = z.object({
  path,
  /** What read it. */
  engine: z.string(),
  version: z.string(),
  /** The encoding that a person set; null: it was detected. */
  charset: z.string().max(100).nullable(),
});
export type FolderText = z.infer<typeof folderText>;

export const folderDocument = z.object({
  /** From 1. */
  number: z.int().positive(),
  id: z.string(),
  title: z.string(),
  fileName: z.string(),
  kind: sourceKind,
  /** Of the document as received. */
  sha256,
  bytes: count,
  /** The document as received; null where it is not in the folder. */
  original: storedFile.nullable(),
  /** A copy of a PDF as pictures without what is masked; it has no text to check. */
  redacted: storedFile.nullable(),
  /** Why the document can’t be checked here, as a sentence; null where it can. */
  notHere: z.string().nullable(),
  /** Files beside a saved page, by their path from it. */
  parts: z.array(storedFile.extend({ name: z.string().max(2000) })).max(20_000),
  /** The page of an archive of the web that is cited. */
  archive: z.object({ url: z.string().max(8192), time: z.string().max(64).nullable() }).nullable(),
  texts: z.array(folderText).max(MOST_EXHIBITS),
  record: folderRecord.optional(),
});
export type FolderDocument = z.infer<typeof folderDocument>;

export const folderExhibit = z.object({
  number: z.int().positive(),
  /** What the page calls it, where that isn’t its number: `2.3`. */
  label: z.string().max(100).optional(),
  /** The ids of its passages in the project. */
  passages: z.array(z.string()),
  document: z.int().positive(),
  /** The text that its offsets count in; null for an area. */
  text: path.nullable(),
  page: z.int().positive().nullable(),
  /** As in the W3C Web Annotation Data Model, but that offsets are UTF-16 code units; null for an area. */
  position: z.object({ type: z.literal('TextPositionSelector'), start: count, end: count }).nullable(),
  quote: z
    .object({ type: z.literal('TextQuoteSelector'), exact: z.string(), prefix: z.string(), suffix: z.string() })
    .nullable(),
  /** In the page’s own space: left, bottom, right, top. */
  areas: z.array(z.object({ page: z.int().positive(), box: area })),
  translations: z.array(
    z.object({
      language: z.string(),
      text: z.string(),
      state: z.enum(['draft', 'checked', 'approved']),
      translator: signer,
    }),
  ),
  categories: z.array(z.string()),
  state: z.string(),
  /** Where they are printed. */
  memos: z
    .array(signer.extend({ text: z.string() }))
    .max(10_000)
    .optional(),
  /** Where coders differed; null where nobody decided, or no people are named. Categories: none fits. */
  decision: z
    .object({ categories: z.array(z.string()), reason: z.string() })
    .nullable()
    .optional(),
  /** Null where the dossier names no people. */
  people: z
    .object({
      marked: signer,
      coded: z.array(signer.extend({ categories: z.array(z.string()) })),
      decided: signer.nullable(),
      checked: signer.nullable(),
      approved: signer.nullable(),
    })
    .nullable(),
});
export type FolderExhibit = z.infer<typeof folderExhibit>;

/** The content of `data/exhibits.json`. */
export const exhibitsFile = z.object({
  [FOLDER_FIELD]: z.int().positive(),
  title: z.string(),
  template: dossierTemplate,
  /** ISO 8601, UTC. */
  madeAt: z.string(),
  /** The hash of the project’s last change; null under pseudonyms. */
  head: z.string().nullable(),
  offsets: z.string(),
  /** What it claims, and what bears on it. */
  claims: z
    .array(
      z.object({
        number: z.int().positive(),
        id: z.string(),
        text: z.string(),
        links: z.array(z.object({ passage: z.string(), as: claimRelation, answer: z.string() })).max(100_000),
      }),
    )
    .max(10_000)
    .optional(),
  /** Where it shows them. */
  figures: dossierFigures.optional(),
  documents: z.array(folderDocument).max(MOST_EXHIBITS),
  exhibits: z.array(folderExhibit).max(MOST_EXHIBITS),
});
export type ExhibitsFile = z.infer<typeof exhibitsFile>;

/** A name for a file that is safe on any system: a number, letters of its own name if they are ASCII, and its ending. */
export function safeName(number: number, fileName: string): string {
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(fileName)?.[0] ?? '';
  const stem = fileName
    .slice(0, fileName.length - ending.length)
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  return `${String(number).padStart(3, '0')}${stem === '' ? '' : `-${stem}`}${ending.toLowerCase()}`;
}

/** What exhibits.json says of an exhibit. `text`: the text that its offsets count in. */
export function folderExhibitOf(
  dossier: Dossier,
  exhibit: Exhibit,
  { document, text }: { readonly document: number; readonly text: string | null },
): FolderExhibit {
  const { passage, place } = exhibit;
  const signedBy = (name: string): Signed => ({
    name,
    fingerprint: dossier.people.find((one) => one.name === name)?.fingerprint ?? null,
  });
  const maybe = (name: string | null | undefined): Signed | null =>
    name === null || name === undefined ? null : signedBy(name);
  const { start, end, exact, prefix, suffix } = place;
  const hasText = start !== null && end !== null && exact !== null;
  return {
    number: exhibit.number,
    ...(exhibit.label === String(exhibit.number) ? {} : { label: exhibit.label }),
    passages: [passage.id, ...(passage.also ?? [])],
    document,
    text: hasText ? text : null,
    page: passage.page,
    position: hasText ? { type: 'TextPositionSelector', start, end } : null,
    quote: hasText ? { type: 'TextQuoteSelector', exact, prefix: prefix ?? '', suffix: suffix ?? '' } : null,
    areas: place.boxes.map(({ page, box }) => ({ page, box: [...box] })),
    translations: dossier.shows.translations
      ? passage.translations.map(({ language, text: words, state, translator }) => ({
          language,
          text: words,
          state,
          translator: signedBy(translator),
        }))
      : [],
    categories: finalOf(passage).map(({ code }) => code),
    state: passage.state,
    memos: exhibit.memos.map(({ memo, by }) => ({ ...signedBy(by), text: memo })),
    decision:
      passage.decided === null || !dossier.shows.people
        ? null
        : { categories: passage.decided.categories.map(({ code }) => code), reason: passage.decided.reason },
    people: dossier.shows.people
      ? {
          marked: signedBy(passage.highlighter),
          coded: codingOf(passage).map(({ coder, categories }) => ({
            ...signedBy(coder),
            categories: categories.map(({ code }) => code),
          })),
          decided: maybe(passage.decided?.person),
          checked: maybe(passage.checker),
          approved: maybe(passage.approver),
        }
      : null,
  };
}
