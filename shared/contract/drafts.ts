import { z } from 'zod';
import { CONVENTION_NAMES, conventionOf } from '../drafts/conventions.ts';
import { errorCode } from '../errors.ts';
import { VERDICTS } from '../figures/check.ts';
import { RELATION_KINDS, WARNINGS } from '../figures/relation.ts';
import {
  claimId,
  day,
  DRAFT_REMEDIES,
  draftId,
  draftMark,
  draftRemedy,
  passageId,
  personId,
  recordId,
  sentenceState,
  sha256,
  sourceId,
} from '../model/index.ts';
import { isUnseen } from '../model/person-name.ts';
import { call } from './define.ts';
import { draftCard, fromCards } from './draft-cards.ts';
import { wordPiece } from './versions.ts';

const count = z.number().int().nonnegative();
/** Characters that nobody sees are no text. */
const seen = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .overwrite((text) => (isUnseen(text) ? '' : text));
const title = seen(500).min(1, 'A draft needs a title.');
const author = seen(500).min(1, 'Say who wrote it: the author can’t accept in it.');
/** A named style and what differs from it, as `conventionOf` reads it: `author-year -captions separators=;/`. */
const style = z
  .string()
  .max(200)
  .refine(
    (text) => conventionOf(text) !== null,
    `Begin with one of ${CONVENTION_NAMES.join(', ')}; then what differs, such as “-captions +year-only separators=;/”.`,
  );

/** One version of a draft: what the team wants to publish, which is never evidence. */
export const draft = z.object({
  id: draftId,
  title: z.string(),
  fileName: z.string(),
  sha256,
  bytes: count,
  /** The day from which dates without a year take theirs. */
  published: z.string(),
  /** As printed, and who that is in the project. */
  author: z.string(),
  writer: personId.nullable(),
  style: z.string(),
  replaces: draftId.nullable(),
  /** From 1, the first version. */
  version: z.number().int(),
  /** No newer version replaces it. */
  newest: z.boolean(),
  /** Epoch ms. */
  createdAt: z.number(),
  /** Sentences, and those of them that nothing stands for yet: neither accepted by two nor with nothing to prove. */
  sentences: count,
  open: count,
  released: z.object({ person: personId, at: z.number() }).nullable(),
  /** Its text can’t be read here: `sentences` and `open` are 0. */
  damaged: z.boolean(),
});
export type Draft = z.infer<typeof draft>;

/** A place in a text of the evidence. UTF-16 code units, end exclusive. */
const foundAt = z.object({
  source: sourceId,
  title: z.string(),
  /** From 1. */
  page: z.number().int(),
  start: count,
  end: count,
  /** The words there, with some of those around them. */
  before: z.string(),
  words: z.string(),
  after: z.string(),
});
const base = {
  /** Tells it apart within its sentence, in every version. */
  key: z.string(),
  /** An error stands against release until the draft changes or somebody says why it stands. `unchecked`: nothing was compared. */
  weight: z.enum(['error', 'warning', 'fine', 'unchecked']),
  /** In the draft’s text, UTF-16 code units. */
  start: count,
  end: count,
  text: z.string(),
  /** What is to be done about it, and who said so. */
  remedy: z.object({ remedy: draftRemedy, reason: z.string(), person: personId.nullable() }).nullable(),
};
export const draftFinding = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('quotation'),
    ...base,
    /** `other-language`: every source is in another script, so that a person has to link it. `linked`: somebody did. */
    status: z.enum(['exact', 'changed', 'not-found', 'other-language', 'linked']),
    found: foundAt.nullable(),
    /** What is in the source alone and what in the draft alone. */
    pieces: z.array(wordPiece),
    /** The source’s words that an ellipsis or brackets stand for. */
    hidden: z.array(z.string()),
    warnings: z.array(z.enum(['number', 'negation'])),
  }),
  z.object({
    kind: z.literal('figure'),
    ...base,
    unit: z.string().nullable(),
    /** Passages whose words have the same figure. `linked`: the sentence is linked to it. */
    matches: z.array(
      z.object({
        passage: passageId,
        source: sourceId,
        title: z.string(),
        page: z.number().int(),
        text: z.string(),
        linked: z.boolean(),
      }),
    ),
    /** Its figure cards: those that agree first, then confirmed ones. What says otherwise is an open point. */
    cards: z.array(draftCard),
  }),
  z.object({
    kind: z.literal('relation'),
    ...base,
    relation: z.enum(RELATION_KINDS),
    formula: z.string(),
    /** The figures as the draft prints them, the result last. */
    figures: z.array(z.string()),
    verdict: z.enum(VERDICTS),
    computed: z.string().nullable(),
    off: z.number().nullable(),
    wide: z.boolean(),
    warnings: z.array(z.enum(WARNINGS)),
    /** Null: no card has more than what the draft prints. */
    fromCards: fromCards.nullable(),
  }),
  z.object({
    kind: z.literal('citation'),
    ...base,
    publisher: z.string(),
    date: z.string().nullable(),
    implied: z.boolean(),
    /** The source that it names, if the project has it. */
    source: z.object({ id: sourceId, title: z.string(), published: z.string().nullable() }).nullable(),
  }),
  z.object({ kind: z.literal('uncited'), ...base, what: z.enum(['figure', 'quotation']) }),
  z.object({
    kind: z.literal('term'),
    ...base,
    chinese: z.string(),
    problem: z.enum(['cut-short', 'one-character', 'two-names']),
    other: z.string(),
    /** The other is the codebook’s. */
    ofGlossary: z.boolean(),
  }),
  z.object({
    kind: z.literal('place'),
    ...base,
    /** What the draft called it first. */
    other: z.string(),
    /** The place, as the gazetteer or the team calls it; empty where several places bear both names. */
    name: z.string(),
  }),
  /** Marks in the sentence show its letters in another order than they are stored and checked in. */
  z.object({ kind: z.literal('order'), ...base }),
]);
export type DraftFinding = z.infer<typeof draftFinding>;

