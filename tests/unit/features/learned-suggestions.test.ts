import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/engine.ts';
import { sha256, type Source, type Verdict } from '../../../shared/model/index.ts';
import { foldedTerm } from '../../../shared/suggest/find-terms.ts';
import { addFile, categoriesOf, codeOf, copyFor, somebody, testProject } from '../../support/project.ts';
import { adopt, lastLearned, learn } from '../../../electron/features/suggestions/learn-job.ts';
import { tempFolder } from '../../support/temp.ts';
import { taggedProject } from '../../support/tagged-project.ts';
import { codedProject, giveOut, receive } from './coding/support.ts';

const learnedIn = async (engine: Engine, { id }: Source) =>
  (await engine.call('suggestions.list', { source: id, learned: true })).suggestions.filter(
    (one) => one.learned !== null,
  );

it('suggests clauses like tagged passages, says which, how sure it is and how it was measured; a decision keeps where it came from', async () => {
  const { engine, folder, fresh } = await taggedProject();
  // Off until somebody asks: nothing is learned by itself.
  expect((await engine.call('suggestions.learned', {})).learned).toBeNull();
  expect(await learnedIn(engine, fresh)).toEqual([]);

  const passages = (await engine.call('passages.list', {})).total;
  const head = (await engine.call('history.list', {})).commits[0]?.id;
  const summary = await engine.call('suggestions.learn', {});
  expect(summary.sources).toBe(24);
  expect(summary.categories.length).toBeGreaterThan(1);
  for (const { measured } of summary.categories)
    if (measured.precision !== null) expect(measured.precision.low).toBeLessThanOrEqual(measured.precision.value);
  expect((await engine.call('suggestions.learned', {})).learned).toEqual(summary);

  const found = await learnedIn(engine, fresh);
  expect(found.length).toBeGreaterThan(3);
  for (const { learned, text, term, start, end } of found) {
    expect(learned).toMatchObject({ model: summary.digest, sure: expect.any(Number) });
    expect(learned?.sure).toBeGreaterThanOrEqual(50);
    expect(learned?.like.length).toBeGreaterThan(0);
    expect([term, text.length]).toEqual(['', end - start]);
  }
  // A suggestion counts as nothing: no passage, no edit.
  expect((await engine.call('passages.list', {})).total).toBe(passages);
  expect((await engine.call('history.list', {})).commits[0]?.id).toBe(head);

  const [first, second, third] = found;
  if (first === undefined || second === undefined || third === undefined || fresh.layer === null)
    throw new Error('Too few.');
  const at = { source: fresh.id, layer: fresh.layer };
  const decide = ({ start, end, categories }: typeof first, verdict: Verdict, model = summary.digest) => {
    const [category] = categories;
    if (category === undefined) throw new Error('A suggestion is for no category.');
    return engine.call('suggestions.decide', { ...at, start, end, category, verdict, model });
  };
  expect(await codeOf(decide(first, 'accepted', sha256.parse('0'.repeat(64))))).toBe('BAD_INPUT');
  const { passage } = await decide(first, 'accepted');
  if (passage === null) throw new Error('No passage was made.');
  expect(await engine.call('passages.get', { id: passage })).toMatchObject({
    anchor: { exact: first.text },
    tags: [{ category: first.categories[0] }],
  });
  expect((await engine.call('passages.foundBy', { id: passage })).accepted).toMatchObject([
    { term: '', sure: first.learned?.sure, category: first.categories[0] },
  ]);
  await decide(second, 'rejected');
  expect(await codeOf(decide(second, 'rejected'))).toBe('EXISTS');
  await decide(third, 'never');
  const left = await learnedIn(engine, fresh);
  expect(left.some(({ start }) => start === first.start || start === second.start)).toBe(false);
  expect(left.some(({ categories }) => categories[0] === third.categories[0])).toBe(false);
  const { decided } = await engine.call('suggestions.list', { source: fresh.id });
  expect(decided.map(({ verdict, model, sure, term }) => [verdict, model, typeof sure, term])).toEqual([
    ['never', summary.digest, 'number', ''],
    ['rejected', summary.digest, 'number', ''],
    ['accepted', summary.digest, 'number', ''],
  ]);

  // The codebook counts them beside those about its terms, in the category each was for.
  const decisions: Record<Verdict, number> = { accepted: 0, rejected: 0, never: 0 };
  for (const category of new Set([first, second, third].flatMap(({ categories }) => categories))) {
    const { learned } = await engine.call('suggestions.terms', { category });
    const own = decided.filter((one) => one.category === category);
    for (const verdict of ['accepted', 'rejected', 'never'] as const) {
      expect(learned[verdict]).toBe(own.filter((one) => one.verdict === verdict).length);
      decisions[verdict] += learned[verdict];
    }
  }
  expect(decisions).toEqual({ accepted: 1, rejected: 1, never: 1 });

  // A merge takes the decisions to a colleague, an undo takes them back; nothing is damaged.
  const ann = await copyFor(engine, 'Ann');
  expect((await ann.engine.call('suggestions.list', { source: fresh.id })).decided).toEqual(decided);
  expect((await engine.call('history.undo', {})).label).toMatch(/^Never suggest what is like passages of /);
  expect((await learnedIn(engine, fresh)).length).toBeGreaterThan(left.length);
  expect(await engine.call('project.verify', {})).toMatchObject({ ok: true });
  // The model can be deleted at any time.
  expect(readdirSync(join(folder, 'cache')).filter((name) => name.startsWith('learned'))).toHaveLength(2);
}, 120_000);

