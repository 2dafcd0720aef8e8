import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeAs } from '../../../../electron/formats/charset.ts';
import { detectCharset } from '../../../../electron/formats/detect-charset.ts';
import { canonicalText, readPlainText } from '../../../../electron/formats/text/index.ts';
import { openLayerFile } from '../../../../shared/text/layer-file.ts';
import { tempFolder } from '../../../support/temp.ts';

const ZH =
  '新疆柳泉县2018年政府工作报告\n全年转移农村富余劳动力12,350人次,完成年度任务的103%。就业服务与劳动合同管理得到加强。\n';
const TW = '臺灣省政府公報\n勞動條件與就業服務之規定,應依本辦法辦理之。各縣市政府應按月呈報轉業人數。\n';
const UG = 'ئۇيغۇر ئاپتونوم رايونى\nئىش كۈچى يۆتكەش\n';

function read(bytes: Uint8Array) {
  const path = join(tempFolder(), 'notes.txt');
  writeFileSync(path, bytes);
  const extraction = readPlainText(path);
  if (!extraction.ok) throw new Error(extraction.error.message);
  return { ...extraction.value, text: openLayerFile(extraction.value.layerFile).text() };
}

describe('a plain text', () => {
  it.each([
    ['utf8', ZH, ''],
    ['utf8', UG, ''],
    ['gb18030', ZH, 'GB18030'],
    ['gbk', ZH, 'GB18030'],
    ['big5', TW, 'BIG5'],
    ['utf-16', ZH, 'UTF-16LE'],
    ['utf-16le', ZH, 'UTF-16LE'],
    ['utf-16be', ZH, 'UTF-16BE'],
    ['utf-16le', UG, 'UTF-16LE'],
  ])('in %s is read as written', (charset, text, said) => {
    const { text: found, notes } = read(iconv.encode(text.repeat(5), charset));
    expect(found).toBe(text.repeat(5));
    expect(notes).toEqual(said === '' ? [] : [`Read as ${said}, detected from its bytes.`]);
  });

  it('loses only its byte order mark', () => {
    expect(read(Buffer.from('\ufeffa\ufeffb')).text).toBe('a\ufeffb');
  });

  it('is one page without geometry, and its layer always has the same bytes', () => {
    const bytes = Buffer.from(ZH);
    const first = read(bytes);
    expect(first).toMatchObject({ engine: 'plain-text', hasText: true, length: ZH.length, frozen: null, record: {} });
    expect(first.pages).toEqual([{ page: 1, start: 0, end: ZH.length, box: [0, 0, 0, 0], rotation: 0, failed: false }]);
    expect(read(bytes).layerFile).toEqual(first.layerFile);
  });

  it('says how much of it could not be decoded', () => {
    const bytes = Buffer.concat([Buffer.from(ZH.repeat(20)), Buffer.from([0xff, 0x20, 0xff]), Buffer.from('end')]);
    expect(read(bytes).notes).toEqual(['2 characters couldn’t be decoded and are shown as “\ufffd”.']);
  });

  it('that is empty has no text', () => {
    expect(read(new Uint8Array(0))).toMatchObject({ hasText: false, length: 0 });
  });
});

describe('canonical text', () => {
  it('ends every line with LF and has no control characters but tabs', () => {
    expect(canonicalText('a\r\nb\rc\n\rd\fe\u2028f')).toBe('a\nb\nc\n\nd\ne\nf');
    expect(canonicalText('\ta\0b\u0007c\u0085\u009fd')).toBe('\ta\ufffdb\ufffdc\n\ufffdd');
  });

  it('is well-formed', () => {
    expect(canonicalText('a\ud800b\uffffc\ufdd0')).toBe('a\ufffdb\ufffdc\ufffd');
    expect(canonicalText('𠀀')).toBe('𠀀');
  });
});

describe('an encoding', () => {
  it('that is unknown is still read as well as possible', () => {
    const bytes = Buffer.from([0xe9, 0x20, 0xe8]);
    expect(decodeAs(bytes, detectCharset(bytes).charset)).toMatch(/^\S \S$/);
  });
});
