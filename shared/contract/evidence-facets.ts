import { z } from 'zod';

/**
 * What tells passages apart: rows are grouped by it, a matrix has it as columns, a timeline as lanes.
 * `category`: the categories of its tags. `below`: those with all above them. `family`: the topmost of those. `person`: who
 * highlighted it. `tagger`: who tagged it. `act`, `published`, `captured`: the date as far as it is known (`2023-05`). With
 * `Year`: the year, `several` for a date over several. With `Month`: the month as `2023-05`, `several` for a date over several.
 * A dimension of passages is `dimension:` and its code.
 * `origin`: the source, copies of one text as one.
 * `places`: the places a passage names, or its source is of if it names none. `placesWithin`: those with all they are in. `county`,
 * `prefecture`, `province`: the units of that level that they are or are in.
 * A value that is missing is the empty text: untagged, undated, without a publisher.
 */
const FACETS = [
  'category',
  'below',
  'family',
  'source',
  'collection',
  'origin',
  'publisher',
  'type',
  'language',
  'grade',
  'state',
  'person',
  'tagger',
  'act',
  'published',
  'captured',
  'actYear',
  'publishedYear',
  'capturedYear',
  'actMonth',
  'publishedMonth',
  'capturedMonth',
  'places',
  'placesWithin',
  'county',
  'prefecture',
  'province',
] as const;
export const ofDimension = z.templateLiteral(['dimension:', z.string().min(1).max(200)]);
/** The code of the dimension that a facet or column is. */
export const dimensionOf = (facet: z.infer<typeof ofDimension>): string => facet.slice('dimension:'.length);
export const evidenceFacet = z.union([z.enum(FACETS), ofDimension]);
export type EvidenceFacet = z.infer<typeof evidenceFacet>;
