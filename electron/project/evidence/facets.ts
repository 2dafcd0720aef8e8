import { dimensionOf } from '../../../shared/contract/evidence-facets.ts';
import type { EvidenceFacet } from '../../../shared/contract/evidence.ts';
import type { DateBounds } from '../../../shared/model/dates.ts';
import { shownState } from '../../../shared/model/index.ts';
import { counted } from '../../../shared/text/counted.ts';
import type { Numbers } from './lists.ts';
import type { Facet, FacetValue } from './facet.ts';
import { placeFacet } from './place-facet.ts';
import type { Evidence } from './read-set.ts';
import { dayText, type EvidenceDate, type EvidenceSource } from './sources.ts';

export function facetOf(evidence: Evidence, by: EvidenceFacet): Facet {
  switch (by) {
    case 'category':
    case 'below':
    case 'family':
      return categoryFacet(evidence, by);
    case 'source':
      return sourceFacet(
        evidence,
        ({ id }) => [id],
        evidence.sources.all.map(({ id, title }) => ({ value: id, label: title })),
      );
    case 'collection':
      return sourceFacet(
        evidence,
        ({ collections }) => collections,
        evidence.sources.collections.map(({ id, name }) => ({ value: id, label: name })),
      );
    case 'origin':
      return originFacet(evidence);
    case 'publisher':
      return textFacet(evidence, ({ publisher }) => publisher);
    case 'type':
      return textFacet(
        evidence,
        ({ type }) => type,
        (code) => evidence.codebook.types.get(code) ?? code,
      );
    case 'language':
      return textFacet(evidence, ({ language }) => language);
    case 'grade':
      return textFacet(evidence, ({ grade }) => grade);
    case 'state':
      return stateFacet(evidence);
    case 'person':
    case 'tagger':
      return personFacet(evidence, by);
    case 'act':
    case 'published':
    case 'captured':
      return dateFacet(evidence, by);
    case 'places':
    case 'placesWithin':
    case 'county':
    case 'prefecture':
    case 'province':
      return placeFacet(evidence, by);
    case 'actYear':
      return yearFacet(evidence, 'act');
    case 'publishedYear':
      return yearFacet(evidence, 'published');
    case 'capturedYear':
      return yearFacet(evidence, 'captured');
    case 'actMonth':
      return monthFacet(evidence, 'act');
    case 'publishedMonth':
      return monthFacet(evidence, 'published');
    case 'capturedMonth':
      return monthFacet(evidence, 'captured');
    default:
      return dimensionFacet(evidence, dimensionOf(by));
  }
}

const MISSING: FacetValue = { value: '', label: '' };

/** Returns a function from a value to its index in `values`; an unlisted value counts as missing. */
function placed(values: readonly FacetValue[]) {
  const all = [...values, MISSING];
  const places = new Map(all.map(({ value }, at) => [value, at]));
  return { all, missing: values.length, placeOf: (value: string): number => places.get(value) ?? values.length };
}

function sourceFacet(
  { set, sourceOf }: Evidence,
  ofSource: (source: EvidenceSource) => readonly string[],
  values: readonly FacetValue[],
): Facet {
  const { all, missing, placeOf } = placed(values);
  const bySource = sourceOf.map((source) => {
    const own = source === undefined ? [] : [...new Set(ofSource(source).map(placeOf))];
    return own.length === 0 ? [missing] : own;
  });
  return {
    values: all,
    each: (row, visit) => {
      for (const at of bySource[set.sourceAt(row)] ?? []) visit(at);
    },
    ofSource,
  };
}

/** Groups by origin: copies of one text are one value, and every other source is its own. */
function originFacet(evidence: Evidence): Facet {
  const { all } = evidence.sources;
  const values = all
    .filter(({ id, origin }) => id === origin)
    .map(({ id, title, copies }) => ({
      value: id,
      label: copies === null ? title : `${title} (${counted(copies.others + 1, 'copy', 'copies')})`,
    }));
  return sourceFacet(evidence, ({ origin }) => [origin], values);
}

function textFacet(
  evidence: Evidence,
  of: (source: EvidenceSource) => string | null,
  labelOf: (value: string) => string = (value) => value,
): Facet {
  const found = [...new Set(evidence.sources.all.flatMap((source) => of(source) ?? []))];
  const values = found.map((value) => ({ value, label: labelOf(value) })).sort(byLabel);
  return sourceFacet(evidence, (source) => [of(source) ?? ''], values);
}

const collator = new Intl.Collator('en', { numeric: true });
const byLabel = (a: FacetValue, b: FacetValue): number =>
  collator.compare(a.label, b.label) || (a.value < b.value ? -1 : 1);

function dateFacet(evidence: Evidence, date: EvidenceDate): Facet {
  const known = new Map(
    evidence.sources.all.flatMap(({ dates }) => {
      const own = dates[date];
      return own === null ? [] : [[own.edtf, own.order] as const];
    }),
  );
  const values = [...known]
    .sort(([a, one], [b, other]) => one - other || (a < b ? -1 : 1))
    .map(([value]) => ({ value, label: value }));
  return sourceFacet(evidence, ({ dates }) => [dates[date]?.edtf ?? ''], values);
}

/** The value of a date over several years or months. */
const SEVERAL = 'several';
/** The longest gap of years that is filled: a year farther away is a mistake in a date. */
const LONGEST_GAP = 30;

