import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../../electron/engine/engine.ts';
import { LARGEST } from '../../electron/formats/foreign/read.ts';
import { Fault } from '../../shared/errors.ts';
import { mutate } from '../support/mutate.ts';
import { addFile, contentsOf, newFolder, somebody } from '../support/project.ts';
import { wrongSums } from '../support/qda.ts';
import { seeded, seeds } from '../support/seeded.ts';
import { share } from '../support/share.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';

const TEXT = '𠮷野县转移就业4.8万人。Land-use rights.';
const PAGE = 'https://county.example/news/1';
let place = '';
let engine: Engine;
let before: Awaited<ReturnType<typeof contentsOf>>;

/** A whole file of each kind, all of it on the one source. */
const quote = { type: 'TextQuoteSelector', exact: 'Land-use rights', prefix: '。', suffix: '.' };
const position = { type: 'TextPositionSelector', start: 14, end: 29 };
const WHOLE: readonly (readonly [ending: string, text: string])[] = [
  [
    'jsonld',
    JSON.stringify({
      '@context': 'http://www.w3.org/ns/anno.jsonld',
      id: 'http://e.org/c',
      type: 'AnnotationCollection',
      total: 2,
      first: {
        type: 'AnnotationPage',
        items: [
          {
            id: 'http://e.org/1',
            type: 'Annotation',
            created: '2024-01-01T00:00:00Z',
            body: [
              { type: 'TextualBody', purpose: 'tagging', value: '新标签' },
              { type: 'TextualBody', value: 'Look.' },
            ],
            target: { source: PAGE, selector: [position, quote] },
          },
          { id: 'http://e.org/2', type: 'Annotation', bodyValue: 'A note.', target: PAGE },
        ],
      },
    }),
  ],
  [
    'json',
    JSON.stringify({
      export_date: '2024-01-01',
      annotations: [
        {
          id: 'a',
          uri: PAGE,
          user: 'acct:x@y',
          text: 'Look.',
          tags: ['quota'],
          target: [{ source: PAGE, selector: [quote, position] }],
        },
        { id: 'b', uri: PAGE, references: ['a'], text: 'No.', tags: [], target: [{ source: PAGE }] },
      ],
    }),
  ],
  [
    'json',
    JSON.stringify([
      {
        id: 'x',
        type: 'webpage',
        title: '通知',
        URL: PAGE,
        author: [{ family: '王', given: '明' }],
        issued: { 'date-parts': [[2023, 5]] },
      },
    ]),
  ],
  [
    'ris',
    `TY  - ELEC\r\nTI  - 通知\r\nAU  - 王明\r\nUR  - ${PAGE}\r\nDA  - 2023/05//\r\nN1  - SHA-256: ${'a'.repeat(64)}\r\nER  - \r\n`,
  ],
  [
    'bib',
    `@string{p = "县政府"}\n@online{k, title = {{通知 \\& {\\"o}}}, author = {王明 and {A B}}, url = {${PAGE}}, publisher = p # "!", date = {2023-05}}\n`,
  ],
];

beforeAll(async () => {
  place = makeFolder();
  const ann = somebody('Ann');
  engine = await openEngine({ folder: newFolder({ at: place, person: ann, codebook: 'empty' }), person: ann });
  const source = await addFile(engine, 'notice.txt', TEXT);
  await engine.call('sources.edit', { id: source.id, patch: { capture: { url: PAGE } } });
  before = await contentsOf(engine);
});
afterAll(async () => {
  await engine.close();
  removeFolder(place);
});

describe('annotations and bibliographies that were damaged or forged', () => {
  it('are whole files, each of which comes in', async () => {
    for (const [ending, text] of WHOLE) {
      const path = join(place, `whole.${ending}`);
      writeFileSync(path, text);
      const made = await engine.call('exchange.import', { path });
      expect(wrongSums(made)).toEqual([]);
      const { lines } = made;
      expect(lines.reduce((sum, { added }) => sum + added, 0)).toBeGreaterThan(0);
      await engine.call('history.undo', {});
    }
  });

  it.each(seeds(share(500)))(
    'are refused with a reason and the project unchanged, or come in as one edit (seed %i)',
    async (seed) => {
      const random = seeded(seed);
      const [ending, text] = random.pick(WHOLE);
      const path = join(place, `damaged.${ending}`);
      writeFileSync(path, mutate(Buffer.from(text), random));
      const state = await engine.call('project.info', {});
      try {
        expect(wrongSums(await engine.call('exchange.import', { path }))).toEqual([]);
      } catch (thrown) {
        if (!(thrown instanceof Fault)) throw thrown;
        expect(['BAD_INPUT', 'TOO_LARGE']).toContain(thrown.data.code);
        expect(thrown.data.message.length).toBeGreaterThan(20);
        expect((await engine.call('project.info', {})).head).toBe(state.head);
        return;
      }
      if ((await engine.call('project.info', {})).head !== state.head) await engine.call('history.undo', {});
      const { sources, passages } = await contentsOf(engine);
      expect({ sources, passages }).toEqual({ sources: before.sources, passages: before.passages });
    },
  );

  it('are refused where they are larger than any such file, before they are read', async () => {
    const path = join(place, 'large.bib');
    writeFileSync(path, Buffer.alloc(LARGEST + 1));
    await expect(engine.call('exchange.import', { path })).rejects.toMatchObject({ data: { code: 'TOO_LARGE' } });
  });

  it('take no longer than their size asks for: entries that never end, braces without end', async () => {
    for (const text of [
      '@a{\n'.repeat(200_000),
      `@a{b, c = ${'{'.repeat(1_000_000)}`,
      `@a{b, c = "${'\n@a{'.repeat(100_000)}`,
    ]) {
      const path = join(place, 'endless.bib');
      writeFileSync(path, text);
      await expect(engine.call('exchange.import', { path })).rejects.toMatchObject({ data: { code: 'BAD_INPUT' } });
    }
  });
});
