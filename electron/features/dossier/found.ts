import type { ReportPassage, ReportSource } from '../../formats/report/model.ts';

/** An exhibit with its label, before its history, translations and other contents are read. */
export interface Found {
  readonly passage: ReportPassage;
  readonly source: ReportSource;
  /** The printed number of the exhibit: see `Numbered`. */
  readonly label: string;
  readonly isKept?: true;
}
