/** Which documents are looked for. Terms are given by their numbers. `any`: all documents. */
export type Wanted =
  | { readonly kind: 'any' }
  /** These documents, by their numbers. */
  | { readonly kind: 'docs'; readonly docs: ReadonlySet<number> }
  | { readonly kind: 'term'; readonly term: number }
  /** Where a term of each side stands within so many UTF-16 units of folded text: in one document, or from one into those that follow it. */
  | { readonly kind: 'near'; readonly sides: readonly (readonly number[])[]; readonly units: number }
  | { readonly kind: 'all' | 'some'; readonly parts: readonly Wanted[] };

/** Returns the documents in which the terms are as `wanted` says, given the documents of each term; null for all documents. */
export function docsWanted(
  wanted: Wanted,
  docsOf: (term: number) => ReadonlySet<number>,
  near: (sides: readonly (readonly number[])[], units: number) => ReadonlySet<number>,
  among: (docs: ReadonlySet<number>) => ReadonlySet<number>,
): ReadonlySet<number> | null {
  switch (wanted.kind) {
    case 'any':
      return null;
    case 'docs':
      return among(wanted.docs);
    case 'term':
      return docsOf(wanted.term);
    case 'near':
      return near(wanted.sides, wanted.units);
    case 'all': {
      const sets = wanted.parts.flatMap((part) => docsWanted(part, docsOf, near, among) ?? []);
      const [smallest, ...others] = sets.toSorted((a, b) => a.size - b.size);
      if (smallest === undefined) return null;
      return others.length === 0
        ? smallest
        : new Set([...smallest].filter((doc) => others.every((set) => set.has(doc))));
    }
    case 'some': {
      const sets = wanted.parts.map((part) => docsWanted(part, docsOf, near, among));
      const [only] = sets;
      if (sets.length === 1 && only !== undefined) return only;
      const found = new Set<number>();
      for (const set of sets) {
        if (set === null) return null;
        for (const doc of set) found.add(doc);
      }
      return found;
    }
  }
}
