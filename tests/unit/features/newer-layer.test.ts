import { join } from 'node:path';
import { newIdBytes } from '../../../electron/db/ids.ts';
import iconv from 'iconv-lite';
import { expect, it } from 'vitest';
import { unzipped } from '../../support/bag.ts';
import { edit, newId, newSigner, Replica } from '../../support/logs.ts';
import { addFile, mark, testProject } from '../../support/project.ts';
import { tempFolder } from '../../support/temp.ts';

const TEXT =
  '全县农村富余劳动力转移就业一千二百人。\nThe county signed contracts with three cotton mills in the spring season.\n';
const WORDS = 'signed contracts with three';

/** A passage on the text of a file that a person then has read in another encoding. */
async function remade() {
  const desk = await testProject({ codebook: 'empty' });
  const { engine } = desk;
  const source = await addFile(engine, 'report.txt', iconv.encode(TEXT, 'gb18030'));
  const passage = await mark(engine, source.id, WORDS, { memo: 'Look.' });
  await engine.call('layers.remake', { source: source.id, charset: 'big5' });
  const now = await engine.call('sources.get', { id: source.id });
  if (source.layer === null || now.layer === null || now.layer === source.layer) throw new Error('no newer text');
  const sides = { older: { source: source.id, layer: source.layer }, newer: { source: source.id, layer: now.layer } };
  const accept = async () => {
    const { passages } = await engine.call('versions.compare', sides);
    const wanted = passages.flatMap(({ passage: id, to }) =>
      to === null ? [] : [{ passage: id, start: to.start, end: to.end }],
    );
    return engine.call('versions.accept', { ...sides, passages: wanted });
  };
  return { ...desk, source, passage, older: source.layer, newer: now.layer, sides, accept };
}

it('A passage stays on its text until a person confirms the newer one; then the passage itself moves, and the total stays the same', async () => {
  const { engine, passage, older, newer, sides, accept } = await remade();
  expect((await engine.call('passages.get', { id: passage.id })).layer).toBe(older);
  const before = await engine.call('versions.compare', sides);
  expect(before.passages).toMatchObject([{ passage: passage.id, fate: 'found', carried: null }]);
  expect(await accept()).toEqual({ passages: [passage.id] });
  const moved = await engine.call('passages.get', { id: passage.id });
  expect(moved).toMatchObject({
    layer: newer,
    anchor: { exact: WORDS, layer: newer },
    memos: passage.memos,
    origin: null,
  });
  const after = await engine.call('versions.compare', sides);
  expect(after.passages).toEqual(before.passages.map((one) => ({ ...one, carried: passage.id })));
  const head = (await engine.call('project.info', {})).head;
  await accept();
  expect((await engine.call('project.info', {})).head).toBe(head);
  expect((await engine.call('project.verify', {})).failures).toEqual([]);
  await engine.call('history.undo', {});
  expect(await engine.call('passages.get', { id: passage.id })).toEqual(passage);
});

it('In a comparison with another source, a passage on an earlier text is listed too, and carried over from there', async () => {
  const { engine, source, passage, older, newer } = await remade();
  const corrected = await addFile(engine, 'corrected.txt', `A correction.\n${TEXT}`);
  const sides = { older: { source: source.id }, newer: { source: corrected.id } };
  const compared = await engine.call('versions.compare', sides);
  expect(compared.older.layer).toBe(newer);
  expect(compared.passages).toMatchObject([
    { passage: passage.id, layer: older, fate: 'found', from: { exact: WORDS }, to: { exact: WORDS }, carried: null },
  ]);
  const [{ to } = { to: null }] = compared.passages;
  if (to === null) throw new Error('It was not found');
  const wanted = [{ passage: passage.id, start: to.start, end: to.end }];
  const { passages } = await engine.call('versions.accept', { ...sides, passages: wanted });
  expect((await engine.call('passages.list', { source: corrected.id })).passages).toMatchObject([
    { id: passages[0], origin: passage.id, anchor: { exact: WORDS } },
  ]);
  expect((await engine.call('passages.get', { id: passage.id })).layer).toBe(older);
});

it('Moving edges, search, verification and the exported annotations use the text a passage is on', async () => {
  const { engine, passage, newer, source, accept } = await remade();
  const marked = { kind: 'text' as const, start: TEXT.indexOf('signed'), end: TEXT.indexOf(' in the spring') };
  const wide = await engine.call('passages.reshape', { id: passage.id, marked });
  expect(wide.anchor).toMatchObject({ exact: 'signed contracts with three cotton mills' });
  await accept();
  const { text } = await engine.call('layers.text', { id: newer });
  const start = text.indexOf('county');
  const { anchor } = await engine.call('passages.reshape', {
    id: passage.id,
    marked: { kind: 'text', start, end: start + 13 },
  });
  expect(anchor).toMatchObject({ exact: 'county signed', start, layer: newer });
  const found = await engine.call('search.query', { query: 'county signed', in: ['passages'], whole: true });
  expect(found.hits).toMatchObject([{ passage: passage.id, layer: newer, start }]);
  expect((await engine.call('project.verify', {})).failures).toEqual([]);
  const file = join(tempFolder(), 'out.sbk');
  await engine.call('projectFile.export', { path: file });
  const entries = await unzipped(file);
  const [, jsonld] = [...entries].find(([path]) => path.endsWith('annotations.jsonld')) ?? [];
  expect(String(jsonld).replace(/\s/g, '')).toContain(`"start":${Array.from(text.slice(0, start)).length},"end"`);
  expect(source.layer).not.toBe(newer);
});

it('If one person moves edges and another carries the passage over, both logs agree on one complete place with its own text', () => {
  const project = newIdBytes();
  const [ann, bo] = [new Replica(project, newSigner()), new Replica(project, newSigner())];
  const [id, older, newer] = [newId(), newId(), newId()];
  const place = (exact: string, layer?: string) => ({
    kind: 'text',
    exact,
    start: 0,
    end: 4,
    ...(layer === undefined ? {} : { layer }),
  });
  ann.commit('made', [edit('passage', id, 'layer', older), edit('passage', id, 'anchor', place('made'))]);
  bo.take(ann.packets());
  ann.commit('reshaped', [edit('passage', id, 'anchor', place('wide'))]);
  bo.commit('moved', [edit('passage', id, 'anchor', place('moved', newer))]);
  const [hers, his] = [ann.packets(), bo.packets()];
  ann.take(his);
  bo.take(hers);
  const shown = ({ log }: Replica) =>
    log.store.get<{ exact: string; onLayer: string }>(
      `SELECT json_extract(anchor, '$.exact') AS exact, onLayer FROM p_passage`,
    );
  const [a, b] = [shown(ann), shown(bo)];
  expect(a).toEqual(b);
  expect([
    { exact: 'wide', onLayer: older },
    { exact: 'moved', onLayer: newer },
  ]).toContainEqual(a);
  ann.close();
  bo.close();
});
