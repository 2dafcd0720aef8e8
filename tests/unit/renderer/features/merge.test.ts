import { beforeEach, describe, expect, it } from 'vitest';
import { categoriesIn, taggingOf } from '../../../../renderer/features/merge/conflicts.ts';
import {
  sourcesToAdd,
  chooseValue,
  IDLE,
  isNothingNew,
  matchCategory,
  previewed,
  unanswered,
  useMerging,
} from '../../../../renderer/features/merge/merge-state.ts';
import {
  differenceRows,
  resetSnapshots,
  tick,
  useSnapshots,
} from '../../../../renderer/features/snapshots/snapshots.ts';
import { confirmedBefore, trustOf } from '../../../../renderer/features/merge/TrustBadge.tsx';
import { knownPerson, type KnownPerson } from '../../../../shared/contract/people.ts';
import { stateDifference } from '../../../../shared/contract/snapshots.ts';
import { snapshotId } from '../../../../shared/model/index.ts';
import { fakeCodebook, fakeSources, PERSON } from '../../../support/shell/fixtures.ts';
import { fakeNothing, fakeOther, fakePeople, fakePreview, hash, uuid } from '../../../support/shell/merge-preview.ts';

const world = { categories: fakeCodebook().categories, sources: fakeSources(9) };

describe('a merge preview', () => {
  beforeEach(() => useMerging.setState(IDLE));

  it('opens on what needs a person: its conflicts, else its changes, or for another project the sources', () => {
    expect(previewed(fakePreview(world)).tab).toBe('conflicts');
    expect(previewed(fakePreview(world, { conflicts: [] })).tab).toBe('changes');
    expect(previewed(fakeOther(world)).tab).toBe('sources');
  });

  it('keeps the choice for a conflict until the same choice is made again', () => {
    chooseValue('a', 'mine');
    chooseValue('b', { value: 'A third' });
    expect([...useMerging.getState().chosen]).toEqual([
      ['a', 'mine'],
      ['b', { value: 'A third' }],
    ]);
    chooseValue('a', 'incoming');
    chooseValue('b', { value: 'A third' });
    expect([...useMerging.getState().chosen]).toEqual([['a', 'incoming']]);
  });

  it('reports nothing new if every commit is here, and never for another project', () => {
    expect(isNothingNew(fakeNothing(world, null))).toBe(true);
    expect(isNothingNew(fakePreview(world))).toBe(false);
    const withheld = { commits: { added: 0, known: 214, supplied: 2 } };
    expect(isNothingNew(fakePreview(world, withheld))).toBe(false);
    expect(isNothingNew(fakeOther(world))).toBe(false);
  });
});

describe('another project', () => {
  const preview = fakeOther(world);
  beforeEach(() => useMerging.setState({ ...IDLE, ...previewed(preview) }));

  it('adds every source that is not in the project, and matches no category without confirmation', () => {
    const { addition } = useMerging.getState();
    expect(addition.sources.size).toBe(7);
    expect(unanswered(preview, addition)).toBe(2);
    const [same] = preview.other?.categories ?? [];
    expect(sourcesToAdd(preview, addition).categories).toEqual({ [same?.incoming.id ?? '']: same?.mine[0]?.id });
  });

  it('matches the confirmed categories, and accepts a no', () => {
    const [, first, second] = preview.other?.categories ?? [];
    if (first === undefined || second === undefined) throw new Error('Two are proposed.');
    matchCategory(first.incoming.id, first.mine[0]?.id ?? null);
    matchCategory(second.incoming.id, null);
    const { addition } = useMerging.getState();
    expect(unanswered(preview, addition)).toBe(0);
    const { categories } = sourcesToAdd(preview, addition);
    expect(categories[first.incoming.id]).toBe(first.mine[0]?.id);
    expect(categories).not.toHaveProperty(second.incoming.id);
  });
});

describe('the signer of incoming edits', () => {
  const [moreau, abliz, stranger] = fakePeople();
  const known = (over: Partial<KnownPerson>): KnownPerson =>
    knownPerson.parse({
      id: PERSON.id,
      name: PERSON.name,
      roles: [],
      key: null,
      fingerprint: PERSON.fingerprint,
      minisign: null,
      commits: 1,
      first: null,
      last: null,
      isMe: true,
      trust: 'me',
      confirmedFingerprint: null,
      age: null,
      sameInstallation: [],
      isOne: false,
      confirmedBy: [],
      ...over,
    });
  if (moreau === undefined || abliz === undefined || stranger === undefined) throw new Error('Three came.');

  it('is unknown until the people are read, and new if no one has seen their key', () => {
    expect(trustOf(abliz, undefined)).toBe('unknown');
    expect(trustOf(abliz, [known({})])).toBe('new');
  });

  it('is a warning if a confirmed name comes with a different key', () => {
    expect(trustOf(stranger, [known({ name: ' a. lindqvist ' })])).toBe('changed');
    expect(confirmedBefore(stranger, [known({})])).toBe(PERSON.fingerprint);
    // The name of an unconfirmed person is no evidence for the key.
    expect(trustOf(stranger, [known({ trust: 'new', isMe: false })])).toBe('new');
  });

  it('shows what this installation knows of a person of the project', () => {
    const id = moreau.person ?? PERSON.id;
    expect(trustOf(moreau, [known({ id, trust: 'confirmed', isMe: false })])).toBe('confirmed');
    expect(trustOf(moreau, [known({ id, trust: 'changed', isMe: false })])).toBe('changed');
  });
});

describe('the value of a conflict', () => {
  const byId = new Map(world.categories.map((one) => [String(one.id), one]));
  const [first, second] = world.categories;
  const side = fakePreview(world).conflicts[0]?.mine;
  if (side === undefined || first === undefined || second === undefined) throw new Error('They are there.');

  it('names categories wherever it contains their ids', () => {
    expect(categoriesIn(first.id, byId)).toEqual([first]);
    expect(categoriesIn([second.id, first.id, 'no id'], byId)).toEqual([second, first]);
    expect(categoriesIn('A text', byId)).toEqual([]);
  });

  it('of tags says which were added and which removed', () => {
    expect(taggingOf({ ...side, value: { added: [first.id], removed: [] } })).toEqual({
      added: [first.id],
      removed: [],
    });
    expect(taggingOf({ ...side, value: 'A text' })).toBeNull();
  });
});

describe('snapshots', () => {
  const id = (n: number) => snapshotId.parse(uuid(80, n));
  beforeEach(resetSnapshots);

  it('are ticked two at most: a third replaces the first', () => {
    [0, 1, 2].forEach((n) => tick(id(n)));
    expect(useSnapshots.getState().ticked).toEqual([id(1), id(2)]);
    tick(id(1));
    expect(useSnapshots.getState().ticked).toEqual([id(2)]);
  });

  it('list differences by kind: of a folded kind only the heading is shown, with its number', () => {
    const one = (n: number, entity: string) =>
      stateDifference.parse({ entity, id: uuid(70, n), label: hash(n), how: 'added', fields: [] });
    const all = [one(0, 'passage'), one(1, 'tag'), one(2, 'passage')];
    const rows = differenceRows(all, new Set(['passage']));
    expect(
      rows.map((row) => (row.kind === 'group' ? `${row.entity} ${String(row.count)}` : row.difference.id)),
    ).toEqual(['passage 2', 'tag 1', uuid(70, 1)]);
  });
});
