import { beforeAll, describe, expect, it } from 'vitest';
import { citedDate, quotationOf } from '../../../../../renderer/common/passages/quotation.ts';
import { startI18n } from '../../../../../renderer/shell/strings.ts';
import { source } from '../../../../../shared/model/index.ts';

const SHA = 'a'.repeat(64);
const NOTHING = { url: null, time: null, tool: null, collector: null, method: null, archiveLink: null };
const report = source.parse({
  id: '0b0b0b0b-0b0b-8b0b-8b0b-0b0b0b0b0b0b',
  kind: 'pdf',
  fileName: 'report.pdf',
  mediaType: 'application/pdf',
  bytes: 1,
  sha256: SHA,
  addedAt: 0,
  addedBy: '0c0c0c0c-0c0c-8c0c-8c0c-0c0c0c0c0c0c',
  title: '2023年政府工作报告 <x>',
  author: null,
  publisher: '柳泉县人民政府',
  language: 'zh-Hans',
  documentType: null,
  grade: null,
  gradeReason: null,
  capture: { ...NOTHING, url: 'https://example.gov/a?b&c', time: '2024-02-06T14:20:00+08:00' },
  dateOfAct: null,
  dateOfDocument: { edtf: '2023-01-15', implied: false },
  dateOfPublication: null,
  dateOfCapture: null,
  gaps: [],
  prefilled: {},
  pages: 3,
  passages: 1,
  layer: null,
  hasText: true,
  picture: null,
  archive: null,
  parts: [],
  content: null,
  status: null,
  redirects: [],
  replaces: null,
  deleted: false,
});
const anchor = { kind: 'text' as const, exact: '流转土地4.8万亩 <b>', page: 3, quads: [] };

beforeAll(startI18n);

describe('a quotation', () => {
  it('has its words and where they are, as far as known', () => {
    expect(quotationOf({ anchor }, report).plain).toBe(
      `“流转土地4.8万亩 <b>”\n2023年政府工作报告 <x>, 柳泉县人民政府, 15 January 2023, p. 3, https://example.gov/a?b&c, captured 2024-02-06 14:20 +08:00, sha256 ${SHA}`,
    );
    const bare = {
      ...report,
      kind: 'text',
      title: null,
      publisher: null,
      dateOfDocument: null,
      capture: NOTHING,
    } as const;
    expect(quotationOf({ anchor }, bare).plain).toBe(`“流转土地4.8万亩 <b>”\nreport.pdf, sha256 ${SHA}`);
  });

  it('names every page of its passage', () => {
    const over = { ...anchor, page: 2, quads: [2, 3].map((page) => ({ page, quads: [] })) };
    expect(quotationOf({ anchor: over }, report).plain).toContain(', pp. 2–3, ');
    // The quotation of words that are only selected.
    expect(quotationOf({ anchor, lastPage: 5 }, report).html).toContain(', pp. 3–5, ');
    expect(quotationOf({ anchor, lastPage: 3 }, report).plain).toContain(', p. 3, ');
  });

  it('is harmless and keeps its language when pasted as HTML', () => {
    const { html } = quotationOf({ anchor }, report);
    expect(html).toContain('<blockquote lang="zh-Hans" dir="auto">流转土地4.8万亩 &lt;b&gt;</blockquote>');
    expect(html).toContain('<cite lang="zh-Hans"><bdi>2023年政府工作报告 &lt;x&gt;</bdi></cite>');
    expect(html).toContain('https://example.gov/a?b&amp;c');
  });

  it('of an area says that it is one, and has no words', () => {
    const { plain } = quotationOf({ anchor: { kind: 'area', page: 2 } }, report);
    expect(plain.split('\n')[0]).toBe('[Area of page 2]');
    expect(plain).toContain('p. 2');
  });
});

describe('a date that is cited', () => {
  it.each([
    ['2023-01-15', '15 January 2023'],
    ['2023-01', 'January 2023'],
    ['2023-01-XX', 'January 2023'],
    ['2023', '2023'],
    ['2023-XX-XX', '2023'],
    ['2023-XX-05', '2023-XX-05'],
    ['2021/2023', '2021/2023'],
    ['2023-01?', '2023-01?'],
    ['202X', '202X'],
  ])('%s is never more precise than the source’s details', (edtf, said) => {
    expect(citedDate({ edtf, implied: false })).toBe(said);
    expect(citedDate({ edtf, implied: true })).toBe(`[${said}]`);
  });
});
