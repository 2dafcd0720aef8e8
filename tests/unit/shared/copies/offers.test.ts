import { describe, expect, it } from 'vitest';
import { type CopyDecision, groupsOf } from '../../../../shared/copies/groups.ts';
import { type FoundPair, offersOf } from '../../../../shared/copies/offers.ts';
import { seeded, seeds } from '../../../support/seeded.ts';

const ORDER = Array.from('abcdefgh');
const decide = (verdict: CopyDecision['verdict'], pair: string, origin: string | null = null): CopyDecision => ({
  one: pair.charAt(0),
  other: pair.charAt(1),
  verdict,
  origin,
});
const same = (pair: string, shared = 100): FoundPair => ({
  one: pair.charAt(0),
  other: pair.charAt(1),
  shared,
  ofOne: 120,
  ofOther: 110,
});
/** The first stands within the second. */
const within = (pair: string): FoundPair => ({ ...same(pair), ofOther: 900 });
const offered = (found: readonly FoundPair[], decisions: readonly CopyDecision[] = [], order = ORDER): string[] =>
  offersOf(found, decisions, order).map(({ sources }) =>
    sources.map(({ source, how }) => (how === 'holds' ? `(${source})` : source)).join(''),
  );

describe('groups', () => {
  it.each(seeds(40))('are the connected sources, as a naive search finds them, seed %i', (seed) => {
    const random = seeded(seed);
    const live = ORDER.filter(() => random.chance(0.8));
    const decisions = Array.from({ length: random.int(0, 12) }, () =>
      decide(
        random.pick(['same', 'same', 'different']),
        random.pick(ORDER) + random.pick(ORDER),
        random.pick([...ORDER, null]),
      ),
    ).filter(({ one, other }) => one !== other);
    const links = decisions.filter(({ verdict }) => verdict === 'same');
    const reach = (from: string): string[] => {
      const reached = new Set([from]);
      for (let before = 0; before < reached.size;) {
        before = reached.size;
        for (const { one, other } of links) if (reached.has(one) || reached.has(other)) reached.add(one).add(other);
      }
      return live.filter((id) => reached.has(id));
    };
    const naive = new Set(live.map((id) => reach(id).join('')).filter(({ length }) => length > 1));
    const groups = groupsOf(decisions, live);
    expect(new Set(groups.map(({ members }) => members.join('')))).toEqual(naive);
    for (const { members, key, origin, disputed } of groups) {
      const named = members.filter((id) =>
        links.some((one) => one.origin === id && reach(one.one).includes(members[0] ?? '')),
      );
      expect([key, origin, disputed]).toEqual([
        named.length === 1 ? named[0] : members[0],
        named.length === 1 ? named[0] : null,
        named.length > 1 ? named : [],
      ]);
    }
  });
});

describe('offers', () => {
  it('are what is connected by pairs of about one text, the largest first', () => {
    expect(offered([same('gh'), same('ab'), same('bc')])).toEqual(['abc', 'gh']);
    expect(offered([same('ab', 39)])).toEqual([]);
  });

  it('have a longer text that holds theirs, which joins no two of them', () => {
    expect(offered([same('ab'), same('cd'), within('ah'), within('ch')])).toEqual(['ab(h)', 'cd(h)']);
    expect(offered([within('ah')])).toEqual(['a(h)']);
  });

  it('leave out what was decided, also by way of a group', () => {
    const found = [same('ab'), same('bc'), same('ac')];
    expect(offered(found, [decide('same', 'ab'), decide('same', 'bc')])).toEqual([]);
    expect(offered(found, [decide('different', 'ab'), decide('different', 'bc'), decide('different', 'ac')])).toEqual(
      [],
    );
    expect(offered(found, [decide('same', 'ab'), decide('different', 'ac')])).toEqual([]);
  });

  it('have the new source of a confirmed group with those it is like', () => {
    const [offer] = offersOf([same('ac'), same('bc')], [decide('same', 'ab')], ORDER);
    expect(offer?.sources.map(({ source, isConfirmed }) => [source, isConfirmed])).toEqual([
      ['a', true],
      ['b', true],
      ['c', false],
    ]);
  });

  it('leave out what is in the trash', () => {
    expect(offered([same('ab'), same('bc')], [], Array.from('ac'))).toEqual([]);
  });

  it('say how much of each text another has', () => {
    const [offer] = offersOf([{ one: 'a', other: 'b', shared: 60, ofOne: 60, ofOther: 100 }], [], ORDER);
    expect(offer?.sources.map(({ share }) => share)).toEqual([1, 0.6]);
  });
});
