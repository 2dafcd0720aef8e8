import { componentsOf } from '../../../shared/copies/groups.ts';
import type { ConfirmedCopies } from '../../../shared/contract/copies.ts';
import type { CallArgs } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import { type CopyVerdict, type SourceId, sourceId } from '../../../shared/model/index.ts';
import { counted } from '../../../shared/text/counted.ts';
import type { Edit, Readable } from '../../db/types.ts';
import type { WriteContext } from '../../project/context.ts';
import { copyIdOf, decisionsOn, liveSourceIds, type StoredDecision } from '../../project/sources/copies.ts';
import { listGroups } from './list.ts';

/** What is decided of one pair; null takes it back. */
interface Wanted {
  readonly one: SourceId;
  readonly other: SourceId;
  readonly verdict: CopyVerdict | null;
  readonly origin: SourceId | null;
}

function assertLive(db: Readable, sources: readonly SourceId[]): void {
  const live = new Set(liveSourceIds(db));
  const gone = sources.find((id) => !live.has(id));
  if (gone !== undefined)
    throw new Fault('NOT_FOUND', 'A source is in the trash, or no longer here. Choose again.', { id: gone });
}

/** Only what differs from what is written: then nothing is committed where nothing changes. Of two for one pair the first counts. */
function editsFor(wanted: readonly Wanted[], before: readonly StoredDecision[]): Edit[] {
  const known = new Map(before.map((one) => [pairOf(one), one]));
  const seen = new Set<string>();
  return wanted.flatMap((want): Edit[] => {
    const there = known.get(pairOf(want));
    if (seen.has(pairOf(want))) return [];
    seen.add(pairOf(want));
    const [one, other] = want.one < want.other ? [want.one, want.other] : [want.other, want.one];
    const id = there?.id ?? copyIdOf(one, other);
    const set = (field: Extract<Edit, { entity: 'copy' }>['field'], value: string | boolean | null): Edit => ({
      entity: 'copy',
      id,
      field,
      value,
    });
    if (want.verdict === null) return there === undefined ? [] : [set('deleted', true)];
    if (there?.verdict === want.verdict && there.origin === want.origin) return [];
    return [
      set('one', one),
      set('other', other),
      set('verdict', want.verdict),
      set('origin', want.origin),
      set('deleted', false),
    ];
  });
}
const pairOf = ({ one, other }: { readonly one: string; readonly other: string }): string =>
  one < other ? `${one} ${other}` : `${other} ${one}`;

const samePairs = (decisions: readonly StoredDecision[]) =>
  decisions.filter(({ verdict }) => verdict === 'same').map(({ one, other }) => [one, other] as const);

export function confirm(
  context: WriteContext,
  { sources, origin, without }: CallArgs<'copies.confirm'>,
): ConfirmedCopies {
  const { db } = context;
  const all = [...new Set(sources)];
  const leaving = [...new Set(without)];
  const [first] = all;
  if (first === undefined || all.length < 2)
    throw new Fault('BAD_INPUT', 'Choose at least two different sources.', { sources: all });
  const both = leaving.find((id) => all.includes(id));
  if (both !== undefined)
    throw new Fault('BAD_INPUT', 'A source can’t both be one of the copies and leave them.', { id: both });
  assertLive(db, [...all, ...leaving]);
  const written = decisionsOn(db);
  // Those that stay are one group, of which a few stand for all where there are very many pairs.
  const stay = all.slice(0, Math.max(1, Math.floor(MOST_PAIRS / Math.max(1, leaving.length))));
  const left = leaving.length === 0 ? [] : leave(written, leaving, stay);
  const wanted = [...join(decidedAs(written, left), { all, first, origin }), ...left];
  db.commit(`Confirm copies of one text (${counted(all.length, 'source')})`, editsFor(wanted, written));
  const group = listGroups(context).find((one) => one.sources.includes(first));
  if (group === undefined)
    throw new Fault('INTERNAL', 'The copies were written, but can’t be read. Verify the project.');
  return group;
}

/** What is written of these sources and of their groups, so that they are copies of one text with this origin. */
function join(
  before: readonly StoredDecision[],
  { all, first, origin }: { all: readonly SourceId[]; first: SourceId; origin: SourceId | null },
): Wanted[] {
  const sets = componentsOf(samePairs(before));
  const roots = new Set(all.map(sets.rootOf));
  if (origin !== null && !all.includes(origin) && !roots.has(sets.rootOf(origin)))
    throw new Fault('BAD_INPUT', 'The origin is none of these copies. Choose one of them.', { origin });
  const chosen = new Set<string>(all);
  const wanted: Wanted[] = [];
  // What is in one of their groups: its origin is that of the whole group now.
  for (const one of before)
    if (one.verdict === 'same' && roots.has(sets.rootOf(one.one)))
      wanted.push({ ...ids(one), verdict: 'same', origin });
    else if (one.verdict === 'different' && chosen.has(one.one) && chosen.has(one.other))
      wanted.push({ ...ids(one), verdict: 'same', origin });
  for (const { one, other } of wanted) sets.join(one, other);
  const centre = origin !== null && chosen.has(origin) ? origin : first;
  for (const source of all) {
    if (sets.rootOf(source) === sets.rootOf(centre)) continue;
    wanted.push({ one: centre, other: source, verdict: 'same', origin });
    sets.join(centre, source);
  }
  return wanted;
}

