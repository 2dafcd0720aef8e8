import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ExchangeLedger } from '../../../shared/contract/exchange.ts';
import { zipped } from '../../support/bag.ts';
import { categoriesOf, codeOf, somebody, testProject } from '../../support/project.ts';
import { answersFor, wrongSums } from '../../support/qda.ts';
import { tempFolder } from '../../support/temp.ts';

const guid = (n: number): string => `${String(n).padStart(8, '0')}-aaaa-4aaa-8aaa-aaaaaaaaaaaa`;
const [SAM, KIM, LAND, OWN, SOURCE, FIRST] = [guid(1), guid(2), guid(3), guid(4), guid(5), guid(6)];
const coding = (n: number, by: string, code = LAND): string =>
  `<Coding guid="${guid(n)}" creatingUser="${by}"><CodeRef targetGUID="${code}"/></Coding>`;
const TEXT = 'Land was transferred. Workers were trained.\n';

/** Two coders who tagged the same words with one code. */
async function fieldwork({ text = true, more = '' }: { readonly text?: boolean; readonly more?: string } = {}) {
  const xml = `<Project xmlns="urn:QDA-XML:project:1.0" name="Fieldwork" origin="Another">
  <Users><User guid="${SAM}" name="Sam"/><User guid="${KIM}" name="Kim"/><User guid="${guid(90)}" name="Idle"/></Users>
  <CodeBook><Codes><Code guid="${LAND}" name="Land-use-rights transfer" isCodable="true"><Description>Moving land, also grazing</Description></Code>
  <Code guid="${OWN}" name="Unheard of" isCodable="true"/></Codes></CodeBook>
  <Sources><TextSource guid="${SOURCE}" name="interview" plainTextPath="internal://interview.txt">
  <PlainTextSelection guid="${FIRST}" startPosition="0" endPosition="4">${coding(7, SAM)}${coding(8, KIM)}${coding(9, KIM, OWN)}</PlainTextSelection>
  ${more}</TextSource></Sources></Project>`;
  const path = join(tempFolder(), 'fieldwork.qdpx');
  await zipped(path, [
    ['project.qde', Buffer.from(xml)],
    ...(text ? ([['sources/interview.txt', Buffer.from(TEXT)]] as const) : []),
  ]);
  return path;
}
const lineOf = ({ lines }: ExchangeLedger, name: string) => lines.find(({ inFile }) => inFile === name);

it('a name that a category has already, and each coder, is asked for: nothing comes in while a question is open', async () => {
  const path = await fieldwork();
  const { engine, person } = await testProject();
  const [transfer] = await categoriesOf(engine, 'LND.RIGHTS');
  const before = await engine.call('project.info', {});
  const preview = await engine.call('exchange.preview', { path });
  expect(preview.questions).toMatchObject([
    { kind: 'code', id: LAND, description: 'Moving land, also grazing', codings: 2, options: [{ category: transfer }] },
    { kind: 'coder', id: SAM, codings: 1, options: [{ person: person.id, isMe: true }] },
    { kind: 'coder', id: KIM, codings: 2 },
  ]);
  expect(lineOf(preview, 'Codes')).toMatchObject({ found: 2, added: 1, asked: 1 });
  expect(lineOf(preview, 'Users')).toMatchObject({ found: 3, asked: 2 });
  expect(wrongSums(preview)).toEqual([]);
  expect(await codeOf(engine.call('exchange.import', { path }))).toBe('ANSWERS_NEEDED');
  const some = { codes: { [LAND]: 'new' as const }, coders: { [SAM]: person.id } };
  expect(await codeOf(engine.call('exchange.import', { path, answers: some }))).toBe('ANSWERS_NEEDED');
  expect(await engine.call('project.info', {})).toEqual(before);
});

