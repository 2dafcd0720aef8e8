import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PDFDocument, PDFString, StandardFonts } from '@cantoo/pdf-lib';
import { expect, test } from 'vitest';
import { has } from '../support/programs.ts';
import { signedPdf } from '../support/signed-pdf.ts';
import { tempFolder } from '../support/temp.ts';
import { browserHost } from './support/hosts.ts';
import { Journey } from './support/journey.ts';

/** A PDF of one line, in which Li Wei highlighted “surplus workers”. */
async function highlighted(): Promise<Buffer> {
  const document = await PDFDocument.create();
  const page = document.addPage([595, 842]);
  const font = await document.embedFont(StandardFonts.Helvetica);
  page.drawText('The county placed surplus workers.', { x: 60, y: 700, size: 12, font });
  const [left, right] = [60 + font.widthOfTextAtSize('The county placed ', 12), 260];
  const note = document.context.obj({
    Type: 'Annot',
    Subtype: 'Highlight',
    Rect: [left, 697, right, 712],
    QuadPoints: [left, 712, right, 712, left, 697, right, 697],
    C: [1, 0.8, 0],
    T: PDFString.of('Li Wei'),
    Contents: PDFString.of('How many?'),
  });
  page.node.addAnnot(document.context.register(note));
  return Buffer.from(await document.save());
}

test('a highlight in a PDF is offered and becomes a passage, and passages go out as annotations', async () => {
  const journey = new Journey(browserHost);
  await journey.start();
  await journey.newProject('County');
  const { page } = journey;
  const path = join(tempFolder(), 'plan.pdf');
  const bytes = await highlighted();
  writeFileSync(path, bytes);
  await journey.drop([path]);
  const row = page.getByRole('row', { name: /plan\.pdf/ });
  await row.waitFor();
  await row.click();

  // In: offered, and nothing changes before it is asked for.
  await page.getByText('This PDF has 1 highlight or note that is no passage yet.').waitFor();
  expect((await journey.call('passages.list', {})).passages).toEqual([]);
  await journey.inspect('annotations-offer');
  await page.getByRole('button', { name: 'Make 1 passage' }).click();
  await page.getByRole('button', { name: 'Make 1 passage' }).waitFor({ state: 'detached' });
  const [passage] = (await journey.call('passages.list', {})).passages;
  expect(passage).toMatchObject({ anchor: { exact: 'surplus workers.' } });
  expect(passage?.memos[0]?.text).toMatch(/^How many\?\n\nAnnotation: Li Wei/);

  // Out.
  await page.getByRole('button', { name: 'Exchange with other programs' }).click();
  await page.getByRole('radio', { name: 'Out' }).click();
  await page.getByRole('row', { name: /^Annotated PDF/ }).click();
  await page.getByText('1 passage', { exact: true }).waitFor();
  await journey.inspect('exchange-annotated-pdf');
  const file = await journey.save('County.pdf', () => page.getByRole('button', { name: 'Export .pdf' }).click());
  await expect
    .poll(() => readFileSync(file).subarray(0, bytes.length).equals(bytes) && readFileSync(file).length > bytes.length)
    .toBe(true);
});

test.skipIf(!has('openssl'))('that a PDF is digitally signed is said before its annotated copy is made', async () => {
  const journey = new Journey(browserHost);
  await journey.start();
  await journey.newProject('County');
  const { page } = journey;
  const folder = tempFolder();
  const words = 'The county placed surplus workers.';
  for (const [name, bytes] of [
    ['plan.pdf', signedPdf(words)],
    ['rules.pdf', signedPdf(`${words} So it is.`, 2)],
  ] as const)
    writeFileSync(join(folder, name), bytes);
  await journey.drop([join(folder, 'plan.pdf'), join(folder, 'rules.pdf')]);
  const layers = async () =>
    (await journey.call('sources.list', {})).sources.flatMap(({ id, layer }) =>
      layer === null ? [] : [{ id, layer }],
    );
  await expect.poll(async () => (await layers()).length).toBe(2);
  const marked = { kind: 'text' as const, start: 4, end: 10 };
  for (const { id, layer } of await layers())
    await journey.call('passages.create', { source: id, layer, marked, categories: [] });
  await page.getByRole('button', { name: 'Exchange with other programs' }).click();
  await page.getByRole('radio', { name: 'Out' }).click();
  await page.getByRole('row', { name: /^Annotated PDF/ }).click();
  await page.getByRole('heading', { name: '2 PDFs are digitally signed' }).waitFor();
  await page.getByText('Programs will show that something was added after signing.').waitFor();
  await page.getByText('programs will show the signature of the copy as not valid').waitFor();
  await journey.inspect('exchange-signed');
  const made = journey.save('County.zip', () => page.getByRole('button', { name: 'Export .zip' }).click());
  await expect.poll(async () => readFileSync(await made).length).toBeGreaterThan(1000);
});