it('is stopped, and then nothing was learned', async () => {
  const { engine } = await codedProject();
  const learning = codeOf(engine.call('suggestions.learn', {}));
  await engine.call('suggestions.stop', {});
  expect(await learning).toBe('CANCELLED');
  expect((await engine.call('suggestions.learned', {})).learned).toBeNull();
});

it('counts what was learned only once its answer has come, so that stopping late leaves nothing', () => {
  const folder = tempFolder();
  const summary = learn({ folder, to: folder, now: 1, sources: [] }, () => undefined);
  expect(lastLearned(folder)).toBeNull();
  adopt(folder, summary);
  expect(lastLearned(folder)).toEqual(summary);
});

it('learns and shows nothing in a copy for blind coding, even if a model lies in its folder', async () => {
  const { engine } = await codedProject();
  const { path } = await giveOut(engine, {});
  const ben = await receive(path, somebody('Ben'));
  expect(await codeOf(ben.engine.call('suggestions.learn', {}))).toBe('NOT_ALLOWED');
  const summary = { digest: 'a'.repeat(64), at: 1, sources: 1, categories: [] };
  writeFileSync(join(ben.folder, 'cache', 'learned.json'), JSON.stringify(summary));
  expect((await ben.engine.call('suggestions.learned', {})).learned).toBeNull();
  const { sources } = await ben.engine.call('sources.list', {});
  for (const { id } of sources)
    expect(await ben.engine.call('suggestions.list', { source: id, learned: true })).toMatchObject({
      suggestions: [],
      blind: true,
    });
});

it('counts how often each term stands in the sources, anew only for what is new, even after a kill in the midst of a line', async () => {
  const { engine, folder } = await testProject();
  await addFile(engine, 'a.txt', '推进土地流转。土地流轉，劳务协作。');
  const counts = async () => {
    const { terms, ...rest } = await engine.call('suggestions.count', {});
    const of = (term: string) => terms.find(({ folded }) => folded === foldedTerm(term)) ?? null;
    return { ...rest, land: of('土地流转'), pair: of('劳务协作'), none: of('对口援疆') };
  };
  expect(await counts()).toEqual({
    sources: 1,
    failed: 0,
    land: { folded: foldedTerm('土地流转'), places: 2, sources: 1 },
    pair: { folded: foldedTerm('劳务协作'), places: 1, sources: 1 },
    none: null,
  });
  const kept = join(folder, 'cache', 'term-counts.jsonl');
  const before = readFileSync(kept, 'utf8');
  await addFile(engine, 'b.txt', '劳务协作协议。');
  appendFileSync(kept, '["unfinished');
  expect(await counts()).toMatchObject({ sources: 2, land: { places: 2 }, pair: { places: 2, sources: 2 } });
  expect(readFileSync(kept, 'utf8').startsWith(before)).toBe(true);
  expect(await counts()).toMatchObject({ sources: 2, pair: { places: 2 } });
  // Another term: everything is counted with it.
  const [pair] = await categoriesOf(engine, 'TRF.PAIR');
  if (pair === undefined) throw new Error('No such category.');
  await engine.call('categories.edit', { id: pair, patch: { termsZh: [{ term: '协议', origin: 'added' }] } });
  const { terms } = await engine.call('suggestions.count', {});
  expect(terms.find(({ folded }) => folded === '协议')).toMatchObject({ places: 1 });
});
