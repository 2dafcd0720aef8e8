import type { Unit } from '../model/index.ts';
import { Random } from './random.ts';

/** The unit of a sample, and how it is drawn. `all`: whole sources. */
export interface SamplePlan {
  readonly unit: Unit;
  readonly draw:
    | { readonly kind: 'all' }
    | { readonly kind: 'share'; readonly percent: number }
    | { readonly kind: 'number'; readonly count: number }
    | { readonly kind: 'every'; readonly step: number };
}

const UNIT_OF: Readonly<Record<string, Unit>> = { sentences: 'sentence', paragraphs: 'paragraph', passages: 'passage' };

/**
 * Parses `sentences:10%`, `sentences:20`, `sentences:/5` (every fifth), the same for paragraphs and passages, or
 * `sources` (every sentence of them). Null for anything else, and for 0, 0 % and every 0th.
 */
export function readSample(text: string): SamplePlan | null {
  if (text === 'sources') return { unit: 'sentence', draw: { kind: 'all' } };
  const [what = '', how = ''] = text.split(':');
  const unit = UNIT_OF[what];
  const number = Number(/\d+(?:\.\d+)?/.exec(how)?.[0]);
  if (unit === undefined || !(number > 0)) return null;
  if (how.startsWith('/')) return { unit, draw: { kind: 'every', step: number } };
  if (how.endsWith('%')) return number > 100 ? null : { unit, draw: { kind: 'share', percent: number } };
  return { unit, draw: { kind: 'number', count: number } };
}

/**
 * The units of `total` in the sample, ascending. The same plan, seed and total give the same sample on every machine. A
 * share is rounded to whole units, at least one; every n-th begins at an offset from the seed.
 */
export function drawSample(plan: SamplePlan, total: number, seed: number): number[] {
  const random = new Random(seed);
  const { draw } = plan;
  switch (draw.kind) {
    case 'all':
      return Array.from({ length: total }, (_, at) => at);
    case 'every':
      return everyNth(random.below(Math.min(draw.step, Math.max(1, total))), draw.step, total);
    case 'share':
      return chosen(random, total, Math.max(1, Math.round((total * draw.percent) / 100)));
    case 'number':
      return chosen(random, total, draw.count);
  }
}

function everyNth(first: number, step: number, total: number): number[] {
  const out: number[] = [];
  for (let at = first; at < total; at += step) out.push(at);
  return out;
}

/** Fisher–Yates shuffle, as far as needed. */
function chosen(random: Random, total: number, wanted: number): number[] {
  const all = Array.from({ length: total }, (_, at) => at);
  const count = Math.min(wanted, total);
  for (let at = 0; at < count; at++) {
    const other = at + random.below(total - at);
    const swap = all[at] ?? 0;
    all[at] = all[other] ?? 0;
    all[other] = swap;
  }
  return all.slice(0, count).sort((a, b) => a - b);
}
