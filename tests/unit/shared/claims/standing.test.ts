import { describe, expect, it } from 'vitest';
import { type Linked, standingOf } from '../../../../shared/claims/standing.ts';

const linked = (given: Partial<Linked> = {}): Linked => ({
  relation: 'supports',
  origin: 'report',
  isApproved: true,
  isDated: true,
  isAnswered: false,
  ...given,
});

describe('what a claim rests on', () => {
  it('without a passage lacks support', () => {
    expect(standingOf([])).toEqual({
      supports: { passages: 0, origins: 0 },
      limits: { passages: 0, origins: 0 },
      contradicts: { passages: 0, origins: 0 },
      unanswered: 0,
      gaps: ['noSupport'],
    });
  });

  it('counts copies of one origin once, and says that it is one', () => {
    const copies = [linked(), linked(), linked()];
    expect(standingOf(copies)).toMatchObject({ supports: { passages: 3, origins: 1 }, gaps: ['oneOrigin'] });
    expect(standingOf([...copies, linked({ origin: 'news' })])).toMatchObject({
      supports: { passages: 4, origins: 2 },
      gaps: [],
    });
  });

  it('is contradicted until every contradiction has an answer', () => {
    const supported = [linked(), linked({ origin: 'news' })];
    const against = linked({ relation: 'contradicts', origin: 'notice' });
    expect(standingOf([...supported, against, { ...against, isAnswered: true }])).toMatchObject({
      contradicts: { passages: 2, origins: 1 },
      unanswered: 1,
      gaps: ['contradicted'],
    });
    expect(standingOf([...supported, { ...against, isAnswered: true }])).toMatchObject({ unanswered: 0, gaps: [] });
  });

  it('lacks an approval or a date only where a supporting passage does', () => {
    const supported = [linked(), linked({ origin: 'news' })];
    const limit = linked({ relation: 'limits', isApproved: false, isDated: false });
    expect(standingOf([...supported, limit]).gaps).toEqual([]);
    expect(standingOf([...supported, linked({ isApproved: false, isDated: false })]).gaps).toEqual([
      'notApproved',
      'noDate',
    ]);
  });
});
