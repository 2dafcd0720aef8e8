import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/engine.ts';
import type { SourceId } from '../../../shared/model/index.ts';
import { has, run } from '../../support/programs.ts';
import { addFile, categoriesOf, contentsOf, mark, testProject } from '../../support/project.ts';
import { makePdf } from '../../support/pdf.ts';
import { png } from '../../support/pictures.ts';
import { tempFolder } from '../../support/temp.ts';

const TEXT = '𠮷野县转移就业4.8万人。转移就业 in the second sentence. ئەمگەك كۈچى.\n';
const PAGE = 'https://county.example/news/1';

async function county() {
  const { engine } = await testProject({ title: 'County' });
  const text = await addFile(engine, 'notice.txt', TEXT);
  await engine.call('sources.edit', {
    id: text.id,
    patch: { capture: { url: `${PAGE}/`, time: '2024-01-01T00:00:00Z' } },
  });
  return { engine, text };
}

const CONTEXT = 'http://www.w3.org/ns/anno.jsonld';
const annotation = (selector: unknown, more: object = {}) => ({
  '@context': CONTEXT,
  id: `http://e.org/${JSON.stringify(selector)}`,
  type: 'Annotation',
  target: { source: 'http://county.example:80/news/1#top', selector },
  ...more,
});
const quote = (exact: string, prefix = '', suffix = '') => ({ type: 'TextQuoteSelector', exact, prefix, suffix });

async function bringIn(engine: Engine, value: unknown, name = 'a.jsonld') {
  const path = join(tempFolder(), name);
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
  return engine.call('exchange.import', { path });
}
const quotesOf = async (engine: Engine, source: SourceId) =>
  (await engine.call('passages.list', { source })).passages.map(({ anchor }) =>
    anchor.kind === 'text' ? [anchor.start, anchor.exact] : anchor.area,
  );