/** Why what somebody said counts for nothing now. */
export const markNotCounted = z.enum(['signature', 'author', 'installation', 'returned', 'changed']);
export const sentenceMark = z.object({
  id: recordId,
  state: draftMark,
  comment: z.string(),
  person: personId,
  /** Epoch ms. */
  at: z.number(),
  /** The version in which it was said. */
  version: z.number().int(),
  notCounted: markNotCounted.nullable(),
});
export type SentenceMark = z.infer<typeof sentenceMark>;

export const sentenceLink = z.object({
  id: recordId,
  /** A passage with its words, or a claim with how it stands. Not in the trash. */
  to: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('passage'),
      passage: passageId,
      source: sourceId,
      title: z.string(),
      page: z.number().int(),
      quote: z.string(),
      translation: z.string().nullable(),
    }),
    z.object({
      kind: z.literal('claim'),
      claim: claimId,
      text: z.string(),
      supports: count,
      limits: count,
      contradicts: count,
      unanswered: count,
    }),
  ]),
  /** Of a quotation in another language: its words. */
  quotation: z.string().nullable(),
  person: personId.nullable(),
  at: z.number(),
});
export type SentenceLink = z.infer<typeof sentenceLink>;

/** What people returned, said and linked of a wording that stood in an earlier version and doesn’t stand in this one. */
export const earlierWording = z.object({
  text: z.string(),
  /** Returns, and what has a comment; oldest first. */
  marks: z.array(sentenceMark),
  links: z.array(sentenceLink),
});
export type EarlierWording = z.infer<typeof earlierWording>;

export const draftSentence = z.object({
  /** From 1, in the draft. */
  number: z.number().int(),
  /** Which of several that are the same, from 0: with `text` what names it in calls. */
  nth: count,
  text: z.string(),
  start: count,
  end: count,
  lang: z.enum(['en', 'zh']),
  /** A heading that says something to check. */
  isHeading: z.boolean(),
  /** The heading that it is, or is under, by number from 0. */
  heading: count.nullable(),
  paragraph: count,
  state: sentenceState,
  /** Whose acceptance counts. */
  by: z.array(personId),
  /** Oldest first. */
  marks: z.array(sentenceMark),
  findings: z.array(draftFinding),
  links: z.array(sentenceLink),
  /** In the newest version: earlier wordings that it is most like. */
  before: z.array(earlierWording),
  /** Why the acting person can’t accept it now; null: they can. */
  refused: z.object({ code: errorCode.extract(['FOUR_EYES', 'NOT_ALLOWED']), message: z.string() }).nullable(),
});
export type DraftSentence = z.infer<typeof draftSentence>;

/** What stands against release, with the numbers of the sentences. */
export const releaseRefusal = z.object({
  kind: z.enum(['fails', 'returned', 'open', 'once', 'unmasked', 'masked', 'contradicted', 'original', 'older']),
  sentences: z.array(z.number().int()),
  message: z.string(),
  /** What puts it right, or who can’t; may be empty. */
  hint: z.string(),
  /** The claim that is contradicted. */
  claim: claimId.nullable(),
});
export type ReleaseRefusal = z.infer<typeof releaseRefusal>;
export const draftCounts = z.record(sentenceState, count);

