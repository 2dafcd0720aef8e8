import type { CategoryId, PassageId, SourceId } from '../model/index.ts';
import { shareOf, type Scored, stepsOf, sureOf } from './calibrate.ts';
import { BUCKETS, type Unit } from './features.ts';
import type { LearnedCategory, LearnedModel } from './model.ts';

/** A unit of a source that somebody read, with the categories it is tagged with: by which passage. */
export interface TaggedUnit extends Unit {
  readonly tags: ReadonlyMap<CategoryId, PassageId>;
}

/** A suggestion less sure than this is not made. */
export const LEAST_SURE = 0.5;
/** A category with fewer passages, or in fewer sources, is not learned. */
export const FEWEST_PASSAGES = 20;
export const FEWEST_SOURCES = 5;
/** Sources are dealt into so many parts; each is measured with what the others teach. */
const PARTS = 5;
/** Once there are so many units, the untagged ones of further sources are not needed: memory stays bounded. */
const MOST_UNITS = 150_000;
const MOST_EXAMPLES = 60;
/** Added to each count, so that what was never seen is not impossible. */
const SMOOTHING = 0.5;
/** A feature of fewer passages is taken for chance. */
const FEWEST_OF_FEATURE = 2;

interface Kept {
  readonly features: Uint32Array;
  readonly source: number;
  readonly part: number;
  readonly key: number;
  /** All units of its source are known. */
  readonly whole: boolean;
}

/**
 * Learns from tags which words speak for which category: naive Bayes over the presence of features, one category at a time against all
 * other units, with scores turned into shares measured on sources that were left out. The same tags give the same model, byte by byte.
 */
export class Learner {
  private readonly units: Kept[] = [];
  private readonly positives = new Map<CategoryId, { unit: number; passage: PassageId }[]>();
  private readonly sources: SourceId[] = [];
  /** By the words of a unit: the part they are in, or -1 for several. */
  private readonly partOf = new Map<number, number>();

  /** Whether the untagged units of further sources may be left out. Such sources teach, but nothing is measured on them. */
  get isFull(): boolean {
    return this.units.length >= MOST_UNITS;
  }

  /** Adds the units of a source that has tags: all of them (`whole`) or the tagged ones. Sources are added in the order of their ids. */
  add(source: SourceId, units: readonly TaggedUnit[], whole: boolean): void {
    const index = this.sources.push(source) - 1;
    const part = index % PARTS;
    for (const { features, key, tags } of units) {
      const at = this.units.push({ features, source: index, part, key, whole }) - 1;
      const known = this.partOf.get(key);
      this.partOf.set(key, known === undefined || known === part ? part : -1);
      for (const [category, passage] of tags) {
        const there = this.positives.get(category);
        if (there === undefined) this.positives.set(category, [{ unit: at, passage }]);
        else there.push({ unit: at, passage });
      }
    }
  }

  /** What was learned, of each category that has enough passages. `report` is told how many categories are done. */
  learn(report: (done: number, total: number) => void): LearnedModel {
    const total = new Uint32Array(BUCKETS);
    const inPart = Array.from({ length: PARTS }, () => new Uint32Array(BUCKETS));
    const counts = new Uint32Array(PARTS);
    for (const { features, part } of this.units) {
      counts[part] = (counts[part] ?? 0) + 1;
      countIn(total, features);
      countIn(inPart[part], features);
    }
    const wanted = [...this.positives].filter(
      ([, some]) =>
        some.length >= FEWEST_PASSAGES &&
        new Set(some.map(({ unit }) => this.units[unit]?.source)).size >= FEWEST_SOURCES,
    );
    const categories: LearnedCategory[] = [];
    for (const [category, some] of wanted.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      categories.push(this.category(category, some, { total, inPart, counts }));
      report(categories.length, wanted.length);
    }
    return { format: 1, categories };
  }

  private category(
    category: CategoryId,
    some: readonly { unit: number; passage: PassageId }[],
    all: Background,
  ): LearnedCategory {
    const positive = new Set(some.map(({ unit }) => unit));
    const own = countsOf([...positive].flatMap((unit) => this.units[unit] ?? []));
    const heldOut = this.scored(positive, own, all);
    // How sure scores of a part are is measured on the others, too: nothing is measured on what it was fitted to.
    const suggested = Array.from({ length: PARTS }, (_, part) => {
      const steps = stepsOf(heldOut.filter((_one, at) => heldOut[at]?.part !== part));
      return heldOut.filter((one) => one.part === part && sureOf(steps, one.score) >= LEAST_SURE);
    }).flat();
    const right = suggested.filter((one) => one.right).length;
    const tagged = heldOut.filter((one) => one.right).length;
    const precision = shareOf(suggested);
    const weights = weightsOf(own, all, null);
    const features = [...weights.keys()].sort((a, b) => a - b);
    return {
      category,
      passages: positive.size,
      sources: new Set(some.map(({ unit }) => this.units[unit]?.source)).size,
      measured: { suggested: suggested.length, right, tagged, precision, recall: tagged === 0 ? 0 : right / tagged },
      // What was not measured is not suggested.
      steps: precision === null ? [] : stepsOf(heldOut).map(([score, share]) => [rounded(score), rounded(share)]),
      features,
      weights: features.map((feature) => rounded(weights.get(feature) ?? 0)),
      examples: this.examples(some),
    };
  }