describe('annotations of another program', () => {
  it('become passages where their words are, with tags, values and comments, once', async () => {
    const { engine, text } = await county();
    const file = [
      annotation([{ type: 'TextPositionSelector', start: 1, end: 3 }, quote('野县')], {
        creator: { type: 'Person', name: 'Jane' },
        created: '2024-05-01T10:00:00Z',
        body: [
          { type: 'TextualBody', purpose: 'tagging', value: 'lnd.rights' },
          { type: 'TextualBody', purpose: 'tagging', value: '新标签' },
          { type: 'TextualBody', purpose: 'commenting', value: 'Check.' },
        ],
      }),
      annotation(quote('转移就业', '。')),
    ];
    const before = await contentsOf(engine);
    const preview = await engine.call('exchange.preview', { path: writeTo(file) });
    expect(await contentsOf(engine)).toEqual(before);
    const ledger = await bringIn(engine, file);
    expect(ledger).toMatchObject({ ...preview, name: 'a.jsonld' });
    expect(ledger.lines).toEqual([
      expect.objectContaining({ inFile: 'Annotations', found: 2, added: 2 }),
      expect.objectContaining({ inFile: 'Tags', found: 2, added: 2 }),
      // The category that they come in below is no tag of the file.
      expect.objectContaining({ inFile: 'New tags', becomes: 'categories', found: 1, added: 1 }),
      expect.objectContaining({ inFile: 'Comments', added: 1 }),
    ]);
    expect(await quotesOf(engine, text.id)).toEqual([
      [2, '野县'],
      [TEXT.lastIndexOf('转移就业'), '转移就业'],
    ]);
    const [first] = (await engine.call('passages.list', { source: text.id })).passages;
    const { categories } = await engine.call('codebook.get', {});
    const nameOf = (category: string) => categories.find(({ id }) => id === category)?.name;
    const rights = categories.find(({ code }) => code === 'LND.RIGHTS')?.name;
    expect(new Set(first?.tags.map(({ category }) => nameOf(category)))).toEqual(new Set(['新标签', rights]));
    expect(first?.memos.map((memo) => memo.text)).toEqual([
      'Check.\n\nAnnotation: Jane, 2024-05-01, ' + (file[0]?.id ?? ''),
    ]);

    const after = await contentsOf(engine);
    const again = await bringIn(engine, file);
    expect(again.lines.map(({ added, here }) => [added, here])).toEqual([
      [0, 2],
      [0, 2],
      [0, 1],
    ]);
    expect(await contentsOf(engine)).toEqual(after);
    await engine.call('history.undo', {});
    expect(await quotesOf(engine, text.id)).toEqual([]);
    await bringIn(engine, file);
    expect(await quotesOf(engine, text.id)).toHaveLength(2);
  });

  it('count code points in the standard, and UTF-16 units in Hypothesis', async () => {
    const { engine, text } = await county();
    const at = TEXT.lastIndexOf('转移就业');
    const points = Array.from(TEXT.slice(0, at)).length;
    expect(points).toBe(at - 1);
    await bringIn(
      engine,
      annotation([quote('转移就业'), { type: 'TextPositionSelector', start: points, end: points + 4 }]),
    );
    const selector = [quote('转移就业'), { type: 'TextPositionSelector', start: at, end: at + 4 }];
    const row = { id: 'h', uri: PAGE, text: '', tags: [], target: [{ source: PAGE, selector }] };
    const ledger = await bringIn(engine, { total: 1, rows: [row] }, 'hypothesis.json');
    // It is the passage that is there already.
    expect(ledger).toMatchObject({ program: 'Hypothesis', lines: [{ added: 0, here: 1 }] });
    expect(await quotesOf(engine, text.id)).toEqual([[at, '转移就业']]);
  });

  it('are listed where they have no place, never guessed', async () => {
    const { engine, text } = await county();
    const elsewhere = { ...annotation(quote('x')), target: { source: 'https://other.example/', selector: quote('x') } };
    const ledger = await bringIn(engine, [
      annotation(quote('转移就业')),
      annotation(quote('not in the text')),
      annotation({ type: 'SvgSelector', value: '<svg/>' }, { bodyValue: 'On the whole.' }),
      elsewhere,
    ]);
    expect(await quotesOf(engine, text.id)).toEqual([]);
    expect(ledger.notCarried.map(({ why }) => why)).toEqual([
      '“转移就业”: the words are at several places in the text of “notice.txt”.',
      '“not in the text”: the words aren’t in the text of “notice.txt”.',
      'It is only given by a SvgSelector, which is not read. Its words are a memo on the source.',
      'The project has no source with the address https://other.example/.',
    ]);
    const { memos } = await engine.call('memos.list', { target: { kind: 'source', id: text.id } });
    expect(memos.map((memo) => memo.text.split('\n')[0])).toEqual(['On the whole.']);
  });

  it('are refused, with the project unchanged, where the file is none of theirs', async () => {
    const { engine } = await county();
    const before = await contentsOf(engine);
    await expect(bringIn(engine, '{"a":')).rejects.toMatchObject({ data: { code: 'BAD_INPUT' } });
    await expect(bringIn(engine, '{"a":1}')).rejects.toMatchObject({ data: { code: 'BAD_INPUT' } });
    expect(await contentsOf(engine)).toEqual(before);
  });
});
const writeTo = (value: unknown): string => {
  const path = join(tempFolder(), 'a.jsonld');
  writeFileSync(path, JSON.stringify(value));
  return path;
};

