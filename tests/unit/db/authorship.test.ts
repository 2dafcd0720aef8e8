import { describe, expect, it } from 'vitest';
import { readHistory, toCommitHash } from '../../../electron/db/log/history.ts';
import { newIdBytes, personOfKey } from '../../../electron/db/ids.ts';
import type { CommitRow } from '../../../electron/db/log/log.ts';
import { columnList } from '../../../electron/db/projection/projection.ts';
import { ENTITIES } from '../../../shared/changes/kinds.ts';
import { authors, planOfSignedChanges, signedChanges, saw, seenOf } from '../../../electron/db/log/signed.ts';
import { commitsAt, heads, stateAt } from '../../../electron/db/log/state-at.ts';
import type { StateRow } from '../../../electron/db/types.ts';
import type { CommitHash } from '../../../shared/model/index.ts';
import { edit, newId, newSigner, Replica } from '../../support/logs.ts';
import { codeOf } from '../../support/project.ts';
import { seeded, seeds, type Seeded } from '../../support/seeded.ts';

const hashOf = (row: CommitRow | null): CommitHash => {
  if (row === null) throw new Error('Nothing was committed');
  return toCommitHash(row.hash);
};

describe('authorship', () => {
  const project = newIdBytes();
  const [ann, bo] = [new Replica(project, newSigner()), new Replica(project, newSigner())];
  const [category, tag, early] = [newId(), newId(), newId()];
  const first = hashOf(ann.commit('Define', [edit('category', category, 'definition', 'One')]));
  bo.take(ann.packets());
  bo.commit('Tag', [edit('tag', early, 'category', category)]);
  const second = hashOf(ann.commit('Redefine', [edit('category', category, 'definition', 'Two')]));
  const lone = hashOf(
    bo.commit('Name', [edit('category', category, 'name', 'Land'), edit('category', category, 'definition', null)]),
  );
  bo.take(ann.packets());
  const later = hashOf(bo.commit('Tag', [edit('tag', tag, 'category', category)]));
  const third = hashOf(ann.commit('Redefine', [edit('category', category, 'definition', 'Three')]));
  ann.take(bo.packets());
  const { log } = ann;

  it('is listed oldest first, with the person of the key that signed', () => {
    const all = signedChanges(log, 'category', [category], ['definition', 'name']);
    const words = all.map(({ field, value }) => `${field}: ${JSON.stringify(value)}`);
    // What the two said without knowing of each other may bear one clock: then the hash decides.
    expect([words[0], words.at(-1)]).toEqual(['definition: "One"', 'definition: "Three"']);
    expect(words.slice(1, -1).toSorted()).toEqual(['definition: "Two"', 'definition: null', 'name: "Land"']);
    expect(all[0]).toMatchObject({
      commit: first,
      entity: 'category',
      id: category,
      person: personOfKey(ann.signer.key),
    });
    expect(all.find(({ field }) => field === 'name')?.person).toBe(personOfKey(bo.signer.key));
    expect(signedChanges(log, 'tag', [category, newId()], ['category'])).toEqual([]);
  });

  it('is found through an index, whatever else the log holds', () => {
    const plan = planOfSignedChanges(log);
    expect(plan).not.toMatch(/SCAN (e|h|m|f|r)\b/);
    expect(plan).toMatch(/SEARCH h USING INDEX change_by_field \(ent=\? AND field=\?\)/);
  });

  it('names a key’s person only if that key wrote the name: another’s key in a record makes no one its owner', () => {
    const id = newIdBytes();
    const [owner, forger] = [new Replica(id, newSigner()), new Replica(id, newSigner())];
    const person = personOfKey(owner.signer.key);
    const key = owner.signer.key.toString('hex');
    owner.commit('Join', [edit('person', person, 'name', 'Ann'), edit('person', person, 'key', key)]);
    forger.take(owner.packets());
    forger.commit('Forge', [edit('person', person, 'key', forger.signer.key.toString('hex'))]);
    forger.commit('Restore', [edit('person', person, 'key', key)]);
    const named = readHistory(forger.log, 3).map((one) => [one.label, one.person, one.personId]);
    const unknown = `Unknown person ${forger.signer.key.toString('hex').slice(0, 8)}`;
    expect(named).toEqual([
      ['Restore', unknown, null],
      ['Forge', unknown, null],
      ['Join', 'Ann', person],
    ]);
  });

  it('says what the author of a winning value had seen', () => {
    const versions = [first, second, third, 'ab'.repeat(32) as CommitHash];
    expect(seenOf(log, 'tag', [tag, early, category], 'category', versions)).toEqual(
      new Map<string, CommitHash | null>([
        [tag, second],
        [early, first],
        [category, null],
      ]),
    );
    expect([saw(log, later, second), saw(log, lone, second), saw(log, later, third), saw(log, first, first)]).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect(saw(log, 'ab'.repeat(32) as CommitHash, first)).toBe(false);
  });

  it('counts commits by the key that signed them', () => {
    expect(authors(log)).toMatchObject([
      { person: personOfKey(ann.signer.key), key: ann.signer.key.toString('hex'), commits: 3 },
      { person: personOfKey(bo.signer.key), commits: 3 },
    ]);
  });
});