export const draftDesk = z.object({
  draft,
  /** All of it: offsets count in it. */
  text: z.string(),
  headings: z.array(z.object({ start: count, end: count, level: z.number().int(), text: z.string() })),
  sentences: z.array(draftSentence),
  /** In the newest version: earlier wordings that no sentence is like. */
  gone: z.array(earlierWording),
  counts: draftCounts,
  /** Sources that quotations were looked for in, those whose text could not be read, and figures that were too many to be looked at, with the sentences they are in. */
  looked: z.object({
    sources: count,
    failed: count,
    figuresLeftOut: count,
    leftOutIn: z.array(z.object({ sentence: count, count })),
  }),
  /** Empty: it can be released. */
  refused: z.array(releaseRefusal),
  /** Why the acting person can accept no sentence: they wrote it, or used a key where its author did. */
  barred: z.enum(['author', 'installation']).nullable(),
});
export type DraftDesk = z.infer<typeof draftDesk>;

/** A sentence, as the desk has it. NOT_FOUND where the draft has no such sentence. */
const sentence = { draft: draftId, text: z.string().min(1).max(100_000), nth: count.default(0) };
export const draftDetails = z.object({
  /** Left out: what the file calls itself, else its name. */
  title: title.optional(),
  published: day,
  author,
  writer: personId.nullable().default(null),
  style: style.default('publisher-date'),
  /** The version that it is a newer one of. */
  replaces: draftId.nullable().default(null),
});

export const drafts = {
  /** The newest version of each draft first, then those before it; by title. */
  'drafts.list': call('read', z.object({}), z.object({ drafts: z.array(draft) })),
  /**
   * Adds a draft: its original and text are kept as a source’s are, but it counts nowhere as evidence. EXISTS for the same bytes after
   * the same version; NOT_FOUND; UNSUPPORTED; TOO_LARGE for one that is too long to be checked, and what the reader says.
   */
  'drafts.open': call('program', draftDetails.extend({ path: z.string(), fileName: z.string().optional() }), draft),
  /** NOT_FOUND. */
  'drafts.change': call(
    'write',
    z.object({
      id: draftId,
      title: title.optional(),
      published: day.optional(),
      author: author.optional(),
      writer: personId.nullable().optional(),
      style: style.optional(),
    }),
    z.object({}),
  ),
  /** With all its versions. */
  'drafts.remove': call('write', z.object({ id: draftId }), z.object({})),
  /** Sentence by sentence, with what was found. The first time it looks through the texts of all sources. NOT_FOUND, DAMAGED. */
  'drafts.desk': call('read', z.object({ id: draftId }), draftDesk),
  /**
   * Accepts a sentence, or says that there is nothing to prove in it. FOUR_EYES for the author and who shares an installation with them;
   * NOT_ALLOWED while an error in it is open, for what the person said already, and for nothing to prove where figures or quotations are.
   */
  'drafts.accept': call(
    'write',
    z.object({
      ...sentence,
      as: draftMark.exclude(['returned']).default('accepted'),
      comment: seen(20_000).default(''),
    }),
    z.object({}),
  ),
  'drafts.return': call(
    'write',
    z.object({ ...sentence, comment: seen(20_000).min(1, 'Say what has to change.') }),
    z.object({}),
  ),
  /** Links passages and claims, of `quotation` only passages. One edit. NOT_FOUND. */
  'drafts.link': call(
    'write',
    z.object({
      ...sentence,
      passages: z.array(passageId).max(1000).default([]),
      claims: z.array(claimId).max(1000).default([]),
      quotation: z.string().min(1).max(20_000).nullable().default(null),
    }),
    z.object({}),
  ),
  'drafts.unlink': call('write', z.object({ draft: draftId, link: recordId }), z.object({})),
  /**
   * Says what is to be done about a finding; null takes it back. FOUR_EYES where the author would keep what is an error; BAD_INPUT to keep
   * one without a reason; NOT_FOUND.
   */
  'drafts.resolve': call(
    'write',
    z.object({
      ...sentence,
      finding: z.string(),
      remedy: z.enum(DRAFT_REMEDIES).nullable(),
      reason: seen(5000).default(''),
    }),
    z.object({}),
  ),
  /**
   * DRAFT_OPEN with what stands against it, in sentences and by number, or UNMASKED where a private person would be named; then nothing is
   * written. EXISTS if it was released.
   */
  'drafts.release': call('write', z.object({ id: draftId }), z.object({})),
};
