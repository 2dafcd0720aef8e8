import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { writeAssignment } from '../../../../electron/db/export/assignment.ts';
import { newIdBytes } from '../../../../electron/db/ids.ts';
import { readHistory } from '../../../../electron/db/log/history.ts';
import { writePart } from '../../../../electron/db/export/part.ts';
import { readStacks } from '../../../../electron/db/log/steps.ts';
import type { Committed, Show } from '../../../../electron/db/types.ts';
import { verifyDatabase } from '../../../../electron/db/log/verify.ts';
import { appendCommit, changesOf, stepChange } from '../../../../electron/db/log/write.ts';
import { writeFresh } from '../../../../electron/db/fresh.ts';
import { MIGRATIONS } from '../../../../electron/db/migrations.ts';
import { holds, place, received } from '../../../support/exported-database.ts';
import { edit, newId, newSigner, Replica, stateOf } from '../../../support/logs.ts';
import { codeOf } from '../../../support/project.ts';

const SECRET = 'Coercion is what this is about';

/** A lead and a colleague, who tagged one passage each; a memo, a category that is nobody's business, an open conflict. */
function team() {
  const project = newIdBytes();
  const [lead, other] = [new Replica(project, newSigner()), new Replica(project, newSigner())];
  const ids = {
    source: newId(),
    passage: newId(),
    unseen: newId(),
    category: newId(),
    hidden: newId(),
    tag: newId(),
    theirs: newId(),
    memo: newId(),
  };
  lead.commit('Add', [
    edit('source', ids.source, 'title', 'Work report'),
    edit('category', ids.category, 'name', 'Land transfer'),
  ]);
  lead.commit(`Tag with ${SECRET}`, [
    edit('passage', ids.passage, 'source', ids.source),
    edit('passage', ids.passage, 'anchor', { exact: '就业' }),
    edit('tag', ids.tag, 'passage', ids.passage),
    edit('tag', ids.tag, 'category', ids.category),
  ]);
  const memo = lead.commit(`Memo: ${SECRET}`, [
    edit('memo', ids.memo, 'target', ids.passage),
    edit('memo', ids.memo, 'text', SECRET),
    edit('category', ids.hidden, 'name', `${SECRET} too`),
  ]);
  other.take(lead.packets());
  other.commit('Tag', [edit('tag', ids.theirs, 'passage', ids.unseen), edit('tag', ids.tag, 'category', ids.hidden)]);
  lead.commit('Retag', [edit('tag', ids.tag, 'category', newId()), edit('source', ids.source, 'title', 'Report')]);
  lead.take(other.packets());
  if (memo === null) throw new Error('a memo');
  return { lead, other, ids, memo };
}

const codebookAndText: Show = (entity, id, field) =>
  ['source', 'category'].includes(entity) && field !== 'note' && !secretIds.has(id);
let secretIds: ReadonlySet<string> = new Set<string>();

const given = ({ log, author }: Replica, target: string, show: Show): Committed =>
  writeAssignment({ log, author, writing: (work) => log.store.transaction(work) }, target, 'For Cem', show);
const failures = (replica: Replica) => verifyDatabase(replica.log).failures;

describe('a part of the log', () => {
  it('contains no byte of the withheld changes, verifies, and is completed by a later full copy', () => {
    const { lead, ids, memo } = team();
    lead.undo(memo);
    // An undo repeats the label of what it undoes, whatever little of it could be undone.
    const changes = changesOf(lead.log, [edit('source', ids.source, 'author', 'Office')]);
    const step = stepChange({ kind: 'undoes', commit: memo.hash });
    lead.log.store.transaction(() => appendCommit(lead.log, lead.author, `Undo: ${SECRET}`, [step, ...changes]));
    secretIds = new Set([ids.hidden]);
    const file = place();
    writePart(lead.log, file, codebookAndText);
    for (const what of [SECRET, ids.hidden, ids.memo, ids.tag, ids.passage, ids.theirs, ids.unseen, '就业'])
      expect(holds(file, what), what).toBe(false);
    for (const what of [ids.source, 'Work report', 'Land transfer']) expect(holds(file, what), what).toBe(true);

    const { replica, taken } = received(file);
    expect(taken).toMatchObject({ added: 7, rejected: [] });
    expect(failures(replica)).toEqual([]);
    expect(replica.conflicts()).toBe(0);
    expect(replica.currentValue('source', ids.source, 'title')).toBe('"Report"');
    expect(replica.currentValue('tag', ids.tag, 'passage')).toBeNull();

    const added = replica.commit('Own', [edit('source', ids.source, 'author', 'Statistics office')]);
    expect(added).not.toBeNull();
    lead.take(replica.packets());
    expect(failures(lead)).toEqual([]);
    replica.take(lead.packets());
    expect(stateOf(replica)).toBe(stateOf(lead));
    expect(failures(replica)).toEqual([]);
    [lead, replica].forEach((one) => one.close());
  });

  it('with every record is the whole log; with no record it has commit headers only', () => {
    const { lead } = team();
    const [all, none] = [place(), place()];
    writePart(lead.log, all, () => true);
    writePart(lead.log, none, () => false);
    expect(stateOf(received(all).replica)).toBe(stateOf(lead));
    const empty = received(none);
    expect(empty.taken.added).toBe(5);
    expect(failures(empty.replica)).toEqual([]);
    expect(empty.replica.log.store.value('SELECT count(*) FROM entity_')).toBe(0);
    lead.close();
  });

  it('is not written over an existing file', async () => {
    const { lead } = team();
    const file = place();
    writePart(lead.log, file, () => true);
    expect(await codeOf(() => writePart(lead.log, file, () => true))).toBe('EXISTS');
    lead.close();
  });
});

