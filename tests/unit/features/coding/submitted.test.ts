import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Engine } from '../../../../electron/engine/engine.ts';
import { submitBlindCopy } from '../../../../electron/engine/blind-copy.ts';
import type { AgreementReport, CodedAs } from '../../../../shared/contract/coding.ts';
import { categoriesOf, codeOf, faultOf, mark, openFor, somebody } from '../../../support/project.ts';
import { tempFolder } from '../../../support/temp.ts';
import { codedProject, giveOut, receive, REPORT } from './support.ts';

/** A report's categories that anybody gave, with how far it is agreed on them. */
const percents = ({ categories }: AgreementReport): (readonly [string, number | 'undefined'])[] =>
  categories.filter(({ prevalence }) => prevalence > 0).map(({ code, percent }) => [code, percent]);

/** Ann assigned the report's eight sentences, coded them too, and merged what Ben submitted. */
async function handedIn() {
  const ann = somebody('Ann');
  const ben = somebody('Ben');
  const { engine, report, folder } = await codedProject(ann);
  const [land = never(), act = never()] = await categoriesOf(engine, 'LND.RIGHTS', 'FIG.ACT');
  const { path, assignment } = await giveOut(engine, { sample: 'sources', sources: [report.id], leadToo: true });
  const copy = await receive(path, ben);
  const own = await mark(copy.engine, report.id, '流转土地4.8万亩', { categories: [land] });
  await mark(copy.engine, report.id, '每户派出一人', { categories: [act] });
  await mark(engine, report.id, '流转土地4.8万亩', { categories: [land] });
  const mine = await mark(engine, report.id, '培训两周后进入工厂', { categories: [act] });
  await engine.call('assignments.done', { id: assignment.id });
  // Said to be finished, and then tagged one more.
  await mark(engine, report.id, '居民收入', { categories: [act] });
  const ask = (as?: CodedAs, of: Engine = engine): Promise<AgreementReport> =>
    of.call('agreement.report', { assignment: assignment.id, samples: 0, ...(as === undefined ? {} : { as }) });
  return { ann, ben, engine, folder, report, copy, assignment, land, act, own, mine, ask };
}
const never = (): never => {
  throw new Error('There is such a category');
};

async function bring(engine: Engine, copy: Engine): Promise<void> {
  await submitBlindCopy(copy);
  const back = join(tempFolder(), 'back.sbk');
  await copy.call('projectFile.export', { path: back });
  await engine.call('merge.apply', { path: back });
}

it('Agreement counts an assignment as submitted, whatever its coders added, moved, removed or decided after that', async () => {
  const { engine, copy, land, act, own, mine, ask, report, ben, folder } = await handedIn();
  expect(await ask()).toMatchObject({ as: 'now', handedIn: null });
  const early = await faultOf(ask('handed-in'));
  expect(early).toMatchObject({ code: 'NOT_ALLOWED' });
  expect(early.message).toContain('Ben hasn’t submitted this assignment yet');
  await bring(engine, copy.engine);

  const handed = await ask();
  expect(handed).toMatchObject({ as: 'handed-in', handedIn: expect.any(Number) });
  expect(handed.note).toContain('as submitted');
  expect(handed.coders.map(({ name, units }) => [name, units])).toEqual([
    ['Ann', 8],
    ['Ben', 8],
  ]);
  // Of eight sentences both gave land to one; action Ann to the third, Ben to the fourth.
  const asHandedIn = [
    ['FIG.ACT', 75],
    ['LND.RIGHTS', 100],
  ];
  expect(percents(handed)).toEqual(asHandedIn);

  // Both react to what they see: Ann follows Ben, Ben removes tags and moves a passage; and Cleo codes it, too.
  await mark(engine, report.id, '每户派出一人', { categories: [act] });
  await engine.call('tags.change', { passages: [mine.id], remove: [act] });
  const { passages } = await engine.call('passages.list', {});
  const theirs = passages.find(({ id }) => id === own.id);
  expect(theirs?.person).toBe(ben.id);
  await engine.call('passages.reshape', {
    id: own.id,
    marked: { kind: 'text', start: REPORT.indexOf('下一年'), end: REPORT.length },
  });
  await engine.call('categories.merge', { ids: [land], into: act });
  await engine.close();
  const as = await openFor(folder, ben);
  await as.call('tags.change', { passages: [own.id], remove: [act] });
  expect(percents(await ask('handed-in', as))).toEqual(asHandedIn);
  const now = await ask('now', as);
  expect(now).toMatchObject({ as: 'now' });
  expect(now.note).toContain('as they are now');
  expect(percents(now)).not.toEqual(asHandedIn);
});

it('Agreement counts tags of a category that was merged into another and removed since', async () => {
  const { engine, copy, land, act, ask } = await handedIn();
  await bring(engine, copy.engine);
  const { overall, categories } = await ask();
  await engine.call('categories.merge', { ids: [land], into: act });
  await engine.call('categories.remove', { ids: [land] });
  const after = await ask();
  expect(after.overall).toEqual(overall);
  expect(after.categories).toEqual(categories);
  expect((await ask('now')).categories.map(({ code }) => code)).not.toContain('LND.RIGHTS');
});

it('Without an assignment, agreement as submitted is rejected', async () => {
  const { engine } = await codedProject();
  expect(await codeOf(engine.call('agreement.report', { as: 'handed-in', samples: 0 }))).toBe('BAD_INPUT');
  expect(await engine.call('agreement.report', { samples: 0 })).toMatchObject({ as: 'now', handedIn: null });
});

it('A submission made after the coder received the lead’s codes is named, and doesn’t count', async () => {
  const { engine, copy, ben, assignment, act, own, ask } = await handedIn();
  // Submitting again before that is blind and counts.
  await submitBlindCopy(copy.engine);
  await copy.engine.call('assignments.done', { id: assignment.id, done: false });
  await copy.engine.call('tags.change', { passages: [own.id], add: [act] });
  await bring(engine, copy.engine);
  const before = await ask();
  expect(before.submittedAgain).toBeNull();
  expect(percents(before)).not.toContainEqual(['FIG.ACT', 75]);

  const full = join(tempFolder(), 'full.sbk');
  await engine.call('projectFile.export', { path: full });
  const again = await receive(full, ben);
  await again.engine.call('tags.change', { passages: [own.id], remove: [act] });
  await again.engine.call('assignments.done', { id: assignment.id, done: false });
  await again.engine.call('assignments.done', { id: assignment.id, done: true });
  await again.engine.close();
  const { submittedAgain } = await engine.call('merge.preview', { path: again.folder });
  expect(submittedAgain).toMatchObject([{ name: assignment.name, coder: 'Ben' }]);
  await engine.call('merge.apply', { path: again.folder });
  const after = await ask();
  expect(after).toMatchObject({ handedIn: before.handedIn, submittedAgain: submittedAgain[0]?.at });
  expect(after.note).toContain('submitted again after the lead’s codes were in this project');
  expect(after.overall).toEqual(before.overall);
  expect(percents(after)).toEqual(percents(before));
});
