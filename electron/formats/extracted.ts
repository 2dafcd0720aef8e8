import type { ErrorData } from '../../shared/errors.ts';
import type { LayerEngine, LayerPage, Redirect, SourceRecord } from '../../shared/model/index.ts';

/** What any reader of a format gives back: the layer, ready to be stored, and what the file says of itself. */
export interface Extracted {
  readonly engine: LayerEngine;
  readonly version: string;
  /** The layer file as it goes into `layers/` (format: shared/text/layer-file.ts). */
  readonly layerFile: Uint8Array;
  /** SHA-256 (hex) of the whole canonical text in UTF-8, or of the layer file where one text may belong to several: part of the layer's id. */
  readonly textSha256: string;
  readonly length: number;
  readonly hasText: boolean;
  readonly pages: readonly LayerPage[];
  readonly notes: readonly string[];
  /** The frozen page (UTF-8 HTML) and its resources, for pages. */
  readonly frozen: Uint8Array | null;
  readonly resources: readonly Uint8Array[];
  /** Only what the file itself says. */
  readonly record: PrefilledRecord;
  /** From what each filled field was taken: `{title: 'PDF Info dictionary'}`. */
  readonly prefilled: Readonly<Record<string, string>>;
  /** Captures only: how the page was answered and what led to it. */
  readonly status?: number | null;
  readonly redirects?: readonly Redirect[];
}

export type PrefilledRecord = Partial<Omit<SourceRecord, 'capture'>> & {
  readonly capture?: Partial<SourceRecord['capture']>;
};

export type Extraction =
  { readonly ok: true; readonly value: Extracted } | { readonly ok: false; readonly error: ErrorData };

/** How many pages a reader of a format has read, and how many there are. */
export interface ExtractionProgress {
  readonly done: number | null;
  readonly total: number | null;
}
