import { join } from 'node:path';
import { beforeAll, afterAll, describe, expect, it } from 'vitest';
import { openEngine, type Engine } from '../../electron/engine/engine.ts';
import { newPrivateKey, personOf } from '../../electron/project/people/people.ts';
import { SAMPLE_SOURCES } from '../../electron/sample/coding.ts';
import { makeSample } from '../../electron/sample/make-sample.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';

const inOrder = (a: string, b: string): number => a.localeCompare(b);

describe('the sample project', () => {
  const folder = makeFolder();
  let engine: Engine;
  beforeAll(async () => {
    const project = join(folder, 'sample.sourcebook');
    await makeSample(project);
    engine = await openEngine({ folder: project, person: personOf('Visitor', newPrivateKey()), workers: 1 });
  });
  afterAll(async () => {
    await engine.close();
    removeFolder(folder);
  });

  it('has every passage of its coding once, each by the right person', async () => {
    const { passages } = await engine.call('passages.list', {});
    const { people } = await engine.call('project.info', {});
    const name = new Map(people.map((person) => [person.id, person.name]));
    const found = passages.map((passage) => name.get(passage.person) ?? 'nobody').toSorted(inOrder);
    expect(found).toEqual(
      SAMPLE_SOURCES.flatMap((source) => source.passages.map((passage) => passage.by)).toSorted(inOrder),
    );
    expect(passages.length).toBeGreaterThanOrEqual(30);
  });

  it('uses every top-level category of the codebook', async () => {
    const { categories } = await engine.call('codebook.get', {});
    const touched = new Set(categories.filter((one) => one.passages > 0).map((one) => one.code.split('.')[0] ?? ''));
    expect([...touched].toSorted(inOrder)).toEqual(
      categories
        .filter((one) => one.parent === null)
        .map((one) => one.code)
        .toSorted(inOrder),
    );
  });

  it('says everywhere that it is fictional', async () => {
    const { title } = await engine.call('project.info', {});
    expect(title).toMatch(/fictional/);
    const { sources } = await engine.call('sources.list', {});
    for (const source of sources) {
      const { text } = await engine.call('layers.text', { id: source.layer ?? fail(source.fileName) });
      expect(text.slice(0, 400)).toMatch(/虚构样本|fictional sample|Fictional sample|توقۇلما ئۈلگە/);
    }
  });

  it('passes verification', async () => {
    expect(await engine.call('project.verify', {})).toMatchObject({ ok: true, failures: [], remarks: [] });
  });
});

function fail(what: string): never {
  throw new Error(`${what} has no text layer`);
}
