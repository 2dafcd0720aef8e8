/* What citations look like, as patterns. Each looks at a bounded number of characters from its start. */

/** Words before a citation that are not part of it. */
export const LEAD =
  /^(?:(?:archived (?:copy|version|page)|see(?: also)?|cf\.|e\.g\.,?|i\.e\.,?|(?:as )?(?:quoted|cited|reported) (?:in|by)|according to|via|参见|详见|另见|见|转引自|引自|据|存档)[ :：,，]{0,2})+/i;

const CAPTION_WORDS =
  '(?:Sources?|(?:Image|Photo|Picture)s?(?: credits?| source)?|Photograph(?: by)?|Credits?|资料来源|图片来源|来源|图源|供图)[ ]?[:：][ ]?';
export const CAPTION = new RegExp(`^${CAPTION_WORDS}`, 'i');
/** “Photograph: the square. Source: Xinhua, May 3, 2019”: the last such word of a line says who is cited. */
export const LAST_CAPTION = new RegExp(`^.{0,300}(?:^|[.。;；] ?)${CAPTION_WORDS}`, 'i');
export const CAPTION_LINE = new RegExp(`(?:^|(?<=[.。] ?))${CAPTION_WORDS}.{2,300}$`, 'gim');

export const BRACKETS = /[（(]([^()（）\n]{3,300})[)）]/g;
export const FOOTNOTE = /^\[\^?\d{1,4}\]:?[ \t]+(.{3,600})$/gm;
/** A footnote's mark in a sentence, where the note itself is the citation. */
export const FOOTNOTE_MARK = /\[\^?\d{1,4}\]/;

const YEARS = '(?:19|20)\\d\\d[a-e]?';
const PAGES = '(?:[,:：] ?(?:pp?\\. ?)?\\d[\\d–-]{0,12})?';
export const AUTHOR_YEAR = new RegExp(
  `^(\\p{Lu}[\\p{L}’'.& -]{1,80}?|[\\u4e00-\\u9fff·、和与等]{2,20}?)[,，]? ?(${YEARS})年?(?:[,，] ?${YEARS})*${PAGES}$`,
  'u',
);
const NAME =
  "(?!(?:In|The|As|See|But|And|While|For|By|To|At|Both|Also|Like|Since|Finally|However|Moreover|Furthermore|Indeed|Thus|Hence|Then|First|Second|Third|Similarly|Likewise|Recently|Earlier|Later|Following|Beginning|Although|When|Where|After|Before|With|From|On|Of)\\b)\\p{Lu}[\\p{L}’'-]{1,40}";
/** “Zenz (2020) writes”, “Lehr and Bechrakis (2019: 14)”. */
export const NARRATIVE = new RegExp(
  `(?<![\\p{L}’-])(${NAME}(?:(?:,? and| &|,)? ${NAME}){0,3}(?: et al\\.(?:[’']s|,)?)?) [（(](${YEARS})${PAGES}[)）]`,
  'gu',
);
/**
 * A Chinese author before a year in brackets: 郑国恩（2020）认为 (“Zenz (2020) holds”). A verb of saying or finding must follow, since years stand
 * after places too.
 */
export const NARRATIVE_ZH = new RegExp(
  `(?<![\\u4e00-\\u9fff])([\\u4e00-\\u9fff·]{2,6}?)[（(](${YEARS})年?${PAGES}[)）](?=认为|指出|发现|表示|写道|统计|估计|研究|称)`,
  'gu',
);
/** Words of place before a name and a year, which are then no citation: “were sent to Hotan (2019)”. */
export const PLACE_BEFORE =
  /(?<!\b(?:according|as|seen|shown|found|used|argued|outlined|described|detailed|discussed|presented|proposed|reported|suggested) )\b(?:to|in|at|near|from|for|around|outside) $/i;
/** Two names or “et al.” are authors and no place: “In Oreg and Nov (2008)”. */
export const SEVERAL_AUTHORS = / (?:and|&) | et al\./;

export const NO_DATE = /^(.{2,80}?)(?:, (?:n\.d\.|undated|no date)|，(?:无日期|日期不详))$/;
export const IBID = /^(?:ibid\.?|同上|同前)(?:,? ?(?:pp?\. ?)?\d[\d–-]{0,12})?\.?$/i;

