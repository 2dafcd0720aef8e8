import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { linesOf, makePdf } from '../../../support/pdf.ts';
import { corpusPath, describeCorpus } from '../../../support/corpus.ts';
import { fileOf, readLayer } from './read.ts';

/**
 * The hashes of layers made by the rules of version 1. A passage's offsets are offsets in such a layer: whoever changes
 * what is in it raises TEXT_RULES in electron/formats/pdf/versions.ts, and only then these.
 */
const hashOf = async (path: string): Promise<string> => {
  const { extracted } = await readLayer(path);
  return createHash('sha256').update(extracted.layerFile).digest('hex').slice(0, 16);
};

it('One of our own PDFs makes the layer it always made', async () => {
  expect(await hashOf(fileOf(await makePdf([linesOf(1, 40), [], linesOf(2, 3)])))).toBe('e55a4d4c0ef6fb87');
});

describeCorpus('Layers of the corpus', () => {
  it.each([
    ['udhr-eng/page.pdf', 'bca4e3a9af17e6d1'],
    ['udhr-cmn_hans/page.pdf', 'a29aaad629e8c3b0'],
    ['udhr-uig_arab/page.pdf', '1b0274f67570a508'],
    ['pdf/tracemonkey.pdf', 'f8881ae00b4f5104'],
    ['pdf/rotation.pdf', '99b5da4e0cea67c0'],
    ['pdf/ArabicCIDTrueType.pdf', '44c9187e15583847'],
  ])('%s makes the layer it always made', async (path, hash) => {
    expect(await hashOf(corpusPath(...path.split('/')))).toBe(hash);
  });
});
