import type { Together } from '../../../shared/contract/view-figures.ts';
import { facetOf } from './facets.ts';
import { paragraphsOfRows } from './paragraphs.ts';
import type { Evidence } from './read-set.ts';

/**
 * Returns the function from a row to the number of its unit: the passage itself, its paragraph (the one in which it begins) or its source.
 */
function unitsOf(evidence: Evidence, together: Together): (row: number) => number {
  switch (together) {
    case 'passage':
      return (row) => row;
    case 'paragraph':
      return paragraphsOfRows(evidence);
    case 'source':
      return (row) => evidence.set.sourceAt(row);
  }
}

/** The categories in one unit, by their index in the codebook: `own` are those of its tags, `below` also those above them. */
interface UnitCategories {
  readonly own: ReadonlySet<number>;
  readonly below: ReadonlySet<number>;
}

export function categoriesByUnit(evidence: Evidence, rows: Uint32Array, together: Together): UnitCategories[] {
  const height = evidence.codebook.categories.length;
  const unitOf = unitsOf(evidence, together);
  const [own, below] = [facetOf(evidence, 'category'), facetOf(evidence, 'below')];
  const units = new Map<number, { own: Set<number>; below: Set<number> }>();
  for (const row of rows) {
    if (evidence.set.tags.count(row) === 0) continue;
    const unit = unitOf(row);
    const known = units.get(unit) ?? { own: new Set(), below: new Set() };
    units.set(unit, known);
    // The last value stands for untagged passages: it is no category.
    own.each(row, (at) => (at < height ? known.own.add(at) : null));
    below.each(row, (at) => (at < height ? known.below.add(at) : null));
  }
  return [...units.values()];
}

/** Reads `UNIT CATEGORY CATEGORY`: of some rows, those tagged with one of the categories (or one below it) in a unit that contains both. */
export function rowsTogether(evidence: Evidence, rows: Uint32Array, value: string): Uint32Array<ArrayBuffer> {
  const [unit = '', one = '', other = ''] = value.split(' ');
  const together = unit === 'paragraph' || unit === 'source' ? unit : 'passage';
  const places = new Map(evidence.codebook.categories.map(({ id }, at) => [id, at]));
  const [first, second] = [places.get(one), places.get(other)];
  const unitOf = unitsOf(evidence, together);
  const facet = facetOf(evidence, 'below');
  const has = (row: number): number => {
    let found = 0;
    facet.each(row, (at) => {
      if (at === first) found |= 1;
      if (at === second) found |= 2;
    });
    return found;
  };
  const units = new Map<number, number>();
  for (const row of rows) {
    const unitNumber = unitOf(row);
    units.set(unitNumber, (units.get(unitNumber) ?? 0) | has(row));
  }
  return rows.filter((row) => units.get(unitOf(row)) === 3 && has(row) > 0);
}
