import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { LIMIT } from '../../../../shared/changes/clock.ts';
import { idBytes, newIdBytes } from '../../../../electron/db/ids.ts';
import {
  bodyRoot,
  headerBytes,
  leafHash,
  type Change,
  type Leaf,
  type Packet,
  type WholeBody,
} from '../../../../electron/db/log/packet.ts';
import { signHeader } from '../../../../electron/db/log/signatures.ts';
import { verifyDatabase } from '../../../../electron/db/log/verify.ts';
import { edit, newId, newSigner, Replica, stateOf, withhold } from '../../../support/logs.ts';

const project = newIdBytes();
const ann = newSigner();
const bo = newSigner();
const mallory = newSigner();
const sourceId = newId();

/** Two honest commits by Ann. */
function honest(): [Packet, Packet] {
  const a = new Replica(project, ann);
  a.commit('x', [edit('source', sourceId, 'title', 't')]);
  a.commit('y', [edit('source', sourceId, 'title', 'u')]);
  const [first, second] = a.packets();
  a.close();
  if (first === undefined || second === undefined) throw new Error('two packets');
  return [first, second];
}
const wholeBody = (packet: Packet): WholeBody => {
  if (packet.body === null || !('seed' in packet.body)) throw new Error('a whole body');
  return packet.body;
};
function resigned(packet: Packet, header: Partial<Packet['header']>, by = mallory): Packet {
  const changed = { ...packet.header, ...header };
  return { ...packet, header: changed, sig: signHeader(headerBytes(changed), by) };
}
const bent = (packet: Packet, body: Partial<WholeBody>): Packet => ({
  ...packet,
  body: { ...wholeBody(packet), ...body },
});
const change = (part: Partial<Change>): Change => ({
  entity: 'source',
  id: idBytes(sourceId) ?? randomBytes(16),
  field: 'title',
  value: '"v"',
  ...part,
});
/** Something Mallory signs properly, as a replica of her own. */
function signedBy(mallorysChange: Partial<Change>, header: Partial<Packet['header']> = {}): Packet {
  const [first] = honest();
  const body = { seed: randomBytes(16), label: '"l"', changes: [change(mallorysChange)] };
  return resigned({ ...first, body }, { key: mallory.key, replica: newIdBytes(), root: bodyRoot(body), ...header });
}
/** A commit with these changes, which is looked at before its hashes are. */
const withChanges = (...changes: Change[]): Packet => ({
  ...signedBy({}),
  body: { seed: randomBytes(16), label: '"l"', changes },
});
const shown = (...changes: Change[]): Leaf[] => changes.map((one) => ({ salt: randomBytes(16), change: one }));
const hidden = (count: number): Leaf[] => Array.from({ length: count }, () => ({ hash: randomBytes(32) }));
/** Gives packets to a fresh log: what was rejected, why, and that the log stayed sound. */
function refusals(packets: readonly Packet[]): string[] {
  const b = new Replica(project, bo);
  const { rejected } = b.take(packets);
  expect(verifyDatabase(b.log).failures).toEqual([]);
  b.close();
  return rejected.map((one) => one.why);
}

