import type { FieldWith } from '../../../shared/changes/fields.ts';
import type { DateField, EdtfDate, ShownState, SourceKind } from '../../../shared/model/index.ts';

/** A report for people without Sourcebook: the passages of a selection, by source, with all their evidence. */
export interface Report {
  readonly title: string;
  /** ISO 8601, UTC. */
  readonly madeAt: string;
  /** The hash of the project's last change: two reports of one state have the same. */
  readonly head: string | null;
  readonly codebook: { readonly title: string; readonly version: string };
  /** The selection in words; empty for everything. */
  readonly chosen: readonly string[];
  readonly sources: readonly ReportSource[];
  /** What is masked in them, by reason; absent for nothing. */
  readonly masks?: readonly { readonly kind: string; readonly reason: string; readonly count: number }[];
}

/** The details of a source that a citation prints. */
type Cited = Exclude<FieldWith<'source', 'cited'>, DateField>;

export interface ReportSource extends Readonly<Record<Cited, string | null>> {
  readonly id: string;
  readonly title: string;
  readonly fileName: string;
  readonly kind: SourceKind;
  /** In words. */
  readonly documentType: string | null;
  readonly grade: string | null;
  readonly gradeReason: string | null;
  readonly dates: Readonly<Record<DateField, EdtfDate | null>>;
  /** Of the original's bytes, hex. */
  readonly sha256: string;
  readonly bytes: number;
  /** In words, that it is one of several copies of one text, and of which; absent for any other source. */
  readonly copies?: string;
  /** Names the text that its copies share; absent for any other source. */
  readonly text?: string;
  readonly passages: readonly ReportPassage[];
}

export interface ReportCategory {
  readonly code: string;
  readonly name: string;
}

/** One person's coding of a passage; without categories: they gave it none. */
export interface CodedBy {
  readonly coder: string;
  /** Their id, since two people may have one name. */
  readonly person: string;
  readonly categories: readonly ReportCategory[];
}

/** An exhibit: the passage, or all passages, on the same words. */
export interface ReportPassage {
  readonly id: string;
  /** The other passages on the same words; absent for none. */
  readonly also?: readonly string[];
  /** Approved by someone who saw all of its coding: what coders gave differently stands side by side, and no decision is awaited. */
  readonly accepted?: true;
  /** From 1, through all sources. */
  readonly number: number;
  /** Null for an area. */
  readonly quote: string | null;
  /** Null if the source has no pages. */
  readonly page: number | null;
  readonly translations: readonly {
    readonly language: string;
    readonly text: string;
    readonly translator: string;
    readonly machine: boolean;
    readonly state: 'draft' | 'checked' | 'approved';
  }[];
  /** All tags the passage has now, by anyone. */
  readonly categories: readonly ReportCategory[];
  /** Each coder's tags on it now. */
  readonly coding: readonly CodedBy[];
  /** What was decided where coders differ, which is final. Null if nothing was. */
  readonly decided: {
    /** Empty: none of them fits. */
    readonly categories: readonly ReportCategory[];
    readonly person: string;
    /** ISO 8601, UTC. */
    readonly at: string | null;
    readonly reason: string;
    /** What each coder had given when it was decided, on this passage or on their own passage of the same words. */
    readonly compared: readonly CodedBy[];
  } | null;
  /** `Voice: official`. */
  readonly settings: readonly string[];
  readonly highlighter: string;
  readonly state: ShownState;
  /** Who second-coded it, with tags of their own or by agreeing with others’, and which; null if no one did. */
  readonly second: string | null;
  readonly checker: string | null;
  readonly approver: string | null;
  readonly comments: number;
}

/** The names of states in the workbench. */
export const STATE_NAMES: Readonly<Record<ShownState, string>> = {
  draft: 'Draft',
  coded: 'Coded',
  'second-coded': 'Second-coded',
  translated: 'Translated',
  checked: 'Checked',
  approved: 'Approved',
  released: 'Released',
  returned: 'Returned',
  reopened: 'Reopened',
};

/** An EDTF date; says so if it was inferred. */
export const dateText = (date: EdtfDate | null): string | null =>
  date === null ? null : date.implied ? `${date.edtf} (implied)` : date.edtf;

/** A piece of a report; `passages` is the number written up to its end. */
export interface Piece {
  readonly text: string;
  readonly passages: number;
}

/**
 * The status of a passage's coding: `decided` by an adjudicator; `undecided` if its coders gave it different categories and
 * no one decided or approved it as it is; else `coded`, if it has any.
 */
export type Outcome = 'decided' | 'undecided' | 'coded' | 'none';
export function outcomeOf({ decided, coding, accepted }: ReportPassage): Outcome {
  if (decided !== null) return 'decided';
  if (coding.length < 2 || accepted === true) return coding.length === 0 ? 'none' : 'coded';
  const given = new Set(coding.map(({ categories }) => categories.map(({ code }) => code).join(' ')));
  return given.size > 1 ? 'undecided' : 'coded';
}

/** The final categories: as decided, else all its tags. */
export const finalOf = ({ decided, categories }: ReportPassage): readonly ReportCategory[] =>
  decided?.categories ?? categories;

const byName = new Intl.Collator('en', { numeric: true });

/** Who coded what, by name; if decided, as it was then. */
export function codingOf({ decided, coding }: ReportPassage): readonly CodedBy[] {
  const all = decided === null || decided.compared.length === 0 ? coding : decided.compared;
  // Most passages have one coder, and a table asks for each of its columns.
  return all.length < 2
    ? all
    : all.toSorted((a, b) => byName.compare(a.coder, b.coder) || (a.person < b.person ? -1 : 1));
}
