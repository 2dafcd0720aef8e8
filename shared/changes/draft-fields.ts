import { day, draftMark, draftRemedy } from '../model/drafts.ts';
import { sha256 } from '../model/ids.ts';
import { deleted, person } from './common-fields.ts';
import type { Entity, Field } from './kinds.ts';

const ofDraft = { kind: 'ref', name: 'Draft', to: ['draft'], depends: true } as const;
/** The words of the sentence, and which of several that are the same, from 0: what finds it again in a newer version. */
const sentence = { kind: 'text', name: 'Sentence' } as const;
const nth = { kind: 'int', name: 'Number among sentences that are the same' } as const;

/**
 * What the log can say of drafts: part of the registry. A draft is what the team wants to publish, never evidence: so it is no source. It
 * names people in words and bytes, so that drafts are in no file with pseudonyms, and as conclusions of the team in no blind copy.
 * What is said of its sentences names the first version, and holds in every version that has the same sentence.
 */
export const DRAFTS = {
  /** One version of a draft. Its id derives from its bytes and the version before it. */
  draft: {
    title: { kind: 'text', name: 'Title', writable: true, required: true },
    fileName: { kind: 'text', name: 'File name' },
    sha256: { kind: 'text', name: 'SHA-256', file: 'original', schema: sha256 },
    bytes: { kind: 'int', name: 'Size' },
    mediaType: { kind: 'text', name: 'Media type' },
    /** Its text layer: the file in `layers/`. */
    text: { kind: 'text', name: 'Text', file: 'layer', schema: sha256 },
    /** Asked, never guessed: dates without a year take theirs from it. */
    published: { kind: 'text', name: 'Date of publication', schema: day },
    /** As printed, and who that is among the people of the project. Neither accepts in it. */
    author: { kind: 'text', name: 'Author', writable: true, required: true },
    writer: { kind: 'ref', name: 'Author in the project', to: ['person'] },
    /** How it cites: a name of shared/drafts/conventions.ts and what differs from it, as `conventionOf` reads it. */
    style: { kind: 'text', name: 'Style of citation' },
    replaces: { kind: 'ref', name: 'Version before', to: ['draft'], depends: true },
    deleted,
  },
  /** What one person said of a sentence: a step, as in the review. */
  draftmark: {
    draft: ofDraft,
    /** The version in which it was said. */
    version: ofDraft,
    sentence,
    nth,
    state: { kind: 'text', name: 'State', schema: draftMark },
    comment: { kind: 'text', name: 'Comment' },
    /** What was looked at: a later difference reopens the sentence. */
    basis: { kind: 'text', name: 'What was looked at' },
    person,
    deleted,
  },
  /**
   * That a passage or a claim stands behind a sentence, or behind one quotation of it in another language. Its id derives from them, and
   * it has no person: two who link the same have made one record.
   */
  draftlink: {
    draft: ofDraft,
    sentence,
    nth,
    passage: { kind: 'ref', name: 'Passage', to: ['passage'], depends: true },
    claim: { kind: 'ref', name: 'Claim', to: ['claim'], depends: true },
    /** The words between the marks; absent: the whole sentence. */
    quotation: { kind: 'text', name: 'Quotation' },
    deleted,
  },
  /** What is to be done about a finding. Its id derives from the finding, so that two people who differ have a conflict in one record. */
  draftremedy: {
    draft: ofDraft,
    sentence,
    nth,
    /** The finding, by its kind and words. */
    finding: { kind: 'text', name: 'Finding' },
    remedy: { kind: 'text', name: 'Remedy', schema: draftRemedy },
    reason: { kind: 'text', name: 'Reason', writable: true, keepBoth: 'text' },
    deleted,
  },
  /** That a version was released: written only where nothing refused it. */
  draftrelease: {
    draft: ofDraft,
    /** What the release rested on, in words. */
    counts: { kind: 'text', name: 'Counts' },
    person,
    deleted,
  },
} as const satisfies Partial<Record<Entity, Readonly<Record<string, Field>>>>;
