import { TO_SIMPLIFIED } from './simplified.ts';

/*
 * The language of a text, by its script, the letters that only some languages use, and frequent words. It knows the
 * languages our sources are written in, works offline and gives the same answer everywhere. It returns null rather than a
 * guess: for short texts, and where no language clearly prevails.
 */

/** How much of a text is looked at, UTF-16 code units. */
const LOOKED_AT = 20_000;
/** Fewer letters than this say nothing; a Han character is a word, so fewer are enough. */
const MIN_LETTERS = 24;
const MIN_HAN = 8;
/** The share of its letters that the prevailing script must have. A Han character counts as several letters. */
const PREVAILS = 0.6;
const HAN_WEIGHT = 3;

const SCRIPTS = {
  han: /\p{Script=Han}/gu,
  kana: /[\p{Script=Hiragana}\p{Script=Katakana}]/gu,
  hangul: /\p{Script=Hangul}/gu,
  arabic: /\p{Script=Arabic}/gu,
  cyrillic: /\p{Script=Cyrillic}/gu,
  latin: /\p{Script=Latin}/gu,
  tibetan: /\p{Script=Tibetan}/gu,
  mongolian: /\p{Script=Mongolian}/gu,
  other: /[\p{Script=Hebrew}\p{Script=Greek}\p{Script=Devanagari}\p{Script=Thai}]/gu,
} as const;
type Script = keyof typeof SCRIPTS;

const count = (text: string, what: RegExp): number => text.match(what)?.length ?? 0;

/** The BCP 47 tag of the language most of the text is in, or null. */
export function detectLanguage(whole: string): string | null {
  // Compatibility forms: PDFs may have Arabic presentation forms and Kangxi radicals.
  const text = whole.slice(0, LOOKED_AT).normalize('NFKC').toLowerCase();
  const counts = Object.entries(SCRIPTS).map(([script, letters]) => {
    const found = count(text, letters);
    return { script: script as Script, found, weight: found * (script === 'han' ? HAN_WEIGHT : 1) };
  });
  const all = counts.reduce((sum, { weight }) => sum + weight, 0);
  const eastAsian = counts.filter(({ script }) => script === 'han' || script === 'kana');
  const inJapanese = eastAsian.reduce((sum, { weight }) => sum + weight, 0);
  const kana = counts.find(({ script }) => script === 'kana')?.found ?? 0;
  // Japanese mixes Han and kana; Chinese has kana only in names and quotations.
  if (inJapanese >= PREVAILS * all && kana >= MIN_LETTERS && kana * 5 >= inJapanese / HAN_WEIGHT) return 'ja';
  const most = counts.reduce((best, one) => (one.weight > best.weight ? one : best));
  if (most.found < (most.script === 'han' ? MIN_HAN : MIN_LETTERS) || most.weight < PREVAILS * all) return null;
  return languageIn(most.script, text);
}

function languageIn(script: Script, text: string): string | null {
  switch (script) {
    case 'han':
      return chinese(text);
    case 'hangul':
      return 'ko';
    case 'arabic':
      return bestOf(text, ARABIC);
    case 'cyrillic':
      return bestOf(text, CYRILLIC);
    case 'latin':
      return latin(text);
    case 'tibetan':
      return 'bo';
    case 'mongolian':
      return 'mn-Mong';
    case 'kana':
    case 'other':
      return null;
  }
}

/** Characters that only one of the two ways of writing has. Without enough of them, just `zh`. */
function chinese(text: string): string {
  let traditional = 0;
  let simplified = 0;
  for (const character of text) {
    if (TO_SIMPLIFIED.has(character)) traditional += 1;
    else if (ONLY_SIMPLIFIED.has(character)) simplified += 1;
  }
  if (simplified >= 3 && simplified > 4 * traditional) return 'zh-Hans';
  if (traditional >= 3 && traditional > 4 * simplified) return 'zh-Hant';
  return 'zh';
}

/** Frequent ones: the full table also has characters that traditional texts use with another meaning (里, 后, 云). */
const ONLY_SIMPLIFIED = new Set(
  '们这国发会对时过动产业务员区与农村经济岗训练转劳县关于开办组织实应当为从个来说进还问题给让将师专东严丧两严临举义乐习书买争亿仅优传伤华单卖卫历压厂厅县双变听启园团围图圆场坏块坚处备够头夺奋奖妇学宁宝审宪宽宾对导寻层岁师带帮干应庆废异归录彻忆态总恋悬惊惧愿战户执扩扫扬抢护报担拟拥择挂挥损换据敌数无旧显晓暂术机杀权条构标栏树样桥梦检楼欢决况沟泽洁测浅浆浓涂涛润涨渐温满灭灯灵灾点炼烂热爱牵状独狱猎环现电疗监盖盘着矿码础确离种积稳穷窃竞笔签简类粮紧纪约级纯纲纳纵纷纸纺线绍终绝统继绩续维综绿缓编缘缩网罗罚职联肃肠脑脚脱腾舰艰艺节芦苏茎荐药莱获营蓝虑虚虽补装规视览觉触订计认讨议讯记讲许论设访证评识诉词试话询该详语误请诸读课调谁谈谋谢谱贝负财责败货质贩贫购贯贵贷贸费贺资赋赏赖赛赞赵赶趋跃践车轨轮软轻载较辅辆辈输辑边达迁迈运近远违连迟适选逊递遗邮邻郑酱释针钟钢钱铁铜银铺链销锁错锦键镇长门闪闭问闲间闻阅队阳阴阵阶际陆陈险随隐难雾静须顾顿预领频题额风飞饭饮饰饱馆马驱驶驻骂验骗鱼鲁鲜鸟鸡麦黄齐龄龙'.split(
    '',
  ),
);

