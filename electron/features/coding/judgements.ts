import { UnitIndex } from '../../../shared/agreement/units.ts';
import type { Judgements } from '../../../shared/agreement/figures.ts';
import { type Assignment, type PersonId, personId, type Unit } from '../../../shared/model/index.ts';
import type { CodedAs } from '../../../shared/contract/coding.ts';
import type { ReadContext } from '../../project/context.ts';
import { livePeople } from '../../project/people/names.ts';
import { liveSources } from '../../project/sources/live-sources.ts';
import { tagsAsSubmitted } from './submitted.ts';
import type { TaggedRow } from './queries.ts';
import { tagsNow } from './tags-now.ts';
import { readAssignments } from './assignments.ts';
import { type LayerText, type Place, placesByLayer, type Texts, textOrNull, unitsOf } from './units.ts';

/** What is compared. An empty list means no limit. */
export interface Question {
  readonly unit: Unit;
  readonly coders: readonly string[];
  readonly sources: readonly string[];
  readonly assignment: Assignment | null;
  /** Tags as they are now, or, for an assignment, as they were submitted. */
  readonly as: CodedAs;
}

/** A unit with its source. Units are in reading order within each source. */
export interface JudgedUnit extends Place {
  readonly source: string;
  readonly layer: string;
}
/** One tag on one unit. */
export interface Mark {
  readonly unit: number;
  readonly coder: number;
  readonly category: string;
  readonly passage: string;
  /** The start of its passage. */
  readonly start: number;
}
export interface Judged {
  readonly units: readonly JudgedUnit[];
  readonly coders: readonly { readonly id: PersonId; readonly name: string }[];
  /** By unit: the indexes of the coders who judged it, ascending. */
  readonly judges: readonly (readonly number[])[];
  /** Only of coders on units they judged. */
  readonly marks: readonly Mark[];
  /**
   * What could not be counted: tags on areas, tags on a text layer other than the one divided into units, and the titles of
   * sources whose text cannot be read.
   */
  readonly notCounted: { readonly areas: number; readonly otherTexts: number; readonly unread: readonly string[] };
}

/**
 * Who judged which unit, and which categories they gave it:
 *
 * - The coder of an assignment judged the units of its sample in each source of the sample, and nothing else there.
 * - Everyone else judged every unit of each source they tagged, and nothing in other sources.
 * - If an assignment is asked for, only its sample counts. Its creator counts in sources they tagged, or where nobody else did.
 *
 * A unit has a category if a passage the coder tagged with it overlaps the unit by at least one character that is not white space.
 */
export function judgedUnits(context: Texts & Pick<ReadContext, 'project'>, question: Question): Judged {
  const { assignment } = question;
  const rows =
    assignment !== null && question.as === 'handed-in' ? tagsAsSubmitted(context, assignment) : tagsNow(context);
  const all = readAssignments(context.db);
  const names = new Map(livePeople(context.db).map(({ id, name }) => [id, name ?? '']));
  const asked = new Set(question.coders);
  const bySource = Map.groupBy(rows, ({ source }) => source);
  const places = question.unit === 'passage' && assignment === null ? placesByLayer(context.db) : null;
  const collector = new JudgementCollector(asked);
  const unread: string[] = [];
  const wanted = new Set(assignment === null ? question.sources : assignment.units.map(({ source }) => source));
  for (const row of context.db.all(liveSources, {})) {
    if (wanted.size > 0 && !wanted.has(row.id)) continue;
    const tags = bySource.get(row.id) ?? [];
    const sampled = assignment?.units.filter(({ source }) => source === row.id) ?? [];
    const layer = sampled[0]?.layer ?? row.layer;
    const assignments = all.filter(
      ({ coder, units }) => coder !== null && units.some(({ source }) => source === row.id),
    );
    if (layer === null || (tags.length === 0 && assignments.length === 0)) continue;
    const text = textOrNull(context, layer);
    if (text === null) {
      unread.push(row.title ?? row.fileName ?? row.id);
      continue;
    }
    const units =
      assignment === null
        ? unitsOf(text, question.unit, places?.get(layer) ?? [])
        : sampleUnits(text, assignment, sampled);
    collector.addSource({ source: row.id, layer, text, units, tags, assignments, lead: assignment?.person ?? null });
  }
  return collector.done((id) => names.get(id) ?? '', unread);
}

/** The units of the sample; if it is whole sources, their sentences or paragraphs. */
function sampleUnits(text: LayerText, assignment: Assignment, sampled: Assignment['units']): Place[] {
  const spans = sampled
    .filter(({ layer, end }) => layer === sampled[0]?.layer && end <= text.text.length)
    .toSorted((a, b) => a.start - b.start || a.end - b.end);
  const [only] = spans;
  const whole = only !== undefined && spans.length === 1 && only.start === 0 && only.end === text.text.length;
  if (whole && assignment.unit !== 'passage') return unitsOf(text, assignment.unit, []);
  return spans.map(({ start, end, passage }) => ({ start, end, passage }));
}