it('a code becomes the category that a person says, and two coders stay two: the one without a key forges nobody', async () => {
  const path = await fieldwork();
  const { engine, person } = await testProject();
  const [transfer] = await categoriesOf(engine, 'LND.RIGHTS');
  if (transfer === undefined) throw new Error('The codebook lacks its category');
  const answers = { codes: { [LAND]: transfer }, coders: { [SAM]: person.id, [KIM]: 'new' as const } };
  const preview = await engine.call('exchange.preview', { path, answers });
  const made = await engine.call('exchange.import', { path, answers });
  expect(made).toEqual(preview);
  expect(wrongSums(made)).toEqual([]);
  expect(lineOf(made, 'Users')).toMatchObject({ found: 3, added: 1, here: 1 });
  const { people } = await engine.call('people.list', {});
  const kim = people.find(({ name }) => name.startsWith('Kim (Fieldwork)'));
  expect(kim).toMatchObject({ key: null, commits: 0 });
  const { passages } = await engine.call('passages.list', {});
  const tags = passages.flatMap((passage) => passage.tags);
  const by = (id: string | undefined) =>
    tags.filter((tag) => tag.person === id).map(({ category }) => category === transfer);
  expect(by(person.id)).toEqual([true]);
  expect(by(kim?.id)).toEqual(expect.arrayContaining([true, false]));
  const verified = await engine.call('project.verify', {});
  expect(verified.failures).toEqual([]);
  expect(verified.remarks.map(({ message }) => message).join()).toContain('That coder has no key, and signed nothing');
  // The same file again knows them: only the code that is the importing person’s to say is asked for.
  const again = await engine.call('exchange.preview', { path });
  expect(again.questions.map(({ id }) => id)).toEqual([LAND, SAM]);
  const twice = await engine.call('exchange.import', { path, answers });
  expect(twice.lines.reduce((sum, { added }) => sum + added, 0)).toBe(0);
});

it('nobody’s key is used by another: a colleague who coded is no answer, and the name of one without a key can’t be taken', async () => {
  const path = await fieldwork();
  const { engine } = await testProject();
  const colleague = somebody('Kim').id;
  const answers = { codes: { [LAND]: 'new' as const }, coders: { [SAM]: 'new' as const, [KIM]: colleague } };
  expect(await codeOf(engine.call('exchange.import', { path, answers }))).toBe('BAD_INPUT');
});

it('a missing file that a person finds comes in as the source, with its passages', async () => {
  const path = await fieldwork({ text: false });
  const { engine } = await testProject();
  const answers = await answersFor(engine, path, { codes: 'new' });
  const without = await engine.call('exchange.preview', { path, answers });
  expect(without.missing).toEqual([{ id: SOURCE, name: 'interview', selections: 1, asText: false }]);
  expect(wrongSums(without)).toEqual([]);
  const found = join(tempFolder(), 'interview of May.txt');
  expect(await codeOf(engine.call('exchange.preview', { path, answers, files: { [SOURCE]: found } }))).toBe(
    'NOT_FOUND',
  );
  writeFileSync(found, TEXT);
  const made = await engine.call('exchange.import', { path, answers, files: { [SOURCE]: found } });
  expect(made.missing).toEqual([]);
  expect(wrongSums(made)).toEqual([]);
  const { sources } = await engine.call('sources.list', {});
  expect(sources).toMatchObject([{ fileName: 'interview of May.txt', title: 'interview' }]);
  const { passages } = await engine.call('passages.list', {});
  expect(passages.map(({ anchor }) => anchor.kind === 'text' && anchor.exact)).toEqual(['Land']);
});

it('two things with one ID are named: the second is not mixed up with the first', async () => {
  const twice = `<PlainTextSelection guid="${FIRST}" startPosition="5" endPosition="8">${coding(10, SAM)}</PlainTextSelection>
  <PlainTextSelection guid="${guid(11)}" startPosition="9" endPosition="20">${coding(7, SAM)}</PlainTextSelection>`;
  const path = await fieldwork({ more: twice });
  const { engine } = await testProject();
  const made = await engine.call('exchange.import', { path, answers: await answersFor(engine, path) });
  expect(wrongSums(made)).toEqual([]);
  const why = expect.stringContaining('Another one of the file has its ID');
  expect(made.notCarried).toEqual(
    expect.arrayContaining([
      { kind: 'Text selections', count: 1, why },
      { kind: 'Codings', count: 1, why },
    ]),
  );
  const { passages } = await engine.call('passages.list', {});
  expect(passages.map(({ anchor }) => anchor.kind === 'text' && anchor.exact)).toEqual(['Land', 'transferred']);
});