/** The decisions as they are once these are written. Of two for one pair the first counts. */
function decidedAs(before: readonly StoredDecision[], wanted: readonly Wanted[]): readonly StoredDecision[] {
  const after = new Map(before.map((one) => [pairOf(one), one]));
  for (const { one, other, verdict, origin } of wanted.toReversed()) {
    const pair = pairOf({ one, other });
    if (verdict === null) after.delete(pair);
    else after.set(pair, { id: copyIdOf(one, other), createdAt: 0, one, other, verdict, origin });
  }
  return [...after.values()];
}

const ids = ({ one, other }: StoredDecision) => ({ one: sourceId.parse(one), other: sourceId.parse(other) });

export function apart(context: WriteContext, { sources, from }: CallArgs<'copies.apart'>): Record<string, never> {
  const { db } = context;
  const [leaving, others] = [[...new Set(sources)], [...new Set(from)].filter((id) => !sources.includes(id))];
  if (leaving.length + others.length < 2)
    throw new Fault('BAD_INPUT', 'Choose at least two different sources.', { sources: leaving });
  assertLive(db, [...leaving, ...others]);
  const before = decisionsOn(db);
  const pairs = others.length > 0 ? leaving.length * others.length : (leaving.length * (leaving.length - 1)) / 2;
  if (pairs > MOST_PAIRS)
    throw new Fault('TOO_LARGE', 'These are too many sources to decide at once that none is a copy. Choose fewer.', {
      pairs,
    });
  const wanted = others.length > 0 ? leave(before, leaving, others) : eachTwo(leaving).map(different);
  const label = `Decide that ${counted(leaving.length + others.length, 'source')} are not copies`;
  db.commit(label, editsFor(wanted, before));
  return {};
}

/** One edit decides on so many pairs at most: each is a record. */
const MOST_PAIRS = 50_000;

/** What is written where sources leave others: each pair is different, and the others stay together. */
const leave = (before: readonly StoredDecision[], leaving: readonly SourceId[], others: readonly SourceId[]) => [
  ...leaving.flatMap((a) => others.map((b) => different([a, b]))),
  ...rejoined(before, leaving),
];

const different = ([one, other]: readonly [SourceId, SourceId]): Wanted => ({
  one,
  other,
  verdict: 'different',
  origin: null,
});

const eachTwo = (all: readonly SourceId[]) =>
  all.flatMap((one, at) => all.slice(at + 1).map((other) => [one, other] as const));

/** Without those that leave, what was held together by them is joined again: the other decisions on their group stay as they were. */
function rejoined(before: readonly StoredDecision[], leaving: readonly SourceId[]): Wanted[] {
  const left = new Set<string>(leaving);
  const same = before.filter(({ verdict }) => verdict === 'same');
  const were = componentsOf(samePairs(same));
  const rest = same.filter(({ one, other }) => !left.has(one) && !left.has(other));
  const are = componentsOf(samePairs(rest));
  const roots = new Set(leaving.map(were.rootOf));
  const members = Map.groupBy(
    [...new Set(same.flatMap(({ one, other }) => [one, other]))].filter(
      (id) => !left.has(id) && roots.has(were.rootOf(id)),
    ),
    were.rootOf,
  );
  const wanted: Wanted[] = [];
  for (const [root, all] of members) {
    const [first] = all;
    const named = same.find(({ one, origin }) => were.rootOf(one) === root && origin !== null)?.origin ?? null;
    const origin = named !== null && !left.has(named) ? sourceId.parse(named) : null;
    // What left can be the origin no more.
    for (const one of rest)
      if (were.rootOf(one.one) === root && one.origin !== null && left.has(one.origin))
        wanted.push({ ...ids(one), verdict: 'same', origin: null });
    for (const id of all) {
      if (first === undefined || are.rootOf(id) === are.rootOf(first)) continue;
      wanted.push({ one: sourceId.parse(first), other: sourceId.parse(id), verdict: 'same', origin });
      are.join(first, id);
    }
  }
  // Their decisions with the group that are not asked about would keep them in it.
  for (const one of same)
    if (left.has(one.one) !== left.has(one.other)) wanted.push({ ...ids(one), verdict: null, origin: null });
  return wanted;
}

export function withdraw(context: WriteContext, { sources }: CallArgs<'copies.withdraw'>): Record<string, never> {
  const { db } = context;
  const before = decisionsOn(db);
  const sets = componentsOf(samePairs(before));
  const roots = new Set(sources.map(sets.rootOf));
  const edits = before
    .filter(({ one, other }) => roots.has(sets.rootOf(one)) && roots.has(sets.rootOf(other)))
    .map(({ id }): Edit => ({ entity: 'copy', id, field: 'deleted', value: true }));
  db.commit('Take back a decision on copies', edits);
  return {};
}