/** Groups by year: every year from the first to the last, also years without a source, since a gap is worth showing. */
function yearFacet(evidence: Evidence, date: EvidenceDate): Facet {
  const yearOf = ({ dates }: EvidenceSource): string => {
    const own = dates[date];
    return own === null ? '' : own.year === null ? SEVERAL : String(own.year);
  };
  const years = [...new Set(evidence.sources.all.flatMap(({ dates }) => dates[date]?.year ?? []))].sort(
    (a, b) => a - b,
  );
  const shown = years.flatMap((year, at) => {
    const before = years[at - 1] ?? year - 1;
    const gap = year - before - 1;
    return [...(gap > LONGEST_GAP ? [] : Array.from({ length: gap }, (_, n) => before + 1 + n)), year];
  });
  const values = shown.map((year) => ({ value: String(year), label: String(year) }));
  const hasSeveral = evidence.sources.all.some((source) => yearOf(source) === SEVERAL);
  return sourceFacet(evidence, (source) => [yearOf(source)], [
    ...values,
    ...(hasSeveral ? [{ value: SEVERAL, label: 'several years' }] : []),
  ]);
}

/** Groups by the months in which sources are dated; all dates over several months have one common value. */
function monthFacet(evidence: Evidence, date: EvidenceDate): Facet {
  const monthOf = ({ dates }: EvidenceSource): string => {
    const own = dates[date];
    return own === null ? '' : (monthIn(own.bounds) ?? SEVERAL);
  };
  const months = [...new Set(evidence.sources.all.map(monthOf))].filter((month) => month !== '' && month !== SEVERAL);
  const hasSeveral = evidence.sources.all.some((source) => monthOf(source) === SEVERAL);
  return sourceFacet(evidence, (source) => [monthOf(source)], [
    ...months.sort(collator.compare).map((month) => ({ value: month, label: month })),
    ...(hasSeveral ? [{ value: SEVERAL, label: 'several months' }] : []),
  ]);
}

/** The month of a date, as `2023-05`; null if the date covers several months or is open. */
function monthIn({ from, to }: DateBounds): string | null {
  if (from === null || to === null || Math.floor(from / 100) !== Math.floor(to / 100)) return null;
  return dayText(from).slice(0, -3);
}

function stateFacet({ set }: Evidence): Facet {
  return {
    values: shownState.options.map((value) => ({ value, label: value })),
    each: (row, visit) => visit(set.stateRankAt(row)),
    ofSource: null,
  };
}

function personFacet({ set, people }: Evidence, by: 'person' | 'tagger'): Facet {
  const values = set.people.texts
    .map((value) => ({ value, label: people.get(value) ?? value.slice(0, 8) }))
    .sort(byLabel);
  const { all, missing, placeOf } = placed(values);
  const byNumber = set.people.texts.map(placeOf);
  if (by === 'person')
    return { values: all, each: (row, visit) => visit(byNumber[set.personAt(row)] ?? missing), ofSource: null };
  return {
    values: all,
    each: (row, visit) =>
      eachOf(set.tags.count(row), (at) => byNumber[set.tags.second(row, at)] ?? missing, missing, visit),
    ofSource: null,
  };
}

function categoryFacet({ set, codebook }: Evidence, by: 'category' | 'below' | 'family'): Facet {
  const { all, missing, placeOf } = placed(codebook.categories.map(({ id, name }) => ({ value: id, label: name })));
  const lines = byNumber(set.categories, (id): readonly number[] => {
    const line = codebook.byId.get(id)?.line ?? [];
    const part = by === 'below' ? line : by === 'category' ? line.slice(0, 1) : line.slice(-1);
    return part.map(placeOf);
  });
  return {
    values: all,
    each: (row, visit) => {
      const { tags } = set;
      const count = tags.count(row);
      if (count === 0) return visit(missing);
      if (count === 1) return lines[tags.first(row, 0)]?.forEach(visit);
      const seen: number[] = [];
      for (let at = 0; at < count; at++)
        for (const place of lines[tags.first(row, at)] ?? [])
          if (!seen.includes(place)) {
            seen.push(place);
            visit(place);
          }
    },
    ofSource: null,
  };
}

function dimensionFacet({ set, codebook }: Evidence, code: string): Facet {
  const dimension = codebook.dimensions.find((one) => one.code === code);
  const { all, missing, placeOf } = placed((dimension?.values ?? []).map(({ id, label }) => ({ value: id, label })));
  const number = dimension === undefined ? undefined : set.dimensions.find(dimension.id);
  const places = byNumber(set.values, placeOf);
  return {
    values: all,
    each: (row, visit) => {
      const own: number[] = [];
      for (let at = 0; at < set.settings.count(row); at++) {
        const place = set.settings.first(row, at) === number ? places[set.settings.second(row, at)] : undefined;
        if (place !== undefined && place !== missing && !own.includes(place)) own.push(place);
      }
      if (own.length === 0) visit(missing);
      else own.forEach(visit);
    },
    ofSource: null,
  };
}

const byNumber = <T>(numbers: Numbers, of: (text: string) => T): T[] => numbers.texts.map(of);

function eachOf(count: number, of: (at: number) => number, missing: number, visit: (at: number) => void): void {
  if (count === 0) visit(missing);
  else if (count === 1) visit(of(0));
  else for (const one of new Set(Array.from({ length: count }, (_, at) => of(at)))) visit(one);
}