describe('passages that go out as Web Annotations', () => {
  it('come back into another project of the same sources at the same places, with everything on them', async () => {
    const { engine, text } = await county();
    const [category] = await categoriesOf(engine, 'LND.RIGHTS');
    if (category === undefined) throw new Error('The codebook lacks its category');
    const pdf = await makePdf([['Land was transferred.']]);
    const files = { pdf: await addFile(engine, 'a.pdf', pdf), image: await addFile(engine, 'seal.png', png(40, 30)) };
    await mark(engine, text.id, '4.8万人', { categories: [category], memo: 'A memo.' });
    await mark(engine, text.id, 'كۈچى');
    for (const [source, area] of [
      [files.pdf, [50, 700, 120, 790]],
      [files.image, [10, 5, 20, 25]],
    ] as const)
      await engine.call('passages.create', {
        source: source.id,
        layer: source.layer ?? failing(),
        marked: { kind: 'area', page: 1, area: [...area] },
      });
    const path = join(tempFolder(), 'out.jsonld');
    const made = await engine.call('exchange.export', { path, format: 'webannotation' });
    expect(made).toMatchObject({ passages: 4, sources: 3, tags: 1, notes: 1 });
    const { path: _path, bytes: _bytes, ...counts } = made;
    expect(await engine.call('exchange.outline', { format: 'webannotation' })).toEqual(counts);

    const other = await testProject({ title: 'Other' });
    const there = await addFile(other.engine, 'other-name.txt', TEXT);
    await addFile(other.engine, 'b.pdf', pdf);
    await addFile(other.engine, 'c.png', png(40, 30));
    const ledger = await other.engine.call('exchange.import', { path });
    expect(ledger.notCarried).toEqual([]);
    const placesOf = async (one: Engine) =>
      (await one.call('passages.list', {})).passages.map(({ source, anchor }) => ({ source, anchor }));
    expect(await placesOf(other.engine)).toEqual(await placesOf(engine));
    const tagged = (await other.engine.call('passages.list', { source: there.id })).passages[0];
    expect(tagged?.tags.map((tag) => tag.category)).toEqual(await categoriesOf(other.engine, 'LND.RIGHTS'));
    expect(tagged?.memos[0]?.text).toContain('A memo.');
    // Into its own project: nothing is added.
    const own = await engine.call('exchange.import', { path });
    expect(own.lines.every(({ added }) => added === 0)).toBe(true);
  });

  it('are not marked a second time where they come back under other names: the same words, and areas with rounded edges', async () => {
    const { engine, text } = await county();
    const image = await addFile(engine, 'seal.png', png(40, 30));
    await mark(engine, text.id, '4.8万人');
    for (const area of [
      [1.4, 2.6, 9.2, 8.8],
      [20, 5, 30, 25],
    ] as const)
      await engine.call('passages.create', {
        source: image.id,
        layer: image.layer ?? failing(),
        marked: { kind: 'area', page: 1, area: [...area] },
      });
    const path = join(tempFolder(), 'out.jsonld');
    await engine.call('exchange.export', { path, format: 'webannotation' });
    const renamed = readFileSync(path, 'utf8').replaceAll(/urn:uuid:(?=[0-9a-f])/g, 'https://notes.example/');
    const ledger = await bringIn(engine, renamed);
    expect(ledger.lines.find(({ inFile }) => inFile === 'Annotations')).toMatchObject({ found: 3, added: 0, here: 3 });
    expect((await engine.call('passages.list', {})).passages).toHaveLength(3);
    // Another area of the picture is another passage.
    await bringIn(engine, renamed.replaceAll('xywh=pixel:20,', 'xywh=pixel:15,'));
    expect((await engine.call('passages.list', {})).passages).toHaveLength(4);
  });

  it.skipIf(!has('python3'))('are read by Python, with positions in code points', async () => {
    const { engine, text } = await county();
    await mark(engine, text.id, '4.8万人');
    const path = join(tempFolder(), 'out.jsonld');
    await engine.call('exchange.export', { path, format: 'webannotation' });
    const source = join(tempFolder(), 'notice.txt');
    writeFileSync(source, TEXT);
    const script = `import json,sys
a=json.load(open(sys.argv[1],encoding="utf-8"))["first"]["items"][0]
p=[s for s in a["target"]["selector"] if s["type"]=="TextPositionSelector"][0]
print(open(sys.argv[2],encoding="utf-8").read()[p["start"]:p["end"]], a["target"]["source"]["id"])`;
    expect(run('python3', '-X', 'utf8', '-c', script, path, source).trim()).toBe(`4.8万人 ${PAGE}/`);
    expect(readFileSync(path, 'utf8')).toContain('TextQuoteSelector');
  });
});
const failing = (): never => {
  throw new Error('This source has no layer');
};

it('does not read JSON that is nested without end, and counts no brackets in quotations', async () => {
  const { engine } = await county();
  const at = join(tempFolder(), 'nested.json');
  const read = (text: string) => {
    writeFileSync(at, text);
    return engine.call('exchange.import', { path: at });
  };
  await expect(read('['.repeat(50 << 20))).rejects.toThrow(/more than 200 deep/);
  await expect(read(`[${'{},'.repeat(4_000_000)}{}]`)).rejects.toThrow(/more than 4,000,000 values/);
  const quoted = annotation({ type: 'TextQuoteSelector', exact: `${'"\\['.repeat(300)}` });
  expect((await read(JSON.stringify([quoted]))).format).toBe('webannotation');
});
