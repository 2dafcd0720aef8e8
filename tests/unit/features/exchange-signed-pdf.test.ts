import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../../electron/formats/pdf/byte-source.ts';
import { signaturesIn } from '../../../electron/formats/pdf/signatures.ts';
import { mutate } from '../../support/mutate.ts';
import { makePdf } from '../../support/pdf.ts';
import { has, run } from '../../support/programs.ts';
import { addFile, mark, testProject } from '../../support/project.ts';
import { seeded, seeds } from '../../support/seeded.ts';
import { signedPdf } from '../../support/signed-pdf.ts';
import { tempFolder } from '../../support/temp.ts';

const WORDS = 'The county placed surplus workers.';
const saidOf = (bytes: Uint8Array) => signaturesIn(memorySource(bytes));

describe.skipIf(!has('openssl'))('A PDF with a digital signature', () => {
  it('is known by it, and by what the signature allows', async () => {
    expect(saidOf(await makePdf([[WORDS]]))).toEqual({ count: 0, forbidsAnnotations: false });
    expect(saidOf(signedPdf(WORDS))).toEqual({ count: 1, forbidsAnnotations: false });
    expect(saidOf(signedPdf(WORDS, 3))).toEqual({ count: 1, forbidsAnnotations: false });
    for (const allowed of [1, 2] as const)
      expect(saidOf(signedPdf(WORDS, allowed))).toEqual({ count: 1, forbidsAnnotations: true });
  });

  it('is named before it is annotated and after, and its signed bytes stay as they are', async () => {
    const { engine } = await testProject();
    const bytes = signedPdf(WORDS);
    const plan = await addFile(engine, 'plan.pdf', bytes);
    const rules = await addFile(engine, 'rules.pdf', signedPdf(`${WORDS} So it is.`, 2));
    const plain = await addFile(engine, 'plain.pdf', await makePdf([[WORDS]]));
    for (const { id } of [plan, rules, plain]) await mark(engine, id, 'surplus workers');
    const signed = [
      { title: expect.stringContaining('plan'), signatures: 1, copy: 'added' },
      { title: expect.stringContaining('rules'), signatures: 1, copy: 'forbidden' },
    ];
    expect((await engine.call('exchange.outline', { format: 'pdf' })).signed).toEqual(signed);
    const folder = join(tempFolder(), 'pdfs');
    const made = await engine.call('exchange.export', { path: folder, format: 'pdf' });
    expect(made.signed).toEqual(signed);
    const written = readFileSync(join(folder, 'plan.pdf'));
    expect(written.subarray(0, bytes.length).equals(bytes)).toBe(true);
    if (has('pdfsig')) expect(run('pdfsig', '-nocert', join(folder, 'plan.pdf'))).toMatch(/Signature is Valid/);
    expect((await engine.call('exchange.outline', { format: 'qdpx' })).signed).toBeUndefined();
  });

  it('gets a copy without a signature where it has masks, and that is said', async () => {
    const { engine } = await testProject();
    const plan = await addFile(engine, 'plan.pdf', signedPdf(WORDS));
    const { layer } = await mark(engine, plan.id, 'surplus workers');
    const input = { source: plan.id, layer, marked: { kind: 'text' as const, start: 4, end: 10 }, reason: 'A name' };
    await engine.call('masks.add', input);
    const { signed } = await engine.call('exchange.outline', { format: 'pdf' });
    expect(signed?.map(({ copy }) => copy)).toEqual(['pictures']);
  });

  it('is no error however it is damaged', () => {
    const bytes = signedPdf(WORDS, 2);
    for (const seed of seeds(500)) expect(saidOf(mutate(bytes, seeded(seed))).count).toBeLessThanOrEqual(2);
  });

  it('is looked at once where its form contains itself', () => {
    const text = signedPdf(WORDS).toString('latin1').replace('/FT /Sig /T (Signature)', '/Kids [5 0 R]/FT/Sig   ');
    expect(saidOf(Buffer.from(text, 'latin1'))).toEqual({ count: 1, forbidsAnnotations: false });
  });
});
