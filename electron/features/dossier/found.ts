import type { ReportPassage, ReportSource } from '../../formats/report/model.ts';

/** An exhibit before it has everything that a dossier says of it. */
export interface Found {
  readonly passage: ReportPassage;
  readonly source: ReportSource;
  /** What the exhibit is called: see `Numbered`. */
  readonly label: string;
  readonly isKept?: true;
}