/** What is counted for a language: letters (and words) that the others lack, and how many a thousand letters there must be. */
interface Marks {
  readonly language: string;
  readonly marks: RegExp;
  /** In a thousand letters of the script. */
  readonly least: number;
}

/** In this order: the first whose marks are frequent enough. The last is what the script says without marks. */
const ARABIC: readonly Marks[] = [
  // Uyghur writes every vowel; of these letters, Kazakh and Kurdish have some, but not e and ng together.
  { language: 'kk-Arab', marks: /[\u0674\u06c9]/gu, least: 4 },
  { language: 'ckb', marks: /[\u06ce\u06b5\u0695]/gu, least: 8 },
  { language: 'ug', marks: /[\u06d0\u06ad\u06c6\u06c8\u06cb]/gu, least: 20 },
  { language: 'ur', marks: /[\u0679\u0688\u0691\u06ba\u06d2\u06be]/gu, least: 15 },
  { language: 'fa', marks: /[\u067e\u0686\u0698\u06af\u06cc\u06a9]/gu, least: 25 },
  { language: 'ar', marks: /[\u0629\u0643\u064a\u0649\u0623\u0625]/gu, least: 25 },
];
const CYRILLIC: readonly Marks[] = [
  { language: 'ug-Cyrl', marks: /[\u0497]/gu, least: 3 },
  { language: 'kk', marks: /[\u04d9\u0493\u049b\u04b1\u0456]/gu, least: 40 },
  { language: 'uk', marks: /[\u0457\u0454\u0491\u0456]/gu, least: 25 },
  { language: 'tg', marks: /[\u04e3\u04ef\u04b7\u04b3]/gu, least: 10 },
  { language: 'ky', marks: /[\u04a3]/gu, least: 3 },
  { language: 'mn', marks: /[\u04e9\u04af]/gu, least: 20 },
  { language: 'ru', marks: /[\u044b\u044d\u0451\u0438]/gu, least: 20 },
];

function bestOf(text: string, languages: readonly Marks[]): string | null {
  const letters = count(text, /\p{L}/gu);
  return languages.find(({ marks, least }) => (1000 * count(text, marks)) / letters >= least)?.language ?? null;
}

/** Frequent words of a language that are rare in the others. */
const WORDS: Readonly<Record<string, ReadonlySet<string>>> = {
  en: new Set('the of and to in is that for was with are by from which have this their were has been'.split(' ')),
  de: new Set('der die und das den von ist mit des nicht ein eine auf dem für im werden wurde sich auch'.split(' ')),
  fr: new Set('le les des et du une est dans pour que qui sur par au pas avec ont été aux cette'.split(' ')),
  es: new Set('el los las del y una por con para que se su al como más fue han sus esta entre'.split(' ')),
  it: new Set('il di che della per una gli dei nel sono delle con alla anche più dal degli questo stato'.split(' ')),
  pt: new Set('os as do da em um uma para não com dos das ao pela pelo foi são mais seu na'.split(' ')),
  nl: new Set('het een van de en dat niet zijn voor met aan ook door wordt naar bij deze werd uit hebben'.split(' ')),
  tr: new Set('ve bir bu için ile olarak da de olan daha çok gibi kadar sonra göre ise tarafından'.split(' ')),
  'ug-Latn': new Set('we bilen üchün bolup dëgen bu uyghur qilip bolghan ning dep hem bir qatarliq kërek'.split(' ')),
};
/** At least this many different ones, and this share of all words. */
const LEAST_WORDS = 4;
const LEAST_SHARE = 0.08;

function latin(text: string): string | null {
  const words = text.match(/\p{L}+/gu) ?? [];
  const scores = Object.entries(WORDS)
    .map(([language, frequent]) => {
      const found = words.filter((word) => frequent.has(word));
      return { language, share: found.length / words.length, different: new Set(found).size };
    })
    .filter(({ share, different }) => different >= LEAST_WORDS && share >= LEAST_SHARE)
    .sort((a, b) => b.share - a.share);
  const [best, second] = scores;
  if (best === undefined) return null;
  return second !== undefined && second.share > 0.8 * best.share ? null : best.language;
}
