import { describe, expect, it } from 'vitest';
import { encodings } from '../../../../electron/formats/pdf/document.ts';
import { needsPassword } from '../../../../shared/model/layer-notes.ts';
import { makePdf } from '../../../support/pdf.ts';
import { corpusPath, describeCorpus } from '../../../support/corpus.ts';
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
});
