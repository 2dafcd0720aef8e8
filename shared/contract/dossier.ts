import { z } from 'zod';
import { claimRelation } from '../model/claims.ts';
import {
  claimId,
  dossierId,
  dossierShows,
  dossierTemplate,
  exhibitPicture,
  passageId,
  personId,
  shownState,
  sourceId,
  sourceKind,
} from '../model/index.ts';
import { call } from './define.ts';
import { selection } from './export.ts';
import { queryFault } from './query.ts';

/** Which passages a dossier has. Claims: all that bear on them, none named: all claims. A query is in the language of the evidence. */
export const dossierFrom = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('claims'), claims: z.array(claimId).max(10_000) }),
  z.object({ kind: z.literal('filters'), only: selection.prefault({}) }),
  z.object({ kind: z.literal('query'), query: z.string().max(100_000) }),
  z.object({ kind: z.literal('passages'), passages: z.array(passageId).max(100_000) }),
]);
export type DossierFrom = z.infer<typeof dossierFrom>;

/** What a dossier keeps. */
const kept = z.object({
  title: z.string().trim().max(500),
  template: dossierTemplate,
  from: dossierFrom,
  /** Paragraphs are divided by an empty line. Empty: to be written. */
  summary: z.string().max(200_000),
  /** Passages whose exhibits come first, in this order; the others follow in the order of claims, else of their sources. */
  order: z.array(passageId).max(100_000),
  /** Passages whose exhibits are left out. One that contradicts a claim of the dossier stays in it. */
  leftOut: z.array(passageId).max(100_000),
  /** Where it differs from what its template shows. */
  shows: dossierShows.partial(),
});

/** A dossier to make. With `pseudonyms`, people are “Coder 1” and so on, in every text that people wrote. */
export const dossierAsked = z.object({
  title: kept.shape.title.default(''),
  template: dossierTemplate.default('editor'),
  from: dossierFrom,
  summary: kept.shape.summary.default(''),
  order: kept.shape.order.default([]),
  leftOut: kept.shape.leftOut.default([]),
  shows: kept.shape.shows.default({}),
  pseudonyms: z.boolean().default(false),
});
export type DossierAsked = z.infer<typeof dossierAsked>;

export const savedDossier = kept.extend({
  id: dossierId,
  person: personId.nullable(),
  /** Epoch ms. */
  createdAt: z.number(),
  /** What a newer version wrote that this one does not understand, by field: the usual is shown, and what is written stays. */
  unknown: z.array(kept.keyof()),
});
export type SavedDossier = z.infer<typeof savedDossier>;

/** An exhibit: the passage, or all passages, on the same words. */
export const dossierExhibit = z.object({
  /** From 1. */
  number: z.int(),
  /** What it is called: its number, or its document’s and its own within it (`2.3`). */
  label: z.string(),
  passages: z.array(passageId),
  source: sourceId,
  title: z.string(),
  kind: sourceKind,
  page: z.int().nullable(),
  /** Null for an area. */
  quote: z.string().nullable(),
  /** Of the source, as BCP 47. */
  language: z.string().nullable(),
  translation: z.enum(['approved', 'working', 'none']),
  picture: exhibitPicture,
  /** Its document is protected: its page is drawn with a password alone. */
  isProtected: z.boolean(),
  state: shownState,
  /** Coders differ, and nobody decided. */
  isDisputed: z.boolean(),
  /** The claims of the dossier that it bears on. `isUnanswered`: it contradicts, and nobody answered. */
  claims: z.array(z.object({ claim: claimId, as: claimRelation, isUnanswered: z.boolean() })),
  /** It was asked to be left out, and stays: it contradicts a claim of the dossier. */
  isKept: z.boolean(),
});
export type DossierExhibit = z.infer<typeof dossierExhibit>;

/** What should be seen before a dossier goes out. Exhibits by number. */
export const dossierWarning = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('unanswered'), claim: claimId, text: z.string(), exhibits: z.array(z.int()) }),
  z.object({ kind: z.literal('noSupport'), claim: claimId, text: z.string(), exhibits: z.array(z.int()) }),
  z.object({ kind: z.literal('trashed'), claim: claimId, text: z.string(), exhibits: z.array(z.int()) }),
  z.object({
    kind: z.enum(['translation', 'disputed', 'notApproved', 'noPicture', 'protected', 'kept']),
    exhibits: z.array(z.int()),
  }),
  z.object({ kind: z.literal('summary'), exhibits: z.array(z.int()) }),
]);
export type DossierWarning = z.infer<typeof dossierWarning>;

export const dossierPreview = z.object({
  /** With faults in the query there is nothing else. */
  faults: z.array(queryFault),
  exhibits: z.array(dossierExhibit),
  /**
   * In order, each with its exhibits. By claim, one that bears on several is in each, and `claim` is null for exhibits of no claim. Where
   * the template orders by document, each has one, and its title as `text`.
   */
  groups: z.array(
    z.object({
      claim: claimId.nullable(),
      document: sourceId.nullable(),
      text: z.string(),
      exhibits: z.array(z.int()),
      unanswered: z.int(),
    }),
  ),
  counts: z.object({
    exhibits: z.int(),
    documents: z.int(),
    /** Of their originals, as received. */
    bytes: z.int(),
    /** Documents, of which copies of one text count once. */
    origins: z.int(),
    copies: z.int(),
    /** Exhibits with an approved translation, and with one that is not. */
    translated: z.int(),
    working: z.int(),
    categories: z.int(),
    gaps: z.int(),
    /** That people said something of; null where the dossier doesn’t show them. */
    figures: z.int().nullable(),
    masks: z.int(),
  }),
  /** Krippendorff's alpha over all that was coded; null where there is none. */
  alpha: z.number().nullable(),
  warnings: z.array(dossierWarning),
  /** Why it can't go out now: a code of a fault, and a sentence. Empty: it can. */
  refused: z.array(z.object({ code: z.string(), message: z.string() })),
});
export type DossierPreview = z.infer<typeof dossierPreview>;

/** Dossiers: numbered exhibits for people without Sourcebook, with what speaks against them. */
export const dossier = {
  /** By title. */
  'dossiers.list': call('read', z.object({}), z.object({ dossiers: z.array(savedDossier) })),
  'dossiers.create': call(
    'write',
    kept.partial().extend({ title: kept.shape.title.min(1), from: dossierFrom }),
    z.object({ id: dossierId }),
  ),
  /** Only what is given is changed. Faults: NOT_FOUND. */
  'dossiers.change': call(
    'write',
    kept.partial().extend({ id: dossierId, title: kept.shape.title.min(1).optional() }),
    savedDossier,
  ),
  'dossiers.remove': call('write', z.object({ id: dossierId }), z.object({})),
  /** What a dossier will have: counts, exhibits in order, what to see first, and what is refused. */
  'dossier.preview': call('read', dossierAsked, dossierPreview),
};