describe('a blind assignment', () => {
  it('is one commit in the coder’s file and a header in the lead’s log, and work based on it can be merged', () => {
    const { lead, other, ids } = team();
    secretIds = new Set([ids.hidden]);
    const before = stateOf(lead);
    const file = place();
    const { hash } = given(lead, file, codebookAndText);
    expect(stateOf(lead)).toBe(before);
    expect(failures(lead)).toEqual([]);
    expect(readHistory(lead.log, 1)).toMatchObject([{ label: 'Assign for blind coding', changes: 0 }]);
    for (const what of [
      SECRET,
      ids.hidden,
      ids.memo,
      ids.tag,
      ids.passage,
      ids.theirs,
      ids.unseen,
      '就业',
      'Work report',
    ])
      expect(holds(file, what), what).toBe(false);
    const sqlite = new Database(file, { readonly: true });
    expect(sqlite.prepare('SELECT count(*) FROM commit_').pluck().get()).toBe(1);
    sqlite.close();

    const { replica: coder, taken } = received(file);
    expect(taken).toMatchObject({ added: 1, rejected: [] });
    expect(coder.log.horizon()?.toString('hex')).toBe(hash);
    expect(lead.log.horizon()).toBeNull();
    expect(failures(coder)).toEqual([]);
    expect(readStacks(coder.log, coder.log.tip(coder.replica, coder.signer.key)).done).toEqual([]);
    const tag = newId();
    coder.commit('Tag', [edit('tag', tag, 'passage', ids.source), edit('tag', tag, 'category', ids.category)]);
    expect(failures(coder)).toEqual([]);

    const back = place();
    writeFresh(coder.log.store, back, MIGRATIONS.length);
    const again = received(back);
    expect(failures(again.replica)).toEqual([]);
    expect(stateOf(again.replica)).toBe(stateOf(coder));

    // Somebody who has not seen the assignment cannot place what was made on it.
    const third = other;
    expect(third.take(again.replica.packets()).rejected.map((one) => one.why)).toEqual([
      'an edit it depends on is missing',
      'an edit it depends on is missing',
    ]);
    expect(lead.take(again.replica.packets())).toMatchObject({ added: 1, rejected: [] });
    expect(lead.currentValue('tag', tag, 'category')).toBe(`"${ids.category}"`);
    expect(lead.conflicts()).toBe(1);
    expect(failures(lead)).toEqual([]);
    expect(third.take(lead.packets()).rejected).toEqual([]);
    expect(third.take(again.replica.packets()).rejected).toEqual([]);
    expect(stateOf(third)).toBe(stateOf(lead));
    expect(failures(third)).toEqual([]);
    // What the lead did later is not seen by the coder, and what the coder did is not seen as a step of the lead's.
    expect(readStacks(lead.log, lead.log.tip(lead.replica, lead.signer.key)).done.map((one) => one.label)).toEqual([
      'Add',
      `Tag with ${SECRET}`,
      `Memo: ${SECRET}`,
      'Retag',
    ]);
    [lead, other, coder].forEach((one) => one.close());
  });

  it('leaves no file behind if it fails: nothing to export, an existing file, or a blind copy', async () => {
    const { lead } = team();
    const commits = () => lead.log.store.value<number>('SELECT count(*) FROM commit_');
    const before = commits();
    const file = place();
    expect(await codeOf(() => given(lead, file, () => false))).toBe('BAD_INPUT');
    expect(commits()).toBe(before);
    given(lead, file, codebookAndText);
    expect(await codeOf(() => given(lead, file, codebookAndText))).toBe('EXISTS');
    expect(commits()).toBe((before ?? 0) + 1);
    const { replica: coder } = received(file);
    expect(await codeOf(() => given(coder, place(), () => true))).toBe('NOT_ALLOWED');
    [lead, coder].forEach((one) => one.close());
  });

  it('is reported by verifying if it was written into the log it restates', () => {
    const { lead } = team();
    const file = place();
    given(lead, file, codebookAndText);
    const { replica: coder } = received(file);
    const [packet] = coder.packets();
    if (packet?.body === null || packet === undefined || !('seed' in packet.body)) throw new Error('a whole horizon');
    const { seed, label, changes } = packet.body;
    const { store } = lead.log;
    const c = lead.log.heads()[0]?.c ?? 0;
    store.run('UPDATE commit_ SET seed = ?, label = ? WHERE c = ?', seed, label, c);
    changes.forEach(({ entity, id, field, value }, k) => {
      lead.log.putChange(c, k + 1, lead.log.recordNumber(entity, id), lead.log.fieldNumber(entity, field), value);
    });
    expect(failures(lead).map((one) => one.kind)).toContain('commit');
    [lead, coder].forEach((one) => one.close());
  });
});
