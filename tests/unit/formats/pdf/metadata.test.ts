import { describe, expect, it } from 'vitest';
import { prefill, type PdfMetadata } from '../../../../electron/formats/pdf/metadata.ts';
import { makePdf } from '../../../support/pdf.ts';
import { fileOf, readLayer } from './read.ts';

const nothing: PdfMetadata = { title: '', author: '', creationDate: '', language: '' };
const titleOf = (title: string) => prefill({ ...nothing, title }).record.title;
const authorOf = (author: string) => prefill({ ...nothing, author }).record.author;
const languageOf = (language: string) => prefill({ ...nothing, language }).record.language;
const notesOf = (creationDate: string) => prefill({ ...nothing, creationDate }).notes;

describe('a PDF’s own details', () => {
  it('fill in title, author and language, and where they were found', async () => {
    const pdf = await makePdf([['text']], {
      title: '2018年政府工作报告',
      author: 'County office',
      language: 'zh-CN',
      created: new Date(Date.UTC(2019, 2, 2)),
    });
    const { extracted } = await readLayer(fileOf(pdf));
    expect(extracted.record).toEqual({ title: '2018年政府工作报告', author: 'County office', language: 'zh-CN' });
    expect(extracted.prefilled).toEqual({
      title: 'PDF Info dictionary',
      author: 'PDF Info dictionary',
      language: 'PDF catalogue, /Lang',
    });
    // A scan of a document from 1998 has 2019 here, so it is not taken as the document's date.
    expect(extracted.notes).toEqual(['The file says of itself that it was made on 2019-03-02.']);
  });

  it('leave gaps if absent', async () => {
    const { extracted } = await readLayer(fileOf(await makePdf([['text']])));
    expect(extracted).toMatchObject({ record: {}, prefilled: {}, notes: [] });
  });

  it.each(['Microsoft Word - 1.doc', 'report.pdf', 'C:\\docs\\a.wps', 'untitled', '未命名', 'Slide 1', ''])(
    'do not accept “%s” as a title: a program made it up',
    (title) => expect(titleOf(title)).toBeUndefined(),
  );

  it.each(['Administrator', 'USER', '微软用户', '  '])('do not accept “%s” as an author', (author) =>
    expect(authorOf(author)).toBeUndefined(),
  );

  it('remove controls, direction overrides and floods from a hostile title', () => {
    expect(titleOf('a\u0000b\u202ec\ud800\r\n d')).toBe('a b c\ufffd d');
    expect(titleOf('x'.repeat(10_000))).toHaveLength(2000);
  });

  it('accept a language only if it is a tag', () => {
    expect(languageOf('zh_cn')).toBe('zh-CN');
    expect(languageOf('Chinese (simplified)')).toBeUndefined();
    expect(languageOf('')).toBeUndefined();
  });

  it('parse a PDF date, and nothing else', () => {
    expect(notesOf("D:20190302093000+08'00'")).toEqual(['The file says of itself that it was made on 2019-03-02.']);
    expect(notesOf('D:20190230')).toEqual([]);
    expect(notesOf('yesterday')).toEqual([]);
  });
});
