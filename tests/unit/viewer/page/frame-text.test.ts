import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { corpusPath, describeCorpus } from '../../../support/corpus.ts';
import { frozen, FrozenReader } from '../../../support/frozen-reader.ts';
import { ODD_PAGES } from '../../../support/odd-pages.ts';

import type {} from '../../../support/in-page/reader.ts';

/** How many random ranges are tested per page. */
const TRIPS = 200;

let reader: FrozenReader;
beforeAll(async () => {
  reader = await FrozenReader.start();
});
afterAll(() => reader.close());

const inTheFrame = (fixture: ReturnType<typeof frozen>): Promise<{ text: string; wrong: string[] }> => {
  reader.put(fixture);
  return reader.page.evaluate(([src, trips]) => window.reader.readFrame(src, trips), [
    `/frozen/${fixture.id}/`,
    TRIPS,
  ] as const);
};

describe('the text in the reader’s frame equals the stored text', () => {
  it.each(Object.entries(ODD_PAGES))('%s', async (name, page) => {
    const fixture = frozen(name.replace(/\W+/g, '-'), page);
    const seen = await inTheFrame(fixture);
    expect(seen.text).toBe(fixture.text);
    expect(seen.wrong).toEqual([]);
  });
  it('and nothing was requested from the network', () => {
    expect(reader.outside).toEqual([]);
    expect(reader.missing).toEqual([]);
  });
});

describeCorpus('pages of the corpus', () => {
  it.each(['udhr-eng', 'udhr-cmn_hans', 'udhr-uig_arab'])('%s', async (folder) => {
    const fixture = frozen(folder, readFileSync(corpusPath(folder, 'singlefile.html')));
    const seen = await inTheFrame(fixture);
    expect(seen.text).toBe(fixture.text);
    expect(seen.wrong).toEqual([]);
  });
});