/** What the tables have, in the order of states. */
const projected = ({ log: { store } }: Replica): StateRow[] =>
  ENTITIES.flatMap((entity) =>
    store
      .all<StateRow['row'] & { id: string }>(`SELECT ${columnList(entity)} FROM p_${entity} ORDER BY id`)
      .map((row) => ({ entity, id: row.id, row })),
  );

function someEdits(random: Seeded, ids: readonly string[], value: string) {
  const id = random.pick(ids);
  const memo = edit('memo', random.pick(ids), 'text', value);
  if (random.chance(0.2)) return [memo, edit('source', id, 'deleted', random.chance())];
  return [memo, edit('source', id, 'title', value)];
}

describe('a former state', () => {
  /** Three people write, remove, write again and merge, as a seed has it. Answers states as they were, with what they were made of. */
  function randomHistory(random: Seeded): {
    replica: Replica;
    states: { heads: CommitHash[]; rows: StateRow[]; commits: number }[];
  } {
    const project = newIdBytes();
    const people = Array.from({ length: 3 }, () => new Replica(project, newSigner()));
    const ids = Array.from({ length: 5 }, newId);
    const states: { heads: CommitHash[]; rows: StateRow[]; commits: number }[] = [];
    for (let step = 0; step < 40; step++) {
      const one = random.pick(people);
      if (random.chance(0.3)) one.take(random.pick(people).packets());
      else one.commit('Step', someEdits(random, ids, `${step}`));
      if (random.chance(0.3)) {
        const commits = one.log.store.value<number>('SELECT count(*) FROM commit_') ?? 0;
        states.push({ heads: heads(one.log), rows: projected(one), commits });
      }
    }
    const [first, ...others] = people;
    if (first === undefined) throw new Error('three people');
    for (const other of others) first.take(other.packets());
    return {
      replica: first,
      states: [...states, { heads: heads(first.log), rows: projected(first), commits: first.packets().length }],
    };
  }

  it.each(seeds(6))('is what the tables held at that time, in any log that has its commits (seed %i)', (seed) => {
    const { replica, states } = randomHistory(seeded(seed));
    for (const { heads: of, rows, commits } of states) {
      expect([...stateAt(replica.log, of)]).toEqual(rows);
      expect(commitsAt(replica.log, of)).toBe(commits);
    }
    replica.close();
  });

  it('needs the commits it was made of', async () => {
    const replica = new Replica(newIdBytes(), newSigner());
    expect([...stateAt(replica.log, [])]).toEqual([]);
    expect(await codeOf(() => [...stateAt(replica.log, ['ab'.repeat(32) as CommitHash])])).toBe('NOT_FOUND');
    replica.close();
  });
});
