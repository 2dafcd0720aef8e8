export const FIXED_PHRASE = 'fixed phrase';

/** Digits and number words that are no figures, and the reason that a person is shown. */
export interface Exclusion {
  readonly reason: string;
  readonly patterns: readonly RegExp[];
}

const ZH_SMALL = '[一二三四五六七八九十百零\\d]{1,6}';

export const EXCLUSIONS: readonly Exclusion[] = [
  { reason: 'name in figures', patterns: [/[“"「『]\d{3,8}[”"」』]/g] },
  {
    reason: 'address',
    patterns: [/\b(?:https?:\/\/|www\.)[^\s，。；）]{1,2000}/gi, /\b10\.\d{4,9}\/[^\s，。；）]{1,200}/g],
  },
  { reason: 'footnote mark', patterns: [/\[\^?\d{1,3}\]/g, /[①-⑳]/g] },
  {
    reason: 'document number',
    patterns: [
      /[〔[（(【](?:19|20)\d{2}[〕\]）)】] ?第? ?\d{1,5} ?号/g,
      /(?<![\d.])\d{1,5}号(?:文件?|令|公告|通知|楼|院|线|机|馆)?/g,
      /\b(?:Document|Doc\.?|Decree|Order|Notice|Circular) (?:No\.?|Number) ?\d[\d-]{0,20}/gi,
    ],
  },
  {
    reason: 'list mark',
    patterns: [
      /(?<=^|[\n;:])[ ]{0,8}[（(][ ]?(?:\d{1,3}|[a-z]|[ivx]{1,5})[ ]?[）)](?= )/g,
      /(?<=^|\n)[ ]{0,8}\d{1,3}(?:\.\d{1,3}){0,3}[.)、](?=[ \u4e00-\u9fff])/g,
      /(?<=^|\n)[ ]{0,8}\d{1,2}(?:\.\d{1,2}){1,3} (?=[A-Z])/g,
      /(?<=^|[。；：，\s])[一二三四五六七八九十]是/g,
      /(?<=^|\n)[ ]{0,8}[一二三四五六七八九十]{1,3}[、.]/g,
      /[（(][一二三四五六七八九十]{1,3}[）)]/g,
      // “Nearly half (73)” and “one in five (31)” do count something.
      /(?<=^|[。；：，\s])(?<!\b(?:half|(?:third|quarter|fifth)s?|(?:in|out of) (?:two|three|four|five|six|seven|eight|nine|ten|\d{1,2})) )[（(]\d{1,2}[）)]/g,
    ],
  },
  {
    reason: 'number of a page, section or table',
    patterns: [
      /\b(?:Volume|Vol|Issue|No|Nos|pp?|pages?|Chapters?|Articles?|Sections?|Parts?|Figures?|Fig|Tables?|Appendix|Annex(?:es)?|Phase|Route|Highway|Rooms?|Note|Footnotes?|Notes|Paragraphs?|Point|Line|Class|Grade|Level|Version|ISO|ISSN|ISBN|DOI)\.? ?:? ?\d[\d.,]{0,12}(?: ?(?:[-/]|and|to|, ) ?\d[\d.]{0,10}){0,4}/gi,
      /(?<![\w.])\d{1,4} ?\(\d{1,4}(?:-\d{1,4})?\)(?:[,:] ?\d{1,5} ?- ?\d{1,5})?/g,
      /(?<=\((?:19|20)\d{2}\), ?)\d{1,4} ?- ?\d{1,4}/g,
      /[图表] ?\d{1,3}(?:[-.]\d{1,3}){0,3}/g,
      /(?:附件|附表|附录|注释?|页) ?\d{1,3}/g,
      /(?<![\d.])\d{1,4} ?页(?!纸)/g,
    ],
  },
  {
    reason: 'ordinal',
    patterns: [
      new RegExp(`第 ?${ZH_SMALL}(?:个五年|[次届批轮期个名位号条章节款项年季师团中小线产])?(?:季度|产业|书记)?`, 'g'),
      /\b\d{1,4}(?:st|nd|rd|th)\b(?: (?:Five-Year|Party|National|Central|Plenary|Congress|century|centuries)\b)?/gi,
      /\bFive-Year (?:Plans?|Program(?:me)?s?)\b/gi,
    ],
  },
  {
    reason: 'clock time',
    patterns: [
      /(?<![\d.:])\d{1,2}:\d{2}(?::\d{2})?(?![\d.:])(?: ?[ap]\.?m\.?)?/gi,
      /(?<![\d.])\d{1,2}[时点]\d{1,2}分/g,
    ],
  },
  {
    reason: 'code or telephone number',
    patterns: [
      /(?<![\w.])[A-Z]{1,6}-?\d[\w-]{0,20}/g,
      /(?<![\w.])\d{5,30}[A-Za-z][\w/-]{0,40}/g,
      /(?<![\w.$€£¥])(?!\d{1,12}(?:GW|MW|KW|USD|CNY|RMB|EUR)\b)\d{1,12}[A-Z]{2,12}\b/g,
      /(?<![\w.-])0\d{2,3}-\d{7,8}\b/g,
      /(?<![\w.-])(?!(?:19|20)\d\d-\d\d-\d\d(?!\d))\d{3,5}(?:-\d{2,8}){2,6}(?![\d.])/g,
      /(?:电话|邮编|邮政编码|传真|账号|编号|代码|证号|身份证|学号|\b(?:tel|phone|fax|postcode|zip)\b)[^\d\n]{0,8}\d[\d-]{2,30}/gi,
      /\d[\d,]{400,}(?:\.\d{1,1000})?|\d{1,400}\.\d{40,}/g,
    ],
  },
  {
    reason: 'five-year plan',
    patterns: [/[“"'‘「]?(?:一|二|三)?十[一二三四五六七八九]?五[”"'’」](?:时期|期间|规划|末)?/g],
  },
  { reason: 'day of a month', patterns: [/(?<![\d.])(?:3[01]|[12]\d|[1-9])日(?!均)/g] },
  {
    reason: FIXED_PHRASE,
    patterns: [
      /两不愁|三保障|两委|三产|一带一路|三农|三区三州|三支队伍|双一流|一卡通|一站式|一条龙|一揽子|两条底线|三次产业/g,
      /[两三四五六七八九]个(?:确保|坚持|维护|意识|自信|全面|结合|不摘|不变|机制|清单|到位|赋予|离不开|认同|一批)/g,
      /一[村户人县乡企岗] ?一 ?[\u4e00-\u9fff]{1,2}|一对[一二多]|千方百计|百分百|十二分|一五一十|一二三四/g,
      /一体|统一|一些|一方面|另一方面|一律|一步|一定|一起|一致|一线|一般|一直|一切|唯一|(?<!分)之[一二]|同一|进一步|万众|万元户|千家万户|五保|三变|一系列|一流|第一|十分(?!之)|百年|八一|三八|五四|七一|十一(?!月)|一同|一旦|一样|一共|一心|一把手|一手|一把|一带|一时|一度|一经|一下|一道|一面|一并|一概|一贯|一向|一举|一再|逐一|万一|不一|单一|专一|三峡|四川|三亚|九江|五星|六一|三明|百色|千万不|亿万|万里|百姓|四季|五官|五金|三轮|三角|千里|千古|万物|万事|十足|八方|四面|四周|三甲|四好|五个一|四不|两新|两后生|两癌|两手|两岸|两会|两者|两级|两地|两头|两类|一类|二类|三类/g,
      /零(?:就业|工|售|星|距离|容忍|报告|风险|散|增长|突破|碳|部件)/g,
      /二维|三维|五一(?!\d)|九年义务|三下乡|三支一扶|一窗/g,
    ],
  },
];
