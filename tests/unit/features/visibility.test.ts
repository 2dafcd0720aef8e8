import { expect, it } from 'vitest';
import { pdfWithHiddenWord } from '../../support/hidden-words.ts';
import { addFile, mark, testProject } from '../../support/project.ts';
import { makePdf } from '../../support/pdf.ts';

it('a passage says which of its words can’t be seen, on each of its pages', async () => {
  const { engine } = await testProject();
  const source = await addFile(engine, 'letter.pdf', await pdfWithHiddenWord());
  if (source.layer === null) throw new Error('It has text');
  const { text } = await engine.call('layers.text', { id: source.layer });
  const start = text.indexOf('people');
  const end = text.lastIndexOf('forced');
  const { id, anchor } = await mark(engine, source.id, text.slice(start, end));
  const { checked, hidden } = await engine.call('passages.visibility', { id });
  expect(checked).toBe(true);
  if (anchor.kind !== 'text') throw new Error('A text passage');
  expect(hidden.map((span) => anchor.exact.slice(span.start, span.end))).toEqual(['not', 'not']);

  // Made shorter, it is looked at anew.
  await engine.call('passages.reshape', { id, marked: { kind: 'text', start, end: start + 6 } });
  expect(await engine.call('passages.visibility', { id })).toEqual({ checked: true, hidden: [] });
});

it('nothing is said of what can’t be looked at', async () => {
  const { engine } = await testProject();
  const text = await addFile(engine, 'note.txt', 'Plain words stand here.');
  const { id } = await mark(engine, text.id, 'Plain');
  expect(await engine.call('passages.visibility', { id })).toEqual({ checked: false, hidden: [] });
  const pdf = await addFile(engine, 'report.pdf', await makePdf([['One line of words.']]));
  const on = await engine.call('passages.create', {
    source: pdf.id,
    layer: pdf.layer ?? '',
    marked: { kind: 'area', page: 1, area: [10, 10, 50, 50] },
  });
  expect(await engine.call('passages.visibility', { id: on.id })).toEqual({ checked: false, hidden: [] });
});