  /** The units of each part with their scores by what the other parts teach, without words that another part has. */
  private scored(positive: ReadonlySet<number>, own: Own, all: Background): (Scored & { part: number })[] {
    const dense = new Float32Array(BUCKETS);
    const found: (Scored & { part: number })[] = [];
    for (let part = 0; part < PARTS; part += 1) {
      const weights = weightsOf(own, all, part);
      for (const [feature, weight] of weights) dense[feature] = weight;
      for (const [at, unit] of this.units.entries()) {
        // Words that stand in a source of another part, too, were seen there.
        if (unit.part !== part || !unit.whole || this.partOf.get(unit.key) === -1) continue;
        let sum = 0;
        for (const feature of unit.features) sum += dense[feature] ?? 0;
        const right = positive.has(at);
        // What speaks against a category is never suggested; it only counts for what is not found.
        const score = scoreOf(sum, unit.features.length);
        if (score > 0 || right) found.push({ score, right, source: unit.source, part });
      }
      for (const feature of weights.keys()) dense[feature] = 0;
    }
    return found;
  }

  /** Passages to show beside suggestions: from as many sources as there are. */
  private examples(some: readonly { unit: number; passage: PassageId }[]): LearnedCategory['examples'] {
    const bySource = [...Map.groupBy(some, ({ unit }) => this.units[unit]?.source ?? 0).values()];
    const chosen: LearnedCategory['examples'] = [];
    for (let turn = 0; chosen.length < MOST_EXAMPLES && bySource.some((all) => all.length > turn); turn += 1)
      for (const all of bySource) {
        const one = all[turn];
        const unit = one === undefined ? undefined : this.units[one.unit];
        const source = unit === undefined ? undefined : this.sources[unit.source];
        if (one === undefined || unit === undefined || source === undefined || chosen.length === MOST_EXAMPLES)
          continue;
        chosen.push({ passage: one.passage, source, features: [...unit.features] });
      }
    return chosen;
  }
}

/** How the weights of a unit’s features become its score: a long clause has more of everything. */
export const scoreOf = (sum: number, features: number): number => (features === 0 ? 0 : sum / Math.sqrt(features));

const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;

function countIn(counts: Uint32Array | undefined, features: Uint32Array): void {
  if (counts !== undefined) for (const feature of features) counts[feature] = (counts[feature] ?? 0) + 1;
}

/** Units in all and with each feature, in all and by part. */
interface Background {
  readonly total: Uint32Array;
  readonly inPart: readonly Uint32Array[];
  readonly counts: Uint32Array;
}

/** A category’s units: in each part, and with each feature in each part. */
interface Own {
  readonly counts: Uint32Array;
  readonly byFeature: ReadonlyMap<number, Uint32Array>;
}

function countsOf(units: readonly Kept[]): Own {
  const counts = new Uint32Array(PARTS);
  const byFeature = new Map<number, Uint32Array>();
  for (const { features, part } of units) {
    counts[part] = (counts[part] ?? 0) + 1;
    for (const feature of features) {
      const there = byFeature.get(feature) ?? new Uint32Array(PARTS);
      byFeature.set(feature, there);
      there[part] = (there[part] ?? 0) + 1;
    }
  }
  return { counts, byFeature };
}

const sumOf = (counts: Uint32Array): number => counts.reduce((sum, one) => sum + one, 0);

/** The weight of each feature, learned without one part: how much likelier it is in the category than elsewhere, as a logarithm. */
function weightsOf(own: Own, all: Background, without: number | null): Map<number, number> {
  const less = (counts: Uint32Array): number => sumOf(counts) - (without === null ? 0 : (counts[without] ?? 0));
  const inside = less(own.counts);
  const outside = less(all.counts) - inside;
  const weights = new Map<number, number>();
  for (const [feature, counts] of own.byFeature) {
    const here = less(counts);
    if (here < FEWEST_OF_FEATURE) continue;
    const anywhere = (all.total[feature] ?? 0) - (without === null ? 0 : (all.inPart[without]?.[feature] ?? 0));
    const likely = (here + SMOOTHING) / (inside + 2 * SMOOTHING);
    const elsewhere = (anywhere - here + SMOOTHING) / (outside + 2 * SMOOTHING);
    weights.set(feature, Math.log(likely / elsewhere));
  }
  return weights;
}