describe('an incoming commit is rejected, with its hash, if', () => {
  const [first, second] = honest();
  it.each<[string, Packet[], RegExp]>([
    ['a value was altered', [bent(first, { changes: [change({ value: '"v"' })] })], /doesn’t match what was signed/],
    ['its label was altered', [bent(first, { label: '"v"' })], /doesn’t match what was signed/],
    ['its seed was altered', [bent(first, { seed: randomBytes(16) })], /doesn’t match what was signed/],
    ['its signature is made up', [{ ...first, sig: randomBytes(64) }], /signature/],
    ['another signed than it says', [resigned(first, {})], /signature/],
    ['it is grafted onto somebody’s chain', [first, resigned(second, { key: mallory.key })], /someone else/],
    ['its clock is not after its parent’s', [first, resigned(second, { clock: first.header.clock }, ann)], /clock/],
    ['its clock would use up the range', [first, resigned(second, { clock: Number.MAX_SAFE_INTEGER }, ann)], /clock/],
    ['its clock is no safe integer', [first, resigned(second, { clock: 2 ** 53 }, ann)], /malformed/],
    ['its date is none that a calendar has', [first, resigned(second, { wall: 8.64e15 + 1 }, ann)], /malformed/],
    ['its year has five digits', [first, resigned(second, { wall: Date.UTC(10_000, 0, 1) }, ann)], /malformed/],
    ['it is of another project', [resigned(first, { project: newIdBytes() }, ann)], /a different project/],
    ['it is of a kind unknown here', [resigned(first, { kind: 3 }, ann)], /its type isn’t known/],
    ['an edit it depends on is missing', [second], /depends on is missing/],
    [
      'its parents are not sorted',
      [resigned(first, { others: [Buffer.alloc(32, 2), Buffer.alloc(32, 1)] }, ann)],
      /parents/,
    ],
    [
      'it names a parent twice',
      [resigned(first, { others: [Buffer.alloc(32, 1), Buffer.alloc(32, 1)] }, ann)],
      /parents/,
    ],
    [
      'a header field has the wrong length',
      [{ ...first, header: { ...first.header, root: Buffer.alloc(31) } }],
      /malformed/,
    ],
    ['one field is set twice', [withChanges(change({}), change({}))], /body is malformed/],
    [
      'one field is set twice, with another between',
      [withChanges(change({}), change({ field: 'note' }), change({}))],
      /body is malformed/,
    ],
    [
      'one field is set twice, among many changes',
      [withChanges(change({}), ...Array.from({ length: 30 }, () => change({ id: newIdBytes() })), change({}))],
      /body is malformed/,
    ],
    [
      'one field is set twice, in a body withheld in part',
      [{ ...signedBy({}), body: { leaves: [...hidden(1), ...shown(change({}), change({})), ...hidden(5)] } }],
      /body is malformed/,
    ],
    ['it says nothing', [bent(first, { changes: [] })], /body is malformed/],
    ['it names an entity of the log itself', [signedBy({ entity: 'commit', field: 'label' })], /body is malformed/],
    ['an entity’s name is no name', [signedBy({ entity: 'source; DROP' })], /body is malformed/],
    ['keys are not in order', [signedBy({ value: '{"b":1,"a":2}' })], /body is malformed/],
    ['a key comes twice', [signedBy({ value: '{"a":1,"a":1}' })], /body is malformed/],
    ['a number is written in another way', [signedBy({ value: '1.0' })], /body is malformed/],
    ['a letter is escaped', [signedBy({ value: '"\\u0041"' })], /body is malformed/],
    ['a value is no JSON', [signedBy({ value: 'NaN' })], /body is malformed/],
    ['a text has half a surrogate pair', [signedBy({ value: '"\\ud800"' })], /body is malformed/],
    ['an integer is too large', [signedBy({ value: '9007199254740993' })], /body is malformed/],
    ['a value has white space', [signedBy({ value: ' 1' })], /body is malformed/],
    [
      'a value is nested without end',
      [signedBy({ value: '['.repeat(100_000) + ']'.repeat(100_000) })],
      /body is malformed/,
    ],
  ])('%s', (_name, packets, why) => {
    expect(refusals(packets).some((one) => why.test(one))).toBe(true);
  });

  it('a bad commit in a chain excludes what builds on it, and nothing else', () => {
    const b = new Replica(project, bo);
    const result = b.take([first, { ...second, sig: randomBytes(64) }]);
    expect(result).toMatchObject({ added: 1, rejected: [{ why: 'its signature is invalid' }] });
    b.close();
  });
});

