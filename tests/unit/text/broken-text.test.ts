import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { brokenText } from '../../../shared/text/broken-text.ts';

const UYGHUR =
  'ئادەملەر زاتىدىنلا ئەركىن، ئىززەت-ھۆرمەت ۋە ھوقۇقتا باپباراۋەر بولۇپ تۇغۇلغان. ئۇلار ئەقىلگە ۋە ۋىجدانغا ئىگە ھەمدە بىر-بىرىگە قېرىنداشلىق مۇناسىۋىتىگە خاس روھ بىلەن مۇئامىلە قىلىشى كېرەك. ئەمگەك ئىشچى ئايال ئون ئىككى ئادەم.';
const ARABIC =
  'يولد جميع الناس أحرارا متساوين في الكرامة والحقوق. وقد وهبوا عقلا وضميرا وعليهم أن يعامل بعضهم بعضا بروح الإخاء. لكل إنسان حق التمتع بكافة الحقوق والحريات الواردة في هذا الإعلان، دون أي تمييز، كالتمييز بسبب العنصر أو اللون أو الجنس أو اللغة أو الدين أو الرأي السياسي.';
const CHINESE =
  '人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，并应以兄弟关系的精神相对待。全县组织农村富余劳动力转移就业，做好对口支援工作。';
const ENGLISH =
  'All human beings are born free and equal in dignity and rights. They are endowed with reason and conscience.';
const FRENCH =
  'Tous les êtres humains naissent libres et égaux en dignité et en droits. Été, où, çà et là, à côté, né, élève, île.';
const VIETNAMESE =
  'Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền lợi. Mọi con người đều được tạo hoá.';

const reversed = (text: string): string => text.replace(/[\p{L}\p{M}]+/gu, (word) => [...word].reverse().join(''));
/** Each letter as its isolated presentation form, as fonts without a map to Unicode give it. */
const inForms = (text: string): string =>
  [...text]
    .map((letter) => ({ ا: 'ﺍ', ل: 'ﻝ', م: 'ﻡ', ن: 'ﻥ', ي: 'ﻱ', ب: 'ﺏ', ر: 'ﺭ', و: 'ﻭ' })[letter] ?? letter)
    .join('');
const read = (text: string, written: string, as: string): string => iconv.decode(iconv.encode(text, written), as);

describe('a text layer', () => {
  it.each([UYGHUR, ARABIC, CHINESE, ENGLISH, FRENCH, VIETNAMESE])(
    'that is right is not said to be broken: %s',
    (text) => {
      expect(brokenText(text)).toBeNull();
    },
  );
  it('of bullets, boxes for ticks and an ellipsis is right', () => {
    expect(brokenText(`\uf0b7 ${ENGLISH} \uf0b7 □ yes □ no ${CHINESE}…… �`)).toBeNull();
  });
  it('that is too short to judge is left alone', () => {
    expect(brokenText('\ue000\ue001\ue002')).toBeNull();
  });
  it('in presentation forms is recognised', () => {
    expect(brokenText(inForms(ARABIC))).toBe('forms');
    expect(brokenText(inForms(UYGHUR))).toBe('forms');
  });
  it('with words from last letter to first is recognised', () => {
    expect(brokenText(reversed(ARABIC))).toBe('reversed');
    expect(brokenText(reversed(UYGHUR))).toBe('reversed');
  });
  it('of boxes, private-use or replacement letters is recognised', () => {
    expect(brokenText(CHINESE.replace(/\p{sc=Han}/gu, '□'))).toBe('letters');
    expect(brokenText(ENGLISH.replace(/[a-m]/gu, '\ue123'))).toBe('letters');
    expect(brokenText(ENGLISH.replace(/[aeiou]/gu, '\ufffd'))).toBe('letters');
  });
  it('that was decoded by the wrong encoding is recognised', () => {
    expect(brokenText(read(CHINESE, 'utf8', 'latin1'))).toBe('encoding');
    expect(brokenText(read(CHINESE, 'utf8', 'win1252'))).not.toBeNull();
    expect(brokenText(read(CHINESE, 'gb18030', 'latin1'))).toBe('encoding');
    expect(brokenText(read(CHINESE, 'utf8', 'gb18030'))).not.toBeNull();
    expect(brokenText(read(FRENCH, 'utf8', 'latin1'))).toBe('encoding');
    expect(brokenText(read(UYGHUR, 'utf8', 'win1252'))).not.toBeNull();
  });
});
