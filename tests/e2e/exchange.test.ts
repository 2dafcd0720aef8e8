import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../support/temp.ts';
import { browserHost, electronHost } from './support/hosts.ts';
import { Journey } from './support/journey.ts';

const CODES = `<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>
  <Code guid="11111111-1111-4111-8111-111111111111" name="Land-use-rights transfer" isCodable="true"><Description>Moving land rights, also grazing</Description></Code>
  <Code guid="21111111-1111-4111-8111-111111111111" name="Grazing" isCodable="true"/></Codes></CodeBook>`;

test.each([browserHost, electronHost])(
  'work goes out for another program and comes into another project, and nothing changes before it is asked for ($name)',
  async (host) => {
    const journey = new Journey(host);
    await journey.start();
    await journey.newProject('County');
    const { page } = journey;
    const folder = tempFolder();
    const notice = join(folder, 'notice.txt');
    writeFileSync(notice, '农村富余劳动力转移就业4.8万人。\n');
    await journey.drop([notice]);
    await page.getByRole('row', { name: /notice\.txt/ }).waitFor();
    const [source] = (await journey.call('sources.list', {})).sources;
    const { categories } = await journey.call('codebook.get', {});
    const layer = source?.layer ?? null;
    if (source === undefined || layer === null) throw new Error('The notice has no text');
    const marked = { kind: 'text' as const, start: 11, end: 15 };
    const tags = categories.slice(1, 2).map(({ id }) => id);
    await journey.call('passages.create', { source: source.id, layer, marked, categories: tags, memo: 'How many?' });

    // Out: what a format keeps, and what of this project it can’t carry.
    await page.getByRole('button', { name: 'Exchange with other programs' }).click();
    await page.getByRole('heading', { name: 'Import', exact: true }).waitFor();
    await page.getByRole('radio', { name: 'Out' }).click();
    await page.getByRole('heading', { name: 'REFI-QDA project' }).waitFor();
    await page.getByText('1 tag with its person and time').waitFor();
    await journey.inspect('exchange-out');
    const file = await journey.save('County.qdpx', () => page.getByRole('button', { name: 'Export .qdpx' }).click());
    await expect.poll(() => statSync(file, { throwIfNoEntry: false })?.size ?? 0).toBeGreaterThan(500);
    await page.getByRole('button', { name: /^REFI-QDA codebook/ }).click();
    await page.getByRole('button', { name: 'Export .qdc' }).waitFor();
    // A press anywhere in a row chooses its format.
    await page.getByRole('row', { name: /^Web annotations/ }).click();
    const annotations = await journey.save('County.jsonld', () =>
      page.getByRole('button', { name: 'Export .jsonld' }).click(),
    );

    // In, into another project: a preview, then one edit.
    await journey.call('app.closeProject', {});
    await journey.newProject('Other');
    const broken = join(folder, 'broken.qdpx');
    writeFileSync(broken, 'PK, but no zip');
    await journey.drop([file]);
    await page.getByText('Nothing has changed yet. Each passage’s words are looked for').waitFor();
    await page.getByRole('row', { name: /^Text selections 1 passages 1 1 new/ }).waitFor();
    expect((await journey.call('sources.list', {})).sources).toEqual([]);
    await journey.inspect('exchange-in');
    await journey.drop([annotations]);
    await page.getByText('Nothing of it can be added.').waitFor();
    await journey.drop([broken]);
    await page.getByRole('alert').getByText('isn’t complete').waitFor();
    await journey.inspect('exchange-broken');
    await page.getByRole('button', { name: /^County\.qdpx/ }).click();
    await page.getByRole('button', { name: /^Import \d+ records$/ }).click();
    await page.getByText(/^Imported\. \d+ records were added/).waitFor();
    await journey.inspect('exchange-done');
    // The source of the annotations is there now.
    await page.getByRole('button', { name: /^County\.jsonld/ }).click();
    // Its words are a passage of this person by now.
    await page.getByRole('row', { name: /^Annotations 1 passages 1 1 here already/ }).waitFor();
    const { passages } = await journey.call('passages.list', {});
    expect(passages.map(({ anchor, tags: on }) => [anchor.kind === 'text' ? anchor.exact : '', on.length])).toEqual([
      ['4.8万', 1],
    ]);
    // A name that a category has is asked for: nothing comes in before a person has said what it means.
    const codes = join(folder, 'codes.qdc');
    writeFileSync(codes, CODES);
    await journey.drop([codes]);
    const question = page.getByRole('radiogroup', { name: 'Code “Land-use-rights transfer”' });
    await question.getByRole('radio', { name: /^Same as LND\.RIGHTS/ }).waitFor();
    await page.getByRole('row', { name: /^Codes 2 categories 1 1 new, 1 asks/ }).waitFor();
    // A codebook has no passages.
    await page.getByText('Nothing has changed yet.', { exact: true }).waitFor();
    await page.getByRole('button', { name: /^Import/, disabled: true }).waitFor();
    await journey.inspect('exchange-questions');
    await page.setViewportSize({ width: 1024, height: 768 });
    await journey.inspect('exchange-questions-1024');
    await question.getByText(/^Same as LND\.RIGHTS/).click();
    await page.getByRole('row', { name: /^Codes 2 categories 2 1 new, 1 here already/ }).waitFor();
    await page.getByRole('button', { name: 'Import 1 record' }).click();
    await page.getByText(/^Imported\. 1 record was added/).waitFor();
    await journey.inspect('exchange-done-1024');
    await page.getByRole('radio', { name: 'Out' }).click();
    await page.getByText('1 tag with its person and time').waitFor();
    await journey.inspect('exchange-out-1024');
    await page.getByRole('button', { name: 'Back to library' }).click();
    await page.getByRole('row', { name: /notice\.txt/ }).waitFor();
    await page.keyboard.press('Control+z');
    await expect
      .poll(async () =>
        (await journey.call('codebook.get', {})).categories.some(({ name, deleted }) => name === 'Grazing' && !deleted),
      )
      .toBe(false);
    await page.keyboard.press('Control+z');
    await page.getByRole('row', { name: /notice\.txt/ }).waitFor({ state: 'detached' });
    expect((await journey.call('sources.list', {})).sources).toEqual([]);
  },
);