describe('the union of logs', () => {
  it('keeps what this version does not know, and shows a value of the wrong kind as none', () => {
    const b = new Replica(project, bo);
    const deep = '['.repeat(2000) + ']'.repeat(2000);
    const packets = [
      signedBy({ value: '{"x":[]}' }),
      signedBy({ entity: 'hologram', field: 'depthOfField', value: '1' }),
      signedBy({ entity: 'source', field: 'aura', value: '"green"' }),
      signedBy({ entity: 'passage', field: 'anchor', value: '{"end":"x","start":1.5}' }),
      signedBy({ entity: 'passage', field: 'anchor', id: newIdBytes(), value: deep }),
    ];
    expect(b.take(packets).added).toBe(5);
    expect(b.log.store.all('SELECT title FROM p_source')).toEqual([{ title: null }]);
    expect(b.log.store.all('SELECT start, "end", page FROM p_passage')).toEqual([
      { start: null, end: null, page: null },
      { start: null, end: null, page: null },
    ]);
    expect(verifyDatabase(b.log).failures).toEqual([]);
    const c = new Replica(project, bo);
    c.take(b.packets());
    expect(stateOf(c)).toBe(stateOf(b));
    expect(c.currentValue('hologram', sourceId, 'depthOfField')).toBe('1');
    [b, c].forEach((one) => one.close());
  });

  it('is the same in either direction and in any order, and again changes nothing', () => {
    const [a, b] = [new Replica(project, ann), new Replica(project, bo)];
    a.commit('1', [edit('source', sourceId, 'title', 'from Ann')]);
    b.commit('1', [edit('source', sourceId, 'title', 'from Bo'), edit('source', sourceId, 'author', 'Li')]);
    a.commit('2', [edit('category', newId(), 'name', 'c')]);
    const [fromA, fromB] = [a.packets(), b.packets()];
    a.take(fromB.toReversed());
    b.take(fromA.toReversed());
    expect(stateOf(a)).toBe(stateOf(b));
    expect(a.conflicts()).toBe(1);
    expect(a.take(fromB)).toMatchObject({ added: 0, known: fromB.length });
    a.commit('agree', [edit('source', sourceId, 'title', 'agreed')]);
    b.take(a.packets());
    expect([a.conflicts(), b.conflicts()]).toEqual([0, 0]);
    [a, b].forEach((one) => one.close());
  });

  it('shows an edit against a deletion as a conflict until someone resolves it', () => {
    const [a, b] = [new Replica(project, ann), new Replica(project, bo)];
    const passage = newId();
    a.commit('0', [edit('passage', passage, 'person', newId())]);
    b.take(a.packets());
    a.commit('delete', [edit('passage', passage, 'deleted', true)]);
    b.commit('move', [edit('passage', passage, 'anchor', { start: 2 })]);
    a.take(b.packets());
    b.take(a.packets());
    expect([a.conflicts(), b.conflicts()]).toEqual([1, 1]);
    b.commit('and again', [edit('passage', passage, 'anchor', { start: 3 })]);
    expect(b.conflicts()).toBe(1);
    b.commit('keep it', [edit('passage', passage, 'deleted', false)]);
    a.take(b.packets());
    expect([a.conflicts(), b.conflicts()]).toEqual([0, 0]);
    expect(verifyDatabase(a.log).failures).toEqual([]);
    [a, b].forEach((one) => one.close());
  });

  it('keeps two chains of one replica, as from a copied folder', () => {
    const a = new Replica(project, ann);
    a.commit('0', [edit('source', sourceId, 'title', '0')]);
    const copy = new Replica(project, ann);
    copy.replica = a.replica;
    copy.take(a.packets());
    a.commit('a', [edit('source', sourceId, 'title', 'a')]);
    copy.commit('b', [edit('source', sourceId, 'title', 'b')]);
    a.take(copy.packets());
    copy.take(a.packets());
    expect(stateOf(a)).toBe(stateOf(copy));
    expect(a.conflicts()).toBe(1);
    expect([verifyDatabase(a.log).failures, verifyDatabase(copy.log).failures]).toEqual([[], []]);
    [a, copy].forEach((one) => one.close());
  });

  it('takes the value with the greater clock as current, whichever came last', () => {
    const [early, late] = [new Replica(project, ann, () => 1.7e12), new Replica(project, bo, () => 1.8e12)];
    early.commit('a', [edit('source', sourceId, 'title', 'early')]);
    late.commit('b', [edit('source', sourceId, 'title', 'late')]);
    const sent = early.packets();
    early.take(late.packets());
    late.take(sent);
    const titles = [early, late].map((one) => [
      one.currentValue('source', sourceId, 'title'),
      one.log.store.value('SELECT title FROM p_source'),
    ]);
    expect(titles).toEqual([
      ['"late"', 'late'],
      ['"late"', 'late'],
    ]);
    [early, late].forEach((one) => one.close());
  });

  it('survives clocks in the far future and at their limit', () => {
    const [fast, slow] = [new Replica(project, ann, () => 9e15), new Replica(project, bo, () => 1.8e12)];
    const x = fast.commit('x', [edit('source', sourceId, 'title', 'future')]);
    expect(x?.clock).toBe(LIMIT);
    slow.take(fast.packets());
    expect(slow.commit('y', [edit('source', sourceId, 'title', 'now')])?.clock).toBe(LIMIT + 1);
    fast.take(slow.packets());
    expect(fast.currentValue('source', sourceId, 'title')).toBe('"now"');
    [fast, slow].forEach((one) => one.close());
  });
});

