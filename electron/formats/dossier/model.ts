import type { ClaimRelation, DossierShows, DossierTemplate, ExhibitPicture, Gap } from '../../../shared/model/index.ts';
import type { DossierFigures } from './figure-records.ts';
import type { ReportPassage, ReportSource } from '../report/model.ts';

/** A dossier as every format writes it. All of it is JSON, so that names can be taken out of every text at once. */
export interface Dossier {
  readonly title: string;
  /** The project's. */
  readonly project: string;
  readonly template: DossierTemplate;
  readonly shows: DossierShows;
  /** ISO 8601, UTC. */
  readonly madeAt: string;
  /** The hash of the project's last change; null under pseudonyms. */
  readonly head: string | null;
  readonly codebook: { readonly title: string; readonly version: string };
  /** What it was made from, in words. */
  readonly chosen: readonly string[];
  readonly summary: string;
  readonly pseudonyms: boolean;
  readonly claims: readonly DossierClaim[];
  /** Exhibits in order; `claim`: the number of a claim, null for those that bear on none. */
  readonly groups: readonly {
    readonly claim: number | null;
    /** The id of a document, where exhibits are ordered by document. */
    readonly document: string | null;
    readonly exhibits: readonly number[];
  }[];
  readonly exhibits: readonly Exhibit[];
  /** Exhibits of what was chosen that whoever made it left out. */
  readonly leftOut: number;
  /** In the order of their titles, or of the exhibits where these are ordered by document. */
  readonly documents: readonly Document[];
  readonly categories: readonly UsedCategory[];
  readonly agreement: Agreement | null;
  /** Null where it doesn’t show them. */
  readonly figures: DossierFigures | null;
  /** Everyone who coded, translated or checked what is in it. */
  readonly people: readonly Signer[];
  /** How many edits of the project await a decision because two people wrote differently. */
  readonly openConflicts: number;
  /** What is masked in its documents, by reason. */
  readonly masks: readonly { readonly kind: string; readonly reason: string; readonly count: number }[];
}

export interface DossierClaim {
  readonly number: number;
  readonly id: string;
  readonly claim: string;
  readonly supports: Counted;
  readonly limits: Counted;
  readonly contradicts: Counted;
  readonly unanswered: number;
  /** Contradictions that are in the trash. */
  readonly trashed: number;
  /** What it lacks, in words. */
  readonly lacks: readonly string[];
  /** Everything that limits or contradicts it, whether or not it is an exhibit. */
  readonly against: readonly Against[];
  readonly exhibits: readonly number[];
}
interface Counted {
  readonly passages: number;
  readonly origins: number;
}

/** A passage that limits or contradicts a claim. */
export interface Against {
  readonly as: Exclude<ClaimRelation, 'supports'>;
  readonly passage: string;
  /** Null where it is no exhibit. */
  readonly exhibit: Numbered | null;
  readonly quote: string;
  readonly translation: string | null;
  readonly document: string;
  readonly page: number | null;
  /** Empty: nobody answered. */
  readonly answer: string;
}

/** An exhibit’s number from 1, and what it is called. */
export interface Numbered {
  readonly number: number;
  /** Its number, or its document’s and its own within it: `2.3`. */
  readonly label: string;
}

export interface Exhibit extends Numbered {
  readonly passage: ReportPassage;
  /** The id of its document. */
  readonly document: string;
  readonly place: Place;
  readonly picture: ExhibitPicture;
  /** Its document is drawn with a password alone. */
  readonly isProtected: boolean;
  /** The claims it bears on, by number. */
  readonly claims: readonly { readonly number: number; readonly as: ClaimRelation }[];
  /** It was asked to be left out, and stays, since it contradicts a claim. */
  readonly isKept: boolean;
  readonly isDisputed: boolean;
  /** Edits of it that await a decision, in words. */
  readonly conflicts: readonly string[];
  readonly custody: readonly Event[];
  readonly memos: readonly { readonly memo: string; readonly by: string; readonly at: string }[];
  /** Sentences. */
  readonly notKnown: readonly string[];
}

/** Where a passage is: a W3C TextQuoteSelector and TextPositionSelector, or a rectangle of a page. */
export interface Place {
  readonly page: number;
  readonly start: number | null;
  readonly end: number | null;
  readonly exact: string | null;
  readonly prefix: string | null;
  readonly suffix: string | null;
  /** Rectangles by page in the page's own space: left, bottom, right, top. */
  readonly boxes: readonly { readonly page: number; readonly box: readonly [number, number, number, number] }[];
  /** What read the text, with its version: offsets count in its text. */
  readonly readBy: string;
}

export interface Event {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly what: string;
  readonly who: string;
}

export type Document = Omit<ReportSource, 'passages'> & {
  readonly exhibits: readonly number[];
  readonly gaps: readonly Gap[];
  /** Whether the bytes in the project are those of its SHA-256, read when the dossier was made. */
  readonly original: 'same' | 'missing' | 'unread';
};

export interface UsedCategory {
  readonly code: string;
  readonly name: string;
  readonly definition: string;
  readonly include: string;
  readonly exclude: string;
  readonly exhibits: readonly number[];
}

export interface Agreement {
  readonly alpha: number | null;
  readonly interval: readonly [number, number] | null;
  readonly percent: number | null;
  /** Judged by at least two. */
  readonly units: number;
  readonly coders: number;
  /** What was counted, as a sentence. */
  readonly note: string;
}

export interface Signer {
  readonly name: string;
  /** Null under pseudonyms, and without a key. */
  readonly fingerprint: string | null;
  /** What the installation that made the dossier knows of the key, in words. */
  readonly trust: string;
}
