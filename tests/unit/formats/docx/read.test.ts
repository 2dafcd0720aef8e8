import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDocx } from '../../../../electron/formats/docx/read.ts';
import type { ErrorData } from '../../../../shared/errors.ts';
import { openLayerFile } from '../../../../shared/text/layer-file.ts';
import { zipped } from '../../../support/bag.ts';
import { docxParts, type DocxParts, makeDocx, p, r, styled, table } from '../../../support/docx.ts';
import { has, run } from '../../../support/programs.ts';
import { makePdf } from '../../../support/pdf.ts';
import { tempFolder } from '../../../support/temp.ts';

async function textIn(path: string): Promise<{ text: string; notes: readonly string[] }> {
  const read = await readDocx(path);
  if (!read.ok) throw new Error(read.error.message);
  return { text: openLayerFile(read.value.layerFile).text(), notes: read.value.notes };
}
async function read(parts: DocxParts): ReturnType<typeof textIn> {
  const path = join(tempFolder(), 'draft.docx');
  await makeDocx(path, parts);
  return textIn(path);
}
const linesOf = async (body: string): Promise<string[]> => (await read({ body })).text.split('\n').slice(0, -1);

describe('the text of a Word document', () => {
  it('is its paragraphs, headings, captions and rows of tables, a line each', async () => {
    const { text, notes } = await read({
      body:
        styled('Own', r('Land and work')) +
        p(r('In 2023 ') + r('12,600') + r(' left.')) +
        p('') +
        table([p(r('Year')), p(r('Persons'))], [p(r('2023')), p(r('12,600')) + p(r('(over)'))]) +
        styled('Beschriftung', r('Source: Xinhua, May 3, 2023')) +
        p(r('Level by hand'), '<w:outlineLvl w:val="1"/>') +
        styled('Ring', r('The end.')),
    });
    expect(text.split('\n')).toEqual([
      '# Land and work',
      'In 2023 12,600 left.',
      'Year\tPersons',
      '2023\t12,600 (over)',
      'Source: Xinhua, May 3, 2023',
      '## Level by hand',
      'The end.',
      '',
    ]);
    expect(notes).toEqual([]);
  });

  it('has what was inserted and not what was deleted or moved away, and says how much', async () => {
    const { text, notes } = await read({
      body:
        p(
          r('They went ') +
            `<w:del w:id="1" w:author="A">${r('gladly').replaceAll('w:t', 'w:delText')}</w:del>` +
            `<w:ins w:id="2" w:author="A">${r('by quota')}</w:ins>` +
            r('.'),
        ) +
        p(`<w:moveFrom w:id="3">${r('Moved. ')}</w:moveFrom><w:moveTo w:id="4">${r('Here.')}</w:moveTo>`) +
        p(r('One sentence '), '<w:rPr><w:del w:id="5" w:author="A"/></w:rPr>') +
        p(r('in two.'), '<w:pPrChange w:id="6"><w:pPr><w:pStyle w:val="T1"/></w:pPr></w:pPrChange>'),
    });
    expect(text).toBe('They went by quota.\nHere.\nOne sentence in two.\n');
    expect(notes).toEqual([
      'Tracked changes: 2 insertions were read as text.',
      'Tracked changes: 2 deletions were left out.',
    ]);
  });

  it('has its notes at the end, with their marks where they are referred to', async () => {
    const refer = (kind: string, id: number): string => `<w:r><w:${kind}Reference w:id="${id}"/></w:r>`;
    const note = (kind: string, id: number, text: string, type = ''): string =>
      `<w:${kind} w:id="${id}"${type}>${p(`<w:r><w:${kind}Ref/></w:r>${r(text)}`)}</w:${kind}>`;
    const { text } = await read({
      body: p(
        r('First') + refer('footnote', 7) + r(', second') + refer('endnote', 1) + r(', again') + refer('footnote', 7),
      ),
      footnotes:
        note('footnote', -1, 'line', ' w:type="separator"') +
        note('footnote', 7, ' Xinhua, May 3, 2023.') +
        note('footnote', 8, 'Nobody refers to it.'),
      endnotes: note('endnote', 1, ' Zenz, 2020.'),
    });
    expect(text).toBe('First[^1], second[^2], again[^1]\n[^1]: Xinhua, May 3, 2023.\n[^2]: Zenz, 2020.\n');
  });

  it('has the text of links and fields, and nothing of instructions, prompts, hidden words, formulas and text boxes', async () => {
    const field = (type: string): string => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
    const box = `<w:txbxContent>${p(r('In a box.'))}</w:txbxContent>`;
    const { text, notes } = await read({
      body:
        p(
          `<w:hyperlink>${r('A link')}</w:hyperlink>` +
            r(' and page ') +
            field('begin') +
            '<w:r><w:instrText> PAGEREF x </w:instrText></w:r>' +
            field('separate') +
            r('12') +
            field('end'),
        ) +
        `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>${p(r('Click here.'))}</w:sdtContent></w:sdt>` +
        `<w:sdt><w:sdtPr/><w:sdtContent>${p(r('In a control.'))}</w:sdtContent></w:sdt>` +
        p(
          '<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>shown</w:t></w:r>',
        ) +
        p(
          `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>${box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>${box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>` +
            r('Beside it.'),
        ) +
        p(
          '<w:r><mc:AlternateContent><mc:Choice Requires="w16se"/><mc:Fallback><w:t>★</w:t></mc:Fallback></mc:AlternateContent></w:r>',
        ) +
        p(
          '<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>' +
            r('a') +
            '<w:r><w:tab/><w:noBreakHyphen/><w:br/></w:r>' +
            r('b') +
            '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:commentReference w:id="0"/></w:r>',
        ),
    });
    expect(text).toBe('A link and page 12\nIn a control.\nshown\nBeside it.\n★\na\t\u2011\nb\ufffd\n');
    expect(notes).toEqual([
      '1 text box was not read.',
      '1 piece of hidden text was left out.',
      '1 comment was not read.',
      '1 formula was not read.',
      '1 symbol of a picture font was read as “\ufffd”.',
    ]);
  });

  it('leaves out what a style hides, and says what of it readers may see otherwise: white, tiny, in two versions, filled in', async () => {
    const run = (properties: string, words: string): string =>
      `<w:r><w:rPr>${properties}</w:rPr><w:t xml:space="preserve">${words}</w:t></w:r>`;
    const styles = ['Unseen', 'Ghost'].map(
      (id) =>
        `<w:style w:type="character" w:styleId="${id}"><w:name w:val="${id}"/>${id === 'Ghost' ? '<w:basedOn w:val="Unseen"/>' : '<w:rPr><w:vanish/></w:rPr>'}</w:style>`,
    );
    const parts = docxParts({
      body:
        p(r('They were ') + run('<w:rStyle w:val="Ghost"/>', 'not ') + r('asked.')) +
        p(run('<w:rStyle w:val="Ghost"/><w:vanish w:val="0"/>', 'Shown all the same.')) +
        p(r('Nobody was ') + run('<w:color w:val="FFFFFF"/>', 'un') + run('<w:sz w:val="2"/>', 'der') + r('paid.')) +
        p(run('<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="333333"/>', 'White on dark.')) +
        p(
          `<mc:AlternateContent><mc:Choice Requires="w14">${r('No force.')}</mc:Choice><mc:Fallback>${r('Force.')}</mc:Fallback></mc:AlternateContent>`,
        ) +
        `<w:sdt><w:sdtPr><w:dataBinding w:xpath="/n"/></w:sdtPr><w:sdtContent>${p(r('12,600'))}</w:sdtContent></w:sdt>`,
    });
    const style = parts.get('word/styles.xml')?.toString() ?? '';
    parts.set('word/styles.xml', Buffer.from(style.replace('</w:styles>', `${styles.join('')}</w:styles>`)));
    const path = join(tempFolder(), 'draft.docx');
    await zipped(path, parts);
    const { text, notes } = await textIn(path);
    expect(text.split('\n').slice(0, -1)).toEqual([
      'They were asked.',
      'Shown all the same.',
      'Nobody was underpaid.',
      'White on dark.',
      'Force.',
      '12,600',
    ]);
    expect(notes).toEqual([
      '1 piece of hidden text was left out.',
      '2 pieces of white or tiny text, which readers may not see, were read as text.',
      '1 piece of text for newer word processors, with another in place of it for older ones, was not read.',
      '1 content control was read as saved: a word processor may fill it from other data in the file.',
    ]);
  });

  it('keeps with marks that a piece is shown from right to left, and is refused where a field without an end would take the rest', async () => {
    expect(await linesOf(p(r('It was ') + `<w:bdo w:val="rtl">${r('12,600')}</w:bdo>` + r(' people.')))).toEqual([
      'It was \u202e12,600\u202c people.',
    ]);
    const path = join(tempFolder(), 'draft.docx');
    await makeDocx(path, {
      body: p(r('Seen.') + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>') + p(r('Not read.')),
    });
    expect(await readDocx(path)).toMatchObject({
      ok: false,
      error: { code: 'BAD_INPUT', message: expect.stringContaining('a field in it has no end') },
    });
  });

  it('keeps white space only where the file says so, and reads strict documents', async () => {
    expect(await linesOf(p('<w:r><w:t>  a\n b </w:t></w:r>' + r(' c')))).toEqual(['a  b c']);
    const strict = await read({
      body: p(r('全县转移就业。')),
      namespace: 'http://purl.oclc.org/ooxml/wordprocessingml/main',
    });
    expect(strict.text).toBe('全县转移就业。\n');
  });
});

describe('a file that is no whole Word document', () => {
  const faultOf = async (path: string): Promise<ErrorData | null> => {
    const read = await readDocx(path);
    return read.ok ? null : read.error;
  };
  const inFile = (bytes: Uint8Array | string): Promise<ErrorData | null> => {
    const path = join(tempFolder(), 'draft.docx');
    writeFileSync(path, bytes);
    return faultOf(path);
  };
  const without = async (change: (parts: Map<string, Buffer>) => void): Promise<ErrorData | null> => {
    const parts = docxParts({ body: p(r('x')) });
    change(parts);
    const path = join(tempFolder(), 'draft.docx');
    await zipped(path, parts);
    return faultOf(path);
  };

  it('is refused with what is wrong', async () => {
    expect(await inFile('')).toMatchObject({ code: 'BAD_INPUT' });
    expect(await inFile('Just text.')).toMatchObject({ code: 'DAMAGED' });
    expect(await inFile(Buffer.from('d0cf11e0a1b11ae100', 'hex'))).toMatchObject({
      code: 'UNSUPPORTED',
      message: expect.stringContaining('password'),
    });
    expect(await inFile(await makePdf([['x']]))).toMatchObject({
      code: 'UNSUPPORTED',
      message: expect.stringContaining('a PDF'),
    });
    expect(await inFile(Buffer.from('89504e470d0a1a0a0000', 'hex'))).toMatchObject({
      code: 'UNSUPPORTED',
      message: expect.stringContaining('a picture (PNG)'),
    });
    const path = join(tempFolder(), 'whole.docx');
    await makeDocx(path, { body: p(r('x')) });
    const whole = readFileSync(path);
    expect(await inFile(whole.subarray(0, whole.length / 2))).toMatchObject({ code: 'DAMAGED' });
    expect(await without((parts) => parts.delete('_rels/.rels'))).toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining('where its text is'),
    });
    expect(await without((parts) => parts.delete('word/document.xml'))).toMatchObject({ code: 'BAD_INPUT' });
    expect(await without((parts) => parts.set('word/document.xml', Buffer.from('<workbook/>')))).toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining('spreadsheet'),
    });
    expect(
      await without((parts) => parts.set('word/document.xml', Buffer.from('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'))),
    ).toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('document type') });
    expect(await faultOf(join(tempFolder(), 'none.docx'))).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('of 40,000 paragraphs, or 60 tables in one another, takes bounded time', async () => {
    const long = join(tempFolder(), 'long.docx');
    await makeDocx(long, { body: p(r('12,600 persons left the county in 2023. ').repeat(4)).repeat(40_000) });
    const deep = join(tempFolder(), 'deep.docx');
    await makeDocx(deep, {
      body: '<w:tbl><w:tr><w:tc>'.repeat(60) + p(r('x')) + '</w:tc></w:tr></w:tbl>'.repeat(60),
    });
    const began = process.cpuUsage();
    expect((await textIn(long)).text.split('\n')).toHaveLength(40_001);
    expect((await textIn(deep)).text).toBe('x\n');
    const { user } = process.cpuUsage(began);
    expect(user / 1000).toBeLessThan(20_000);
  });
});

it.skipIf(!has('soffice'))(
  `reads what LibreOffice writes${has('soffice') ? '' : ' (skipped: LibreOffice is not installed)'}`,
  async () => {
    const folder = tempFolder();
    const page = join(folder, 'draft.html');
    writeFileSync(
      page,
      '<html><body><h1>Transfers</h1><p>In 2023 <a href="http://example.org/">12,600</a> left.</p><table><tr><td>一</td><td>二</td></tr></table></body></html>',
    );
    run('soffice', '--headless', '--convert-to', 'docx:MS Word 2007 XML', '--outdir', folder, page);
    const { text } = await textIn(join(folder, 'draft.docx'));
    expect(text).toBe('# Transfers\nIn 2023 12,600 left.\n一\t二\n');
  },
);