describe('withheld bodies', () => {
  const passage = newId();
  const tag = newId();
  const memo = newId();
  const category = newId();
  function coded(): Replica {
    const a = new Replica(project, ann);
    a.commit('passage', [edit('passage', passage, 'person', newId())]);
    a.commit('Tag passage: SECRET-LABEL', [
      edit('passage', passage, 'layer', newId()),
      edit('tag', tag, 'category', category),
      edit('tag', tag, 'passage', passage),
    ]);
    a.commit('memo SECRET-LABEL', [edit('memo', memo, 'text', 'SECRET-MEMO')]);
    return a;
  }

  it('leave no plaintext, and hashes that cannot be guessed', () => {
    const a = coded();
    const b = new Replica(project, bo);
    const hidden = a.packets().map((packet) => withhold(packet, (one) => one.entity === 'passage'));
    b.take(hidden);
    expect(verifyDatabase(b.log).failures).toEqual([]);
    const bytes = b.log.store.sqlite.serialize();
    for (const secret of ['SECRET-LABEL', 'SECRET-MEMO', category, tag, idBytes(tag) ?? '', idBytes(memo) ?? ''])
      expect(bytes.includes(secret)).toBe(false);
    const body = hidden[1]?.body;
    if (body === null || body === undefined || !('leaves' in body)) throw new Error('withheld in part');
    expect(body.leaves).toHaveLength(8);
    const salts = [Buffer.alloc(16), ...body.leaves.flatMap((leaf) => ('salt' in leaf ? [leaf.salt] : []))];
    const guess = change({
      entity: 'tag',
      id: idBytes(tag) ?? randomBytes(16),
      field: 'category',
      value: JSON.stringify(category),
    });
    const closed = body.leaves.flatMap((leaf, i) => ('hash' in leaf ? [{ i, hash: leaf.hash }] : []));
    for (const salt of salts)
      for (const { i, hash } of closed) expect(leafHash(salt, i, guess).equals(hash)).toBe(false);
    [a, b].forEach((one) => one.close());
  });

  it('must match what was signed if they come later', () => {
    const a = coded();
    const b = new Replica(project, bo);
    const packets = a.packets();
    b.take(packets.map((packet) => withhold(packet, (one) => one.entity === 'passage')));
    const [, , last] = packets;
    if (last === undefined) throw new Error('three packets');
    expect(
      b.take([bent(last, { changes: [change({ entity: 'memo', field: 'text', value: '"other"' })] })]),
    ).toMatchObject({ supplied: 0, rejected: [{ why: 'it doesn’t match what was signed' }] });
    expect(b.take(packets)).toMatchObject({ added: 0, supplied: 2 });
    expect(stateOf(b)).toBe(stateOf(a));
    expect(verifyDatabase(b.log).failures).toEqual([]);
    [a, b].forEach((one) => one.close());
  });
});
