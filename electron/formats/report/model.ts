import type { DateField, EdtfDate, ShownState, SourceKind } from '../../../shared/model/index.ts';

/** What goes out to people without Sourcebook: the passages of a selection, by source, with all that proves them. */
export interface Report {
  readonly title: string;
  /** ISO 8601, UTC. */
  readonly madeAt: string;
  /** Sourcebook's hash of the project's last change: two reports of one state have the same. */
  readonly head: string | null;
  readonly codebook: { readonly title: string; readonly version: string };
  /** What was chosen, in words; empty for everything. */
  readonly chosen: readonly string[];
  readonly sources: readonly ReportSource[];
}

export interface ReportSource {
  readonly id: string;
  readonly title: string;
  readonly fileName: string;
  readonly kind: SourceKind;
  readonly author: string | null;
  readonly publisher: string | null;
  /** BCP 47. */
  readonly language: string | null;
  /** In words. */
  readonly documentType: string | null;
  readonly grade: string | null;
  readonly gradeReason: string | null;
  readonly url: string | null;
  readonly captured: string | null;
  readonly tool: string | null;
  readonly archiveLink: string | null;
  readonly dates: Readonly<Record<DateField, EdtfDate | null>>;
  /** Of the original's bytes, hex. */
  readonly sha256: string;
  readonly bytes: number;
  readonly passages: readonly ReportPassage[];
}

export interface ReportPassage {
  readonly id: string;
  /** From 1, through all sources. */
  readonly number: number;
  /** Null for an area. */
  readonly quote: string | null;
  /** Null where the source has no pages. */
  readonly page: number | null;
  readonly translations: readonly {
    readonly language: string;
    readonly text: string;
    readonly translator: string;
    readonly machine: boolean;
    readonly state: 'draft' | 'checked' | 'approved';
  }[];
  readonly categories: readonly { readonly code: string; readonly name: string; readonly coders: readonly string[] }[];
  /** What was decided where coders differ; null where nothing was. */
  readonly decided: { readonly codes: readonly string[]; readonly person: string } | null;
  /** `Voice: official`. */
  readonly settings: readonly string[];
  readonly highlighter: string;
  readonly coders: readonly string[];
  readonly state: ShownState;
  readonly checker: string | null;
  readonly approver: string | null;
  readonly comments: number;
}

/** States as they are called in the workbench. */
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

/** An EDTF date as it is known; one that was concluded says so. */
export const dateText = (date: EdtfDate | null): string | null =>
  date === null ? null : date.implied ? `${date.edtf} (implied)` : date.edtf;
