import type { CategoryId, PassageId, SourceId } from '../model/index.ts';
import type { LineEnds, Stretch } from '../text/blocks.ts';
import { sureOf } from './calibrate.ts';
import { BUCKETS, clausesOf, unitOf } from './features.ts';
import { LEAST_SURE, scoreOf } from './learn.ts';
import type { LearnedCategory, LearnedModel } from './model.ts';

/** A clause that is like passages tagged with a category. */
export interface LearnedFound extends Stretch {
  readonly category: CategoryId;
  /** The share of suggestions with such a score that were right where it was measured. */
  readonly sure: number;
  /** The tagged passages it learned from that are most like it, the nearest first. */
  readonly like: readonly { readonly passage: PassageId; readonly source: SourceId }[];
}

/** For one clause, at most so many categories: the surest. */
const MOST_PER_CLAUSE = 3;
const MOST_LIKE = 3;

/** Suggests what a model has learned. What was not measured, or is less than half sure, is not suggested. */
export class LearnedFinder {
  private readonly categories: readonly LearnedCategory[];
  /** The entries of a feature are at `from[feature]` to `from[feature + 1]`. */
  private readonly from = new Uint32Array(BUCKETS + 1);
  private readonly of: Uint16Array;
  private readonly weights: Float64Array;
  private readonly examples = new Map<LearnedCategory, readonly Set<number>[]>();

  constructor(model: LearnedModel) {
    this.categories = model.categories.filter(({ steps }) => steps.some(([, share]) => share >= LEAST_SURE));
    for (const { features } of this.categories)
      for (const feature of features) this.from[feature + 1] = (this.from[feature + 1] ?? 0) + 1;
    for (let at = 1; at <= BUCKETS; at += 1) this.from[at] = (this.from[at] ?? 0) + (this.from[at - 1] ?? 0);
    const entries = this.from[BUCKETS] ?? 0;
    this.of = new Uint16Array(entries);
    this.weights = new Float64Array(entries);
    const next = this.from.slice();
    for (const [index, { features, weights }] of this.categories.entries())
      for (const [at, feature] of features.entries()) {
        const to = next[feature] ?? 0;
        next[feature] = to + 1;
        this.of[to] = index;
        this.weights[to] = weights[at] ?? 0;
      }
  }

  /** In the order of the text; of one clause, the surest first. */
  find(text: string, lineEnds: LineEnds): LearnedFound[] {
    if (this.categories.length === 0) return [];
    return clausesOf(text, lineEnds).flatMap((clause) => {
      const { features } = unitOf(text, clause);
      return this.scored(features).map(({ category, sure }): LearnedFound => ({
        ...clause,
        category: category.category,
        sure,
        like: this.like(category, features),
      }));
    });
  }

  private scored(features: Uint32Array): { category: LearnedCategory; sure: number }[] {
    const sums = new Float64Array(this.categories.length);
    for (const feature of features)
      for (let at = this.from[feature] ?? 0; at < (this.from[feature + 1] ?? 0); at += 1) {
        const index = this.of[at] ?? 0;
        sums[index] = (sums[index] ?? 0) + (this.weights[at] ?? 0);
      }
    return this.categories
      .flatMap((category, index) => {
        const sure = sureOf(category.steps, scoreOf(sums[index] ?? 0, features.length));
        return sure < LEAST_SURE ? [] : [{ category, sure }];
      })
      .sort((a, b) => b.sure - a.sure)
      .slice(0, MOST_PER_CLAUSE);
  }

  private like(category: LearnedCategory, features: Uint32Array): LearnedFound['like'] {
    const known = this.examples.get(category) ?? category.examples.map((one) => new Set(one.features));
    this.examples.set(category, known);
    return category.examples
      .map(({ passage, source }, at) => {
        const others = known[at] ?? new Set();
        const shared = features.reduce((count, feature) => count + Number(others.has(feature)), 0);
        return { passage, source, likeness: shared / Math.sqrt(features.length * others.size || 1) };
      })
      .filter(({ likeness }) => likeness > 0)
      .sort((a, b) => b.likeness - a.likeness)
      .slice(0, MOST_LIKE)
      .map(({ passage, source }) => ({ passage, source }));
  }
}
