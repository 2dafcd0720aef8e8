import { detect } from 'chardet';
import { byteOrderMark, decodeAs, encodingOf, isUtf8 } from './charset.ts';

/** How many bytes the statistics use, from the first byte that isn't ASCII. */
const SAMPLE = 128 * 1024;
/** Nearly all characters of real text are among these; of wrongly decoded text, less than half. */
const ORDINARY =
  /[\t\n\r -~\u00a0-\u02ff\u2010-\u203b\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e\p{Script=Arabic}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Tibetan}]/gu;
const NEARLY_ALL = 0.95;

export interface Detected {
  /** Name of the encoding (Encoding standard). */
  readonly charset: string;
  /** False: nothing was recognised, and this is the default. */
  readonly known: boolean;
}

/**
 * Detects the encoding of a text that declares none: by its byte order mark, UTF-16 by its zero bytes, UTF-8 if the bytes are
 * valid (apart from a little damage), else by statistics.
 */
export function detectCharset(bytes: Uint8Array): Detected {
  const mark = byteOrderMark(bytes) ?? utf16WithoutMark(bytes.subarray(0, SAMPLE));
  if (mark !== null) return { charset: mark, known: true };
  if (isUtf8(bytes) || isNearlyUtf8(bytes)) return { charset: 'utf-8', known: true };
  const sample = sampleOf(bytes);
  const scored = bestScored(sample);
  if (scored !== null) return { charset: scored, known: true };
  const guess = detect(sample)?.toLowerCase() ?? '';
  const name = encodingOf(guess);
  if (name !== null && name !== 'utf-8' && !name.startsWith('utf-16')) return { charset: name, known: true };
  return { charset: 'windows-1252', known: false };
}

/** From just before the first byte that isn't ASCII: a page may begin with kilobytes of ASCII scripts. */
function sampleOf(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte >= 0x80);
  const from = Math.max(0, first - 64);
  return bytes.subarray(from, from + SAMPLE);
}

/** Text in an 8-bit encoding has no zero bytes; UTF-16 has one in each line feed, space and Latin letter. */
function utf16WithoutMark(sample: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (!sample.includes(0)) return null;
  const even = sample.subarray(0, sample.length & ~1);
  for (const charset of ['utf-16le', 'utf-16be'] as const) {
    const text = decodeAs(even, charset);
    if ((text.match(ORDINARY)?.length ?? 0) > text.length * NEARLY_ALL) return charset;
  }
  return null;
}

/** Long UTF-8 text with a few cut or damaged characters. */
function isNearlyUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes);
  const broken = text.match(/\ufffd/g)?.length ?? 0;
  const good = text.match(/[\u0080-\ufffc]/g)?.length ?? 0;
  return good > 20 * broken;
}

/**
 * The most common characters of running Chinese, simplified and traditional, with those of administrative prose. They make up
 * half of any text, but one in twenty characters of bytes decoded wrongly.
 */
const SIMPLIFIED: ReadonlySet<string> = new Set(
  '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实' +
    '日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员' +
    '解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象' +
    '完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运农村劳转移组织府县乡镇企培训贫困扶脱财预算稳团维吾疆族群众户援岗元增率百亿项推落升干',
);
const TRADITIONAL: ReadonlySet<string> = new Set(
  '的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實' +
    '日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員' +
    '解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象' +
    '完設式色路記南品住告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運農村勞轉移組織府縣鄉鎮企訓貧困扶財預算穩團維吾疆族群眾戶援崗元增率百億項推落升幹臺灣省例辦按呈',
);

/** How much a decoded character (after the one before it) speaks for the encoding: up to 2 for it, below 0 against it. */
type Score = (character: string, before: string) => number;

const HAN = /[\u4e00-\u9fff]/;
const HAN_MARKS = /[\u3001\u3002\uff0c\uff1a\uff1b\uff08\uff09\u300a\u300b\u201c\u201d]/;
const UNREADABLE = -6;

const chinese =
  (...common: readonly ReadonlySet<string>[]): Score =>
  (character) =>
    common.some((set) => set.has(character)) ? 2 : HAN_MARKS.test(character) ? 1 : HAN.test(character) ? 0.1 : -1;
const japanese: Score = (character) =>
  /[\u3041-\u3093]/.test(character)
    ? 2
    : /[\u30a1-\u30fe\u3001\u3002]/.test(character)
      ? 1
      : HAN.test(character)
        ? 0.1
        : -1;
const COMMON_HANGUL = new Set(
  '이의는을가에다고하지한로기사은를도서리대인자어나시정해일그아스게수들부장있과보전만와제국주상조여회라으된할되모든간',
);
const korean: Score = (character) =>
  COMMON_HANGUL.has(character) ? 2 : /[\uac00-\ud7a3]/.test(character) ? 0.1 : HAN.test(character) ? -0.5 : -1;

const COMMON_CYRILLIC = new Set('оеаинтсрвлкмдпу');
/** Cyrillic letters as they stand in words: no capital after a small letter, no Latin letter next to it. */
const cyrillic: Score = (character, before) => {
  if (/[A-Za-z]/.test(before)) return -1;
  if (/[\u0410-\u042f]/.test(character)) return /[\u0430-\u044f]/.test(before) ? -2 : 0.6;
  if (/[\u0430-\u044f\u0451]/.test(character)) return COMMON_CYRILLIC.has(character) ? 1.4 : 0.6;
  return /[\u00ab\u00bb\u2013\u2014\u2116\u00a0\u2019\u201c-\u201e]/.test(character) ? 0.5 : -1;
};

/**
 * The encodings tried, each with the mean score it must reach. Real text reaches 1.0 and more; Greek and Arabic decoded as
 * Cyrillic reach up to 0.8.
 */
const CANDIDATES: readonly (readonly [charset: string, score: Score, convincing: number])[] = [
  ['gb18030', chinese(SIMPLIFIED, TRADITIONAL), 0.45],
  ['big5', chinese(TRADITIONAL), 0.45],
  ['shift_jis', japanese, 0.45],
  ['euc-jp', japanese, 0.45],
  ['euc-kr', korean, 0.45],
  ['windows-1251', cyrillic, 0.85],
  ['koi8-r', cyrillic, 0.85],
];

function bestScored(sample: Uint8Array): string | null {
  let best: string | null = null;
  let highest = 0;
  for (const [charset, score, convincing] of CANDIDATES) {
    const mean = meanScore(decodeAs(sample, charset), score);
    if (mean > highest && mean >= convincing) [best, highest] = [charset, mean];
  }
  return best;
}

function meanScore(text: string, score: Score): number {
  let sum = 0;
  let count = 0;
  let before = '';
  for (const character of text) {
    if (character > '\u007f') {
      count++;
      sum +=
        character === '\ufffd' || (character >= '\ue000' && character <= '\uf8ff')
          ? UNREADABLE
          : score(character, before);
    }
    before = character;
  }
  return count === 0 ? 0 : sum / count;
}
