import { describe, expect, it } from 'vitest';
import { CLAIM_RELATIONS } from '../../../../shared/model/claims.ts';
import { seeded } from '../../../support/seeded.ts';
import { type Linked, supportOf } from '../../../../shared/claims/support.ts';

const linked = (given: Partial<Linked> = {}): Linked => ({
  relation: 'supports',
  origin: 'report',
  isApproved: true,
  isDated: true,
  isAnswered: false,
  alike: [],
  ...given,
});

describe('what a claim rests on', () => {
  it('without a passage lacks support', () => {
    expect(supportOf([])).toEqual({
      supports: { passages: 0, origins: 0 },
      limits: { passages: 0, origins: 0 },
      contradicts: { passages: 0, origins: 0 },
      unanswered: 0,
      undecidedCopies: 0,
      gaps: ['noSupport'],
    });
  });

  it('counts copies of one origin once, and says that it is one', () => {
    const copies = [linked(), linked(), linked()];
    expect(supportOf(copies)).toMatchObject({ supports: { passages: 3, origins: 1 }, gaps: ['oneOrigin'] });
    expect(supportOf([...copies, linked({ origin: 'news' })])).toMatchObject({
      supports: { passages: 4, origins: 2 },
      gaps: [],
    });
  });

  it('is contradicted until every contradiction has an answer', () => {
    const supported = [linked(), linked({ origin: 'news' })];
    const against = linked({ relation: 'contradicts', origin: 'notice' });
    expect(supportOf([...supported, against, { ...against, isAnswered: true }])).toMatchObject({
      contradicts: { passages: 2, origins: 1 },
      unanswered: 1,
      gaps: ['contradicted'],
    });
    expect(supportOf([...supported, { ...against, isAnswered: true }])).toMatchObject({ unanswered: 0, gaps: [] });
  });

  it('lacks an approval or a date only where a supporting passage does', () => {
    const supported = [linked(), linked({ origin: 'news' })];
    const limit = linked({ relation: 'limits', isApproved: false, isDated: false });
    expect(supportOf([...supported, limit]).gaps).toEqual([]);
    expect(supportOf([...supported, linked({ isApproved: false, isDated: false })]).gaps).toEqual([
      'notApproved',
      'noDate',
    ]);
  });

  it('says how many passages of several origins look like copies of one text, of which nobody has decided', () => {
    const report = linked({ alike: [0] });
    const reprint = linked({ origin: 'reprint', alike: [0, 1] });
    const gazette = linked({ origin: 'gazette', alike: [1], relation: 'limits' });
    expect(supportOf([report, reprint, linked({ origin: 'news' })])).toMatchObject({
      supports: { passages: 3, origins: 3 },
      undecidedCopies: 2,
      gaps: ['undecidedCopies'],
    });
    // Of one origin already; in another relation; alone.
    expect(supportOf([report, linked({ alike: [0] })]).undecidedCopies).toBe(0);
    expect(supportOf([reprint, gazette]).undecidedCopies).toBe(0);
    expect(supportOf([report]).gaps).toEqual(['oneOrigin']);
  });

  it('counts undecided copies as a count of all pairs does', () => {
    const random = seeded(7);
    const at = (most: number): number => random.int(0, most - 1);
    for (let round = 0; round < 200; round++) {
      const some = Array.from({ length: at(7) }, () =>
        linked({
          relation: CLAIM_RELATIONS[at(3)] ?? 'supports',
          origin: `text ${String(at(3))}`,
          alike: [0, 1, 2].filter(() => at(3) === 0),
        }),
      );
      const naive = some.filter((one) =>
        some.some(
          (other) =>
            other.relation === one.relation &&
            other.origin !== one.origin &&
            other.alike.some((group) => one.alike.includes(group)),
        ),
      ).length;
      expect(supportOf(some).undecidedCopies).toBe(naive);
    }
  });
});
