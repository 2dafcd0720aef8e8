import { beforeEach, describe, expect, it } from 'vitest';
import { firstCompared } from '../../../../shared/agreement/compared.ts';
import { useWorkbench } from '../../../../renderer/common/workbench/workbench.ts';
import {
  comparedInput,
  firstChoice,
  figureOf,
  levelOf,
  tableOf,
} from '../../../../renderer/features/coding/comparison.tsx';
import {
  openAdjacentUnit,
  taggedUnits,
  unitKey,
  decisionDrafts,
  resetCoding,
} from '../../../../renderer/features/coding/state.ts';
import { grouped } from '../../../../renderer/features/coding/StaleTags.tsx';
import { contract } from '../../../../shared/contract/index.ts';
import { CODING_USUAL, codingAnswers } from '../../../support/shell/coding.ts';
import { fakeCodebook, fakePassages, fakeSources, PERSON } from '../../../support/shell/fixtures.ts';

const world = { categories: fakeCodebook().categories, sources: fakeSources(9) };
const answers = codingAnswers(world, CODING_USUAL);
const { assignments } = contract['assignments.list'].output.parse(answers['assignments.list']?.({}));
const { differences } = contract['agreement.differences'].output.parse(answers['agreement.differences']?.({}));
const report = contract['agreement.report'].output.parse(answers['agreement.report']?.({}));
const { tags } = contract['tags.stale'].output.parse(answers['tags.stale']?.({}));

beforeEach(resetCoding);

describe('what is compared', () => {
  it('starts with the newest sample that both people have finished', () => {
    const [finished, unfinished] = assignments;
    expect(firstCompared(assignments)).toEqual({
      unit: 'sentence',
      coders: [PERSON.id, finished?.coder],
      assignment: finished?.id,
    });
    expect(firstCompared(unfinished === undefined ? [] : [unfinished])).toMatchObject({ assignment: null, coders: [] });
    expect(comparedInput(firstCompared([]))).toEqual({ unit: 'sentence', coders: [] });
    expect(comparedInput(null)).toBeNull();
  });
});

describe('figures', () => {
  it('are written with a fixed number of decimals, or a word if missing', () => {
    expect(figureOf(-0.0832, 3, 'undefined')).toBe('−0.083');
    expect(figureOf('undefined', 3, 'undefined')).toBe('undefined');
  });

  it('are rated by thresholds from the settings', () => {
    const { thresholds } = report;
    expect([0.9, 0.8, 0.7, 0.1, 'undefined' as const].map((alpha) => levelOf(alpha, thresholds))).toEqual([
      'good',
      'good',
      'tentative',
      'low',
      'none',
    ]);
  });

  it('are copied with full precision and what they are based on', () => {
    const lines = tableOf(report).split('\n');
    expect(lines[2]).toContain(report.codebook.digest);
    expect(lines[1]).toContain('tags\tas submitted');
    expect(lines[3]).toContain('seed\t1');
    expect(lines).toHaveLength(6 + report.categories.length);
  });
});

describe('a decision', () => {
  it('starts with what all coders agree on, or with the existing decision', () => {
    const [first] = differences;
    if (first === undefined) throw new Error('There is one.');
    const [own] = first.coders.flatMap(({ categories }) => categories);
    expect(firstChoice(first)).toEqual([]);
    const alike = {
      ...first,
      coders: first.coders.map((coder) => ({ ...coder, categories: own === undefined ? [] : [own] })),
    };
    expect(firstChoice(alike)).toEqual([own]);
  });

  it('keeps a draft while other screens are open, but not for another project', () => {
    decisionDrafts.keep('a', { chosen: [], reason: 'because' });
    decisionDrafts.keep('b', { chosen: [], reason: 'why' });
    decisionDrafts.drop('b');
    expect(decisionDrafts.names()).toEqual(['a']);
    resetCoding();
    expect(decisionDrafts.names()).toEqual([]);
  });
});

describe('a blind sample', () => {
  const units = assignments[0]?.units ?? [];

  it('moves unit by unit, from the first to the last', () => {
    expect(openAdjacentUnit(units, 1)).toBe(true);
    expect(useWorkbench.getState()).toMatchObject({
      place: 'read',
      source: units[0]?.source,
      openedRange: { start: 0, end: 11 },
    });
    expect(openAdjacentUnit(units, -1)).toBe(false);
    for (const _ of units.slice(1)) expect(openAdjacentUnit(units, 1)).toBe(true);
    expect(openAdjacentUnit(units, 1)).toBe(false);
    expect(useWorkbench.getState().source).toBe(units.at(-1)?.source);
  });

  it('counts a unit as tagged if a tagged passage overlaps it by a character', () => {
    const [passage] = fakePassages(world.categories, world.sources, 40).filter(
      ({ anchor, tags: own }) => anchor.kind === 'text' && own.length > 0,
    );
    const [unit] = units;
    if (passage?.anchor.kind !== 'text' || unit === undefined) throw new Error('There is one.');
    const at = (start: number, end: number, own = passage.tags) => ({
      source: unit.source,
      anchor: { ...passage.anchor, kind: 'text' as const, start, end },
      tags: own,
    });
    const isTagged = (one: ReturnType<typeof at>): boolean =>
      taggedUnits([{ ...unit, start: 12, end: 23 }], [one as typeof passage]).size === 1;
    expect(isTagged(at(0, 13))).toBe(true);
    expect(isTagged(at(22, 40))).toBe(true);
    expect(isTagged(at(0, 12))).toBe(false);
    expect(isTagged(at(23, 40))).toBe(false);
    expect(isTagged(at(12, 23, []))).toBe(false);
    expect(unitKey(unit)).toContain(unit.source);
  });
});

it('a changed definition is shown once for all tags it affects', () => {
  expect(grouped(tags)).toMatchObject([{ category: tags[0]?.category, tags: { length: 3 } }]);
  const [one, ...others] = tags;
  if (one === undefined) throw new Error('There is one.');
  expect(grouped([{ ...one, differences: [] }, ...others])).toHaveLength(2);
});