/** The name of a publisher begins with a capital or a Chinese character. */
const PUBLISHER = /^[\p{Lu}\p{Lo}“"‘《]/u;
const NO_PUBLISHER = [
  /^(?:the |a |an )?(?:in|until|since|from|between|by|or|and|about|approximately|over|as of|born|died|population|quota)\b/i,
  /^(?:phase|stage|part|section|chapter|table|figure|fig|annex|appendix|round|version|volume|article|decree|circular|notice|order|document|announcement|directive|resolution|bulletin)\.? (?:nos?\.? ?)?(?:[ivx]+|\d+|[A-Z])\b/i,
  /^(?:January|February|March|April|May|June|July|August|September|October|November|December)$/,
  /^(?:其中|截至|截止|包括|共有|共计|计划|预计|以下简称|例如|[自从于约共在]\d)|[自从至到于在]$/,
  /[$€£¥%]|\b(?:RMB|USD|percent|per cent)\b|\d(?:\.\d+)?[万亿]?(?:亩|人|户|元|个|名|吨|公顷)/,
];
/** Places after which a year in brackets is a time and no citation: “Xinjiang (2017)”. */
const PLACES = [
  'Xinjiang|Tibet|Guangxi|Ningxia|Inner Mongolia|Gansu|Qinghai|Shaanxi|Shanxi|Sichuan|Yunnan|Guizhou|Guangdong|Fujian|Zhejiang|Jiangsu',
  'Anhui|Hubei|Hunan|Henan|Hebei|Jiangxi|Shandong|Liaoning|Jilin|Heilongjiang|Hainan|Beijing|Shanghai|Tianjin|Chongqing|Hong Kong|Macau',
  'Urumqi|Ürümqi|Kashgar|Hotan|Aksu|Turpan|Hami|Korla|Karamay|Shihezi|Kizilsu|Bayingolin|Changji|Altay|Tacheng|Ili|Yarkand|Lhasa',
  'China|Taiwan|Japan|South Korea|North Korea|Korea|Mongolia|Vietnam|Cambodia|Laos|Thailand|Myanmar|Malaysia|Indonesia|Singapore',
  'Philippines|India|Pakistan|Bangladesh|Nepal|Sri Lanka|Afghanistan|Kazakhstan|Kyrgyzstan|Uzbekistan|Tajikistan|Turkmenistan|Turkey',
  'Iran|Iraq|Syria|Jordan|Lebanon|Israel|Saudi Arabia|Qatar|Russia|Ukraine|Belarus|Poland|Germany|France|Italy|Spain|Portugal|Greece',
  'Sweden|Norway|Finland|Denmark|Netherlands|Belgium|Austria|Switzerland|Hungary|Romania|Bulgaria|Ireland|England|Scotland|Wales|Britain',
  'United Kingdom|UK|United States|USA|US|Canada|Mexico|Guatemala|Honduras|Brazil|Argentina|Chile|Peru|Colombia|Bolivia|Ecuador|Venezuela',
  'Egypt|Morocco|Tunisia|Algeria|Libya|Sudan|Ethiopia|Eritrea|Kenya|Uganda|Tanzania|Rwanda|Nigeria|Ghana|Senegal|Mali|Malawi|Zambia',
  'Zimbabwe|Mozambique|Angola|South Africa|Namibia|Botswana|Australia|New Zealand|Africa|Asia|Europe|Central Asia|Southeast Asia',
].join('|');
const PLACE_KINDS = 'County|Prefecture|Province|District|Township|Village|City|Autonomous Region|Region|Island|Islands';
const PLACE = `(?:(?:(?:Northern|Southern|Eastern|Western) )?(?:${PLACES})|(?:\\p{Lu}[\\p{L}’'-]+ ){1,3}(?:${PLACE_KINDS}))`;
const ONLY_PLACES = new RegExp(`^${PLACE}(?:(?:,|,? and| &) ${PLACE})*$`, 'u');

/** Whether words can name a publisher or an author: no phrase such as “in Beijing”, no month, no amount, no place alone. */
export const isPublisher = (words: string): boolean =>
  PUBLISHER.test(words) && !NO_PUBLISHER.some((pattern) => pattern.test(words)) && !ONLY_PLACES.test(words);

/** What may follow the date of a citation: a page, an address, the day of access. */
export const AFTER_DATE =
  /[,，;；]? ?(?:(?:at )?(?:pp?\.|pages?|paras?\.?|paragraphs?|mins?\.?|minutes?|arts?\.|articles?|secs?\.|sections?|chs?\.|chapters?|tables?|figs?\.|§§?) ?\d[\d:.–-]{0,12}|at \d{1,2}(?::\d\d){1,2}|\d{1,2}:\d\d(?: ?[ap]\.?m\.?)?(?: GMT)?|第[\d一二三四五六七八九十]{1,3}[版页条章节段]|[<〈]?https?:\/\/[^\s，]{1,500}|(?:last )?(?:accessed|retrieved|archived|viewed)\b[^;()]{0,40}|(?:访问|检索)[^；()（）]{0,30}|(?:已)?存档)$/i;
/** If only this follows, the document has no date. */
export const READ_ONLINE = /https?:|accessed|retrieved|archived|viewed|访问|检索/i;
