import { expect, it } from 'vitest';
import { idText, newIdBytes, personOfKey } from '../../../../electron/db/ids.ts';
import { writePseudonymous } from '../../../../electron/db/export/pseudonymous.ts';
import { authors, signedChanges } from '../../../../electron/db/log/signed.ts';
import { verifyDatabase } from '../../../../electron/db/log/verify.ts';
import type { Json } from '../../../../shared/changes/canonical.ts';
import { holds, place, received } from '../../../support/exported-database.ts';
import { edit, newId, newSigner, Replica } from '../../../support/logs.ts';
import { codeOf } from '../../../support/project.ts';

const DAY = 86_400_000;

/** Ann leads, Bo translates; both are named in lists, registers and a basis. */
function team() {
  const project = newIdBytes();
  let at = Date.UTC(2026, 4, 1, 10, 17, 31);
  const now = () => (at += 3_600_123);
  const [ann, bo] = [new Replica(project, newSigner(), now), new Replica(project, newSigner(), now)];
  const [annId, boId] = [ann, bo].map((one) => personOfKey(one.signer.key));
  if (annId === undefined || boId === undefined) throw new Error('two people');
  const ids = { source: newId(), passage: newId(), hidden: newId(), memo: newId(), review: newId(), note: newId() };
  const person = (replica: Replica, id: string, name: string) => [
    edit('person', id, 'name', name),
    edit('person', id, 'key', replica.signer.key.toString('hex')),
  ];
  ann.commit('Begin: Ann Smith’s study', [
    edit('project', idText(project), 'title', 'Study of Ann Smith'),
    ...person(ann, annId, 'Ann Smith'),
  ]);
  ann.commit('Add', [
    edit('source', ids.source, 'title', 'Old title'),
    edit('passage', ids.passage, 'source', ids.source),
    edit('passage', ids.passage, 'person', annId),
    edit('memo', ids.hidden, 'text', 'Between us'),
  ]);
  bo.take(ann.packets());
  bo.commit('Bo translates', [
    ...person(bo, boId, 'Bo Chen'),
    edit('translation', newId(), 'draft', { text: 'Work', person: boId, method: 'human' }),
    edit('comment', ids.note, 'mentions', ['editor', annId]),
    edit('review', ids.review, 'basis', { v: 1, person: annId, tags: [[ids.memo, boId]] }),
    edit('source', ids.source, 'title', 'Bo Chen’s title'),
  ]);
  ann.commit('Rename', [edit('source', ids.source, 'title', 'Report of Ann Smith')]);
  ann.take(bo.packets());
  return { ann, bo, annId, boId, ids };
}

it('a pseudonymous export has no byte of authors, times or overwritten values, and is still a project', () => {
  const { ann, bo, annId, boId, ids } = team();
  const file = place();
  const asked: string[] = [];
  const text = (entity: string, field: string, value: Json): Json => {
    asked.push(`${entity}.${field}`);
    return typeof value === 'string' ? value.replaceAll('Ann Smith', 'Coder 1') : value;
  };
  const nameOf = (id: string): string => (id === annId ? 'Coder 1' : 'Coder 2');
  writePseudonymous(ann.log, file, { show: (_entity, id) => id !== ids.hidden, nameOf, text });
  for (const what of ['Ann Smith', 'Bo Chen', 'Bo translates', 'Old title', 'Between us', annId, boId])
    expect(holds(file, what), what).toBe(false);
  for (const what of [ids.passage, ids.hidden, ids.memo, ids.review, ids.note, idText(ann.log.project)])
    expect(holds(file, what), what).toBe(false);
  for (const key of [ann.signer.key, bo.signer.key]) expect(holds(file, key.toString('hex'))).toBe(false);
  for (const { signer, replica } of [ann, bo]) {
    expect(holds(file, replica.toString('hex'))).toBe(false);
    expect(holds(file, signer.key.toString('latin1'))).toBe(false);
  }
  expect(new Set(asked)).toEqual(
    new Set(['project.title', 'source.title', 'translation.draft', 'comment.mentions', 'review.basis']),
  );

  const { replica, taken } = received(file);
  expect(taken.rejected).toEqual([]);
  expect(verifyDatabase(replica.log).failures).toEqual([]);
  expect(replica.conflicts()).toBe(0);
  expect(replica.currentValue('source', ids.source, 'title')).toBe('"Report of Coder 1"');
  const { store } = replica.log;
  const people = store.all<{ id: string; name: string; key: string }>('SELECT id, name, key FROM p_person');
  const [one, two] = ['Coder 1', 'Coder 2'].map((name) => people.find((person) => person.name === name)?.id ?? '');
  expect(people.map(({ id, key }) => id === personOfKey(Buffer.from(key, 'hex')))).toEqual([true, true]);
  const columns = (sql: string) => store.list<string>(sql);
  expect(columns('SELECT draft FROM p_translation')).toEqual([`{"method":"human","person":"${two}","text":"Work"}`]);
  expect(columns('SELECT mentions FROM p_comment')).toEqual([`["editor","${one}"]`]);
  expect(columns('SELECT basis FROM p_review')[0]).toMatch(
    new RegExp(`"person":"${one}","tags":\\[\\["[0-9a-f-]{36}","${two}"`),
  );
  expect(columns('SELECT person FROM p_passage')).toEqual([one]);
  // Each signs what they had signed, and times are days.
  const [review] = columns('SELECT id FROM p_review');
  expect(signedChanges(replica.log, 'review', [review ?? ''], ['basis'])).toMatchObject([{ person: two }]);
  expect(new Set(authors(replica.log).map(({ person }) => person as string))).toEqual(new Set([one, two]));
  expect(store.list<number>('SELECT wall % ? FROM commit_', DAY).every((rest) => rest === 0)).toBe(true);
  [ann, bo, replica].forEach((each) => each.close());
});

it('an empty pseudonymous export is rejected', async () => {
  const { ann, bo } = team();
  const options = { show: () => false, nameOf: () => '', text: (_e: string, _f: string, value: Json) => value };
  expect(await codeOf(() => writePseudonymous(ann.log, place(), options))).toBe('BAD_INPUT');
  [ann, bo].forEach((each) => each.close());
});
