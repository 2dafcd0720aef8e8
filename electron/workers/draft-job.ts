import type { Citation } from '../../shared/drafts/citations.ts';
import type { Uncited } from '../../shared/drafts/check-draft.ts';
import type { PlaceNamed } from '../../shared/drafts/place-names.ts';
import type { QuotationFound } from '../../shared/drafts/quotations.ts';
import type { Heading, NumberedSentence } from '../../shared/drafts/sentences.ts';
import type { Glossary, Term } from '../../shared/drafts/terms.ts';
import type { Verdict } from '../../shared/figures/check.ts';
import type { RelationKind, Warning } from '../../shared/figures/relation.ts';
import type { OperationName } from '../../shared/figures/operations.ts';
import type { FoundFigure } from '../../shared/contract/figure-readings.ts';
import type { Added } from '../../shared/places/gazetteer.ts';
import type { ConversionRule, Sha256 } from '../../shared/model/index.ts';
import type { Stretch } from '../../shared/text/blocks.ts';

/** A draft to be read, with the texts and passages that it is compared with. */
export interface DraftToRead {
  readonly folder: string;
  readonly layer: Sha256;
  /** ISO 8601, a day. */
  readonly published: string;
  /** See `conventionOf`, shared/drafts/conventions.ts. */
  readonly style: string;
  /** The terms of the codebook. */
  readonly glossary: Glossary;
  /** The sources in the order in which they are searched. */
  readonly sources: readonly { readonly id: string; readonly layer: Sha256 }[];
  /** The words of passages, in which figures are looked for. */
  readonly passages: readonly { readonly id: string; readonly words: string }[];
  /** What the team added to the gazetteer, and to the table of conversions. */
  readonly added: Added;
  readonly conversions: readonly ConversionRule[];
}

/** Where a quotation was found. `here`: the words there. */
export interface PlaceFound extends QuotationFound {
  readonly source: string;
  /** From 1. */
  readonly page: number;
  readonly before: string;
  readonly here: string;
  readonly after: string;
}

/** Everything that a draft says and that was found about it. None of this is in the log. */
export interface DraftRead {
  readonly text: string;
  readonly headings: readonly Heading[];
  readonly sentences: readonly NumberedSentence[];
  readonly citations: readonly Citation[];
  readonly quotations: readonly (Stretch & {
    readonly text: string;
    readonly found: PlaceFound | null;
    /** Whether no source is in its script, or it prints the Chinese words that it translates. */
    readonly isOtherLanguage: boolean;
  })[];
  readonly figures: readonly (FoundFigure & {
    /** Whether it is a percentage for which no other figure in the draft was found. */
    readonly isUnpaired: boolean;
    readonly matches: readonly { readonly passage: string; readonly text: string }[];
  })[];
  readonly relations: readonly (Stretch & {
    readonly kind: RelationKind;
    readonly operation: OperationName;
    readonly formula: string;
    readonly figures: readonly string[];
    /** Ids of the figures: the inputs in the order of the formula, and the one that prints the result. */
    readonly inputs: readonly string[];
    readonly result: string | null;
    readonly by: 'wording' | 'numbers';
    readonly text: string;
    readonly verdict: Verdict;
    readonly computed: string | null;
    readonly off: number | null;
    readonly wide: boolean;
    readonly warnings: readonly Warning[];
  })[];
  readonly uncited: readonly Uncited[];
  readonly terms: readonly Term[];
  readonly places: readonly PlaceNamed[];
  readonly looked: {
    readonly sources: number;
    readonly failed: number;
    /** How many figures come after the first 20,000: nothing was looked up for these. */
    readonly figuresLeftOut: number;
    readonly leftOutIn: { readonly sentence: number; readonly count: number }[];
  };
}
