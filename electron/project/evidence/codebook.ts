import type { Readable } from '../../db/types.ts';
import { codebookCategories, codebookDimensions, codebookValues } from './queries.ts';

export interface EvidenceCategory {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly parent: string | null;
  readonly archived: boolean;
  /** The category and all categories above it. */
  readonly line: readonly string[];
}
export interface EvidenceDimension {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly values: readonly { readonly id: string; readonly code: string; readonly label: string }[];
}

/** The live categories in the codebook’s order, and the dimensions of passages. */
export interface EvidenceCodebook {
  readonly categories: readonly EvidenceCategory[];
  readonly byId: ReadonlyMap<string, EvidenceCategory>;
  readonly dimensions: readonly EvidenceDimension[];
  /** Labels of the values of `doctype`, by code. */
  readonly types: ReadonlyMap<string, string>;
}

export function readEvidenceCodebook(db: Readable): EvidenceCodebook {
  const rows = db.all(codebookCategories, {});
  const parents = new Map(rows.map(({ id, parent }) => [id, parent]));
  const parentOf = (id: string): string | null => {
    const parent = parents.get(id) ?? null;
    return parent !== null && parents.has(parent) ? parent : null;
  };
  const read = rows.map(({ id, code, name, archived }): EvidenceCategory => {
    // Moves by two people can make a ring of categories. Each is then above all others of the ring, and is counted once.
    const line = new Set<string>();
    for (let at: string | null = id; at !== null && !line.has(at); at = parentOf(at)) line.add(at);
    return {
      id,
      code: code ?? '',
      name: name ?? code ?? id.slice(0, 8),
      parent: parentOf(id),
      archived: archived === 1,
      line: [...line],
    };
  });
  const values = Map.groupBy(db.all(codebookValues, {}), ({ dimension }) => dimension);
  const dimensions = db.all(codebookDimensions, {}).map((row) => ({
    id: row.id,
    code: row.code ?? '',
    name: row.name ?? row.code ?? '',
    on: row.on,
    values: (values.get(row.id) ?? []).map((one) => ({
      id: one.id,
      code: one.code ?? '',
      label: one.label ?? one.code ?? '',
    })),
  }));
  const categories = inTreeOrder(read);
  return {
    categories,
    byId: new Map(categories.map((one) => [one.id, one])),
    dimensions: dimensions.filter(({ on }) => on === 'passage'),
    types: new Map(
      dimensions.find(({ code }) => code === 'doctype')?.values.map(({ code, label }) => [code, label]) ?? [],
    ),
  };
}

/** Returns each category followed by those below it. Members of a ring, which no walk from the top reaches, come last. */
function inTreeOrder(all: readonly EvidenceCategory[]): EvidenceCategory[] {
  const children = Map.groupBy(all, ({ parent }) => parent);
  const ordered = new Set<EvidenceCategory>();
  const visit = (one: EvidenceCategory): void => {
    if (ordered.has(one)) return;
    ordered.add(one);
    children.get(one.id)?.forEach(visit);
  };
  children.get(null)?.forEach(visit);
  all.forEach(visit);
  return [...ordered];
}
