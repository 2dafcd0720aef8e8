import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../../electron/engine/engine.ts';
import type { PdfMark } from '../../electron/formats/pdf/annotate.ts';
import { createPdfReader } from '../../electron/formats/pdf/index.ts';
import { Fault } from '../../shared/errors.ts';
import { mutate } from '../support/mutate.ts';
import { makePdf } from '../support/pdf.ts';
import { addFile, contentsOf, mark, newFolder, somebody } from '../support/project.ts';
import { wrongSums } from '../support/qda.ts';
import { seeded, seeds } from '../support/seeded.ts';
import { share } from '../support/share.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';

const reader = createPdfReader();
const MARK: PdfMark = {
  page: 2,
  kind: 'highlight',
  quads: [[60, 770, 120, 770, 120, 790, 60, 790]],
  author: 'Li',
  created: 0,
  changed: 0,
  subject: '',
  contents: 'Mine',
  colour: '#ffcc00',
  name: 'mine',
};
let place = '';
let engine: Engine;
let original: Buffer;
let annotated: Buffer;
let before: Awaited<ReturnType<typeof contentsOf>>;

beforeAll(async () => {
  place = makeFolder();
  original = Buffer.from(await makePdf([['The county placed surplus workers.', 'Land.'], ['A second page of words.']]));
  const ann = somebody('Ann');
  const from = await openEngine({ folder: newFolder({ at: join(place, 'from'), person: ann }), person: ann });
  const source = await addFile(from, 'plan.pdf', original);
  await mark(from, source.id, 'surplus workers', { memo: 'A memo' });
  await mark(from, source.id, 'second page');
  await from.call('exchange.export', { path: join(place, 'annotated.pdf'), format: 'pdf' });
  await from.close();
  annotated = readFileSync(join(place, 'annotated.pdf'));
  engine = await openEngine({ folder: newFolder({ at: place, person: ann }), person: ann });
  await addFile(engine, 'plan.pdf', original);
  before = await contentsOf(engine);
});
afterAll(async () => {
  await engine.close();
  removeFolder(place);
});

describe('PDFs with annotations that were damaged or forged', () => {
  it('are whole before, and come in', async () => {
    const path = join(place, 'whole.pdf');
    writeFileSync(path, annotated);
    const { lines } = await engine.call('exchange.import', { path });
    expect(lines[0]).toMatchObject({ becomes: 'passages', added: 2 });
    await engine.call('history.undo', {});
  });

  it.each(seeds(share(500)))(
    'are refused with a reason and the project unchanged, or come in as one edit (seed %i)',
    async (seed) => {
      const path = join(place, 'damaged.pdf');
      // What was added to the original is damaged: the original is still known by its bytes.
      writeFileSync(path, Buffer.concat([original, mutate(annotated.subarray(original.length), seeded(seed))]));
      const state = await engine.call('project.info', {});
      try {
        expect(wrongSums(await engine.call('exchange.import', { path }))).toEqual([]);
      } catch (thrown) {
        if (!(thrown instanceof Fault)) throw thrown;
        expect(['DAMAGED', 'TOO_LARGE', 'PASSWORD_NEEDED', 'UNSUPPORTED']).toContain(thrown.data.code);
        expect(thrown.data.message.length).toBeGreaterThan(20);
        expect((await engine.call('project.info', {})).head).toBe(state.head);
        return;
      }
      if ((await engine.call('project.info', {})).head !== state.head) await engine.call('history.undo', {});
      const { sources, passages } = await contentsOf(engine);
      expect({ sources, passages }).toEqual({ sources: before.sources, passages: before.passages });
    },
  );

  it.each(seeds(share(500)))(
    'get annotations over bytes that stay as they are, or none, with the reason (seed %i)',
    async (seed) => {
      const [path, to] = [join(place, 'from.pdf'), join(place, 'to.pdf')];
      const bytes = mutate(annotated, seeded(seed));
      writeFileSync(path, bytes);
      const made = await reader.annotate(path, to, [MARK]);
      expect(existsSync(to)).toBe(made.ok);
      if (made.ok) {
        expect(readFileSync(to).subarray(0, bytes.length).equals(bytes)).toBe(true);
        const found = await reader.annotations(to, []);
        expect(found.ok && found.value.annotations.some(({ name }) => name === 'mine')).toBe(true);
        rmSync(to);
      } else expect(['DAMAGED', 'UNSUPPORTED', 'TOO_LARGE', 'PASSWORD_NEEDED']).toContain(made.error.code);
    },
  );
});
