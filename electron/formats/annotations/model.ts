/** An annotation of another program, as far as Sourcebook has a place for what it says. */
export interface ForeignAnnotation {
  /** An IRI or another name that is the same each time the file is written; null if the file gives none. */
  readonly id: string | null;
  /** As written: who made it, and when. */
  readonly creator: string | null;
  readonly created: string | null;
  readonly tags: readonly string[];
  /** Values of dimensions, as our own files state them: by their codes. */
  readonly values: readonly { readonly dimension: string; readonly value: string }[];
  readonly comments: readonly string[];
  /** What it looks like, where people give that a meaning: `highlight #ffd400`. */
  readonly look?: string;
  readonly targets: readonly ForeignTarget[];
}

/** What an annotation is on. Without a quotation, position or area it is on a source as a whole. */
export interface ForeignTarget {
  /** Addresses of the document, the most telling first. */
  readonly addresses: readonly string[];
  /** SHA-256 of its bytes, hexadecimal. */
  readonly hashes: readonly string[];
  readonly quote: { readonly exact: string; readonly prefix: string; readonly suffix: string } | null;
  /** `points`: Unicode code points, as the standard counts. `units`: UTF-16 code units, as programs in browsers count. */
  readonly position: { readonly start: number; readonly end: number; readonly count: 'points' | 'units' } | null;
  readonly area: ForeignArea | null;
  /** Kinds of selectors on a part of the document that Sourcebook can't read. */
  readonly unread: readonly string[];
}

/** `points`: PDF user space, left, bottom, right, top. `pixels`: of the upright image, x, y, width and height from the upper left. */
export type ForeignArea =
  | { readonly unit: 'points'; readonly page: number; readonly box: readonly [number, number, number, number] }
  | { readonly unit: 'pixels'; readonly box: readonly [number, number, number, number] };

/** Something of a file that could not be read: how often, and why. */
export interface Unread {
  readonly kind: string;
  readonly count: number;
  readonly why: string;
}

export interface ForeignAnnotations {
  readonly annotations: readonly ForeignAnnotation[];
  readonly unread: readonly Unread[];
}

/** Counts what could not be read, by kind and reason, in the order in which each came first. */
export class UnreadList {
  private readonly counts = new Map<string, Unread>();
  add(kind: string, why: string): void {
    const key = `${kind}\n${why}`;
    this.counts.set(key, { kind, why, count: (this.counts.get(key)?.count ?? 0) + 1 });
  }
  list(): Unread[] {
    return [...this.counts.values()];
  }
}