interface SourceToJudge {
  readonly source: string;
  readonly layer: string;
  readonly text: LayerText;
  readonly units: readonly Place[];
  readonly tags: readonly TaggedRow[];
  /** The assignments with a known coder that include the source. */
  readonly assignments: readonly Assignment[];
  readonly lead: string | null;
}

/** Collects judgements source by source. Coders are numbered at the end, sorted by name. */
class JudgementCollector {
  private readonly asked: ReadonlySet<string>;
  private readonly units: JudgedUnit[] = [];
  private readonly judges: string[][] = [];
  private readonly marks: (Omit<Mark, 'coder'> & { readonly person: string })[] = [];
  private areas = 0;
  private otherTexts = 0;

  constructor(asked: ReadonlySet<string>) {
    this.asked = asked;
  }

  addSource({ source, layer, text, units, tags, assignments, lead }: SourceToJudge): void {
    const counted = tags.filter((tag) => this.counts(tag.person));
    const here = counted.filter((tag): tag is Spanned => this.isOn(tag, layer));
    const index = new UnitIndex(text.text, units);
    const judges = units.map((): Set<string> => new Set());
    const assigned = new Map<string, Set<number>>();
    for (const { coder, units: sample } of assignments) {
      if (coder === null || !this.counts(coder)) continue;
      const sampled = assigned.get(coder) ?? new Set();
      assigned.set(coder, sampled);
      for (const unit of sample)
        if (unit.source === source && unit.layer === layer) for (const at of index.overlapping(unit)) sampled.add(at);
    }
    for (const [coder, sampled] of assigned) for (const at of sampled) judges[at]?.add(coder);
    const others = new Set(
      tags.map(({ person }) => person).filter((person) => this.counts(person) && !assigned.has(person)),
    );
    if (lead !== null && others.size === 0 && this.counts(lead) && !assigned.has(lead)) others.add(lead);
    for (const who of judges) for (const person of others) who.add(person);
    const base = this.units.length;
    for (const { person, category, passage, start, end } of here)
      for (const at of index.overlapping({ start, end }))
        if (judges[at]?.has(person) === true) this.marks.push({ unit: base + at, person, category, passage, start });
    units.forEach((unit) => this.units.push({ ...unit, source, layer }));
    this.judges.push(...judges.map((who) => [...who]));
  }

  private counts(person: string): boolean {
    return this.asked.size === 0 || this.asked.has(person);
  }

  private isOn(tag: TaggedRow, layer: string): boolean {
    if (tag.start === null || tag.end === null) this.areas++;
    else if (tag.layer !== layer) this.otherTexts++;
    return tag.start !== null && tag.end !== null && tag.layer === layer;
  }

  done(nameOf: (id: string) => string, unread: readonly string[]): Judged {
    const coders = [...new Set([...this.judges.flat(), ...this.asked])]
      .map((id) => ({ id: personId.parse(id), name: nameOf(id) }))
      .sort((a, b) => (a.name === b.name ? Number(a.id > b.id) - Number(a.id < b.id) : a.name < b.name ? -1 : 1));
    const numbers = new Map<string, number>(coders.map(({ id }, at) => [id, at]));
    const judged = this.judges.map((who) => who.map((id) => numbers.get(id) ?? 0).sort((a, b) => a - b));
    const kept = this.units.flatMap((unit, at) => ((judged[at]?.length ?? 0) > 0 ? [{ unit, at }] : []));
    const places = new Map(kept.map(({ at }, place) => [at, place]));
    return {
      units: kept.map(({ unit }) => unit),
      coders,
      judges: kept.map(({ at }) => judged[at] ?? []),
      marks: this.marks.map(({ person, ...mark }) => ({
        ...mark,
        unit: places.get(mark.unit) ?? 0,
        coder: numbers.get(person) ?? 0,
      })),
      notCounted: { areas: this.areas, otherTexts: this.otherTexts, unread },
    };
  }
}
type Spanned = TaggedRow & { readonly start: number; readonly end: number };

/** The judgements as the statistics need them, for these categories in this order. */
export function judgementsOn(judged: Judged, categories: readonly string[]): Judgements {
  const given = new Map(categories.map((id) => [id, new Map<number, number[]>()]));
  for (const { unit, coder, category } of judged.marks) {
    const units = given.get(category);
    const who = units?.get(unit);
    if (who === undefined) units?.set(unit, [coder]);
    else if (!who.includes(coder)) who.push(coder);
  }
  return { coders: judged.coders.length, judges: judged.judges, given: [...given.values()] };
}
