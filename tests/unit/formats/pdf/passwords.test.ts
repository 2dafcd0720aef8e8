import { describe, expect, it } from 'vitest';
import { encodings } from '../../../../electron/formats/pdf/document.ts';
import { needsPassword } from '../../../../shared/model/layer-notes.ts';
import { makePdf } from '../../../support/pdf.ts';
import { corpusPath, describeCorpus } from '../../../support/corpus.ts';
import { createPdfReader } from '../../../../electron/formats/pdf/index.ts';
import { errorOf, fileOf, readLayer } from './read.ts';

describe('a protected PDF', () => {
  it('asks for a password, rejects a wrong one, and opens with the right one among several', async () => {
    const path = fileOf(await makePdf([['behind a lock']], { password: 'quota' }));
    expect(await errorOf(path)).toBe('PASSWORD_NEEDED');
    expect(await errorOf(path, ['wrong'])).toBe('PASSWORD_WRONG');
    const layer = await readLayer(path, ['wrong', 'quota']);
    expect(layer.text()).toBe('behind a lock');
    expect(needsPassword(layer.notes)).toBe(true);
    expect(JSON.stringify(layer.extracted)).not.toContain('quota');
  });

  it('does not mention a password if none is needed', async () => {
    expect(needsPassword((await readLayer(fileOf(await makePdf([['open']])))).notes)).toBe(false);
  });

  it('is tried with the password as typed and as PDF 2.0 normalises it', () => {
    const texts = (password: string) => encodings(password).map((bytes) => new TextDecoder().decode(bytes));
    expect(texts('plain')).toEqual(['plain']);
    expect(texts('ﬁne\u00ad')).toEqual(['ﬁne\u00ad', 'fine']);
    expect(texts('')).toEqual([]);
  });
});

describeCorpus('a protected PDF of the corpus', () => {
  it('opens with its password æøå', async () => {
    const path = corpusPath('pdf', 'issue6010_2.pdf');
    expect(await errorOf(path)).toBe('PASSWORD_NEEDED');
    expect((await readLayer(path, ['æøå'])).text()).toBe('Issue 6010');
  });

  /** A PDF whose pages only a certificate’s key opens (ISO 32000-2, 7.6.5), or by another handler. */
  const lockedBy = (handler: string): string =>
    fileOf(
      Buffer.from(
        [
          '%PDF-1.7',
          '1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj',
          '2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj',
          '3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>\nendobj',
          `4 0 obj\n<</Filter ${handler}/SubFilter/adbe.pkcs7.s5/V 4/Length 128/Recipients[<3082>]>>\nendobj`,
          'trailer\n<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>\n%%EOF',
        ].join('\n'),
        'latin1',
      ),
    );

  it.each([
    ['/Adobe.PubSec', /^This PDF is encrypted for a certificate/],
    ['/FOPN_fLock', /^This PDF is protected in a way/],
  ])('that no password opens is not called damaged: %s', async (handler, told) => {
    const read = await createPdfReader().read(lockedBy(handler), ['any']);
    expect(read).toMatchObject({ ok: false, error: { code: 'UNSUPPORTED', message: expect.stringMatching(told) } });
  });
});
