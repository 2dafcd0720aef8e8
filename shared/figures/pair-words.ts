import { anyOf, type Wording } from './wording.ts';

/** Words beside and between two figures that say how they belong together. */

const ABOUT_EN = '(?:about |some |nearly |just |only )?';

/** “From A to B”: what stands before A, between, and before B. */
const FROM =
  /(?<!\b(?:rang|var)(?:ed?|es|ing|y|ies|ied) )\bfrom (?:\w+ |(?:an?|the|its) (?:average|total|estimated|initial|original|low|high|peak) (?:of )?)?$|(?:%|percent|per cent) ?[(]$|[由从](?:[^，。；]{0,12})$/i;
const FROM_TO =
  /^(?:(?!.{0,20}, (?:while|whereas|but|and|with) )[^.;。；]{0,30}|(?:(?!\b(?:and|but|while|which|when|who)\b)[^.;。；]){0,64} )(?:\bto (?:\w+ )?|(?:增加|提高|上升|下降|降低|降|增长|减少|增|减|升|扩|缩|扩大|缩小|缩减|[上下]跌|[上下]涨|跌|涨|回升|回落|提升|攀升|[上下]调)(?:到|至|为)[^，。；]{0,10})$/i;
export const isFromTo = (before: string, between: string): boolean => FROM.test(before) && FROM_TO.test(between);

/** “By A to B”: the change, and what came of it. */
export const BY_TO = /^(?: [a-z-]+){0,2} to (?:\w+ )?$/i;

const EARLIER: readonly Wording[] = [
  {
    name: 'up from',
    example: '640 workers, up from about §',
    pattern: /\b(?:up|down) from (?:(?!(?:to|and)\b)[\w’'-]+ ){0,4}$/i,
  },
  {
    name: 'down from a final count of',
    example: '4,383, down from a final count of §',
    pattern: /\b(?:up|down) from (?:an?|the|its) (?:[a-z]+ ){1,3}(?:of|in|for) $/i,
  },
  {
    name: 'compared with',
    example: '640, compared with about §',
    pattern: /\bcompared (?:with|to) (?:(?!(?:to|and)\b)[\w’'-]+ ){0,4}$/i,
  },
  {
    name: 'compared to exports of',
    example: '640 tonnes, compared to exports of §',
    pattern: /\bcompared (?:with|to) (?:[a-z]+ ){1,3}of $/i,
  },
  { name: 'versus', example: '640 versus §', pattern: /\b(?:versus|vs\.?) (?:(?!(?:to|and)\b)[\w’'-]+ ){0,4}$/i },
  { name: 'against', example: '640 against about §', pattern: /\bagainst (?:(?!(?:to|and)\b)[\w’'-]+ ){0,4}$/i },
  { name: '上年同期为', example: '上年同期为§', pattern: /(?:上年|去年|同期)(?:为|的)? ?$/i },
];
/** “…, up from A”: the earlier value comes second. */
export const EARLIER_SECOND = anyOf(EARLIER);

const OF_EARLIER_YEAR: readonly Wording[] = [
  {
    name: '去年',
    example: '去年实际完成§',
    pattern: /(?:上年|去年|上一年|同期)(?![^，。；\d]{0,7}[多少增减升降])[^，。；\d]{0,8}$/i,
  },
  { name: 'the year before', example: 'The year before, §', pattern: /\b(?:the|a) year (?:before|earlier),? ?$/i },
];
/** The value of an earlier year: 去年实际完成1.26万人. */
export const IS_EARLIER = anyOf(OF_EARLIER_YEAR);

const THEN =
  '(?:上年|去年|上一年|同期|上年同期|(?:19|20)\\d\\d年|上[月周]|上季度|年初|月初|\\d{1,2}月(?:\\d{1,2}日|[初中底末])?)';
/** What follows is a change since then: 比上年多吸纳1,216人, 比2017年增收12423万元. */
export const SINCE_THEN = new RegExp(`[比较]${THEN}[^，。；\\d]{0,4}[增减多少升降扩缩][^，。；\\d]{0,4}$`);
/** What is compared with: 较2021年的9,870人, 比上年同期7,566人. */
export const COMPARED_WITH = new RegExp(`[比较]${THEN}?[^，。；\\d]{0,8}$`);

/** “… percent of the”, before the whole. */
export const SHARE_OF =
  /^[ —–,-]{0,3}of (?:(?:the|all|its|their|those|these|total)\b(?:(?!\b(?:over|under|aged?|than)\b)[^,.;\d]|U\.S\.){0,32}|(?:about |some |nearly |an? (?:estimated|total of) )?)$/i;
/** “That is 40 percent of the total”: of what the sentence before names. */
export const THAT_IS =
  /^(?:that|this|they|these|it|which)\b(?: [a-z]+){0,2} (?:is|was|are|were|represent\w*|account\w* for|ma(?:d|k)es? up|mean[st]|(?:come|came|amount|correspond)\w* to)\b[^.;\d]{0,30}$/i;
export const OF_THE_TOTAL = /^ ?(?:of (?:the (?:\w+ )?(?:total|whole)|all|them)\b|[.,;])/i;
/** “1,650 of them”, after a part. */
export const OF_THEM = /^ of (?:them|these|those|which|whom)\b/i;
/** 占总人数, 是2019年吸纳人数, before the whole. */
export const SHARE_OF_WHOLE = /(?:占|，(?:约)?(?:是|为|相当于))(?:(?:19|20)\d\d年)?[^，。；\d]{0,14}$/;
/** “62,037, or 2.8 percent”: the same change. */
export const OR_SAME =
  /^[a-z]{0,3}(?: [a-z-]+){0,2}(?:,? or | ?[(](?:or )?)(?:by )?(?:about |some |nearly |almost )?$/i;

const FROM_EARLIER: readonly Wording[] = [
  {
    name: 'percent increase from last year’s',
    example: '§1 increase from last year’s §2',
    pattern:
      /^(?: (?!(?:and|but|while|to|of|in)\b)[a-z-]+){0,3} (?:from|over|than|versus|against|below|above|under|ahead of|behind|on|compared (?:with|to)) (?:(?!(?:to|and|in|by)\b)[a-z’'-]+ ){0,5}(?:of )?(?:about |some |nearly |almost |close to |just (?:over|under) )?$/i,
  },
  {
    name: 'percent discount to the price of',
    example: '§1 discount to its market price of §2',
    pattern: /^ (?:discount|premium) to (?:(?!(?:to|and|in|by)\b)[a-z’'-]+ ){0,6}(?:about )?$/i,
  },
  {
    name: 'percent, from net sales of',
    example: '§1, from sales of §2',
    pattern: /^, from (?:(?!(?:to|and|in|by)\b)[a-z’'-]+ ){0,5}(?:about |some |nearly )?$/i,
  },
  {
    name: 'percent compared to',
    example: '§1 sequentially compared to §2',
    pattern: /^(?: [a-z-]+)? compared (?:with|to) (?:\w+ )?$/i,
  },
  {
    name: 'percent higher than the',
    example: '§1 higher than the §2',
    pattern: /^ (?:higher|lower|more|less|fewer|greater) than (?:the )?$/i,
  },
  {
    name: 'percent from',
    example: '§1 from the earlier §2',
    pattern:
      /^(?: year[- ]on[- ]year| on the year| compared| in (?:a|one) year)? (?:from|on|over) (?:(?:the|about|some|its|an?|the (?:original|previous|earlier|initial)|previously) )?$/i,
  },
  {
    name: 'percent increase from yearend 2021 (…)',
    example: '§1 increase from yearend 2021 (§2',
    pattern:
      /^(?: or \d[\d,.]*(?: (?:million|billion|thousand))?(?: [a-z-]+)?)?(?: (?:increase|decrease|rise|drop|fall|decline|gain))? (?:from|over|on|than|since|compared (?:with|to))\b[^.;()\d]{0,40}(?:(?:19|20)\d\d )?[(]$/i,
  },
];
/** “Down 12 percent from 1 billion”, between the percentage and the earlier value. */
export const PERCENT_FROM = anyOf(FROM_EARLIER);

/** “73 percent of the 8,000 workers, or 5,840”, between the whole and the part. */
/** “60 percent, or 185 million”, “25% of all applications, or 217,735”, “31 percent (1,240”: between the share and the part. */
export const OR_PART_AFTER =
  /^(?:(?: of [a-z’' -]{1,48})?(?:,? (?:or,?|i\.e\.,|that is,) |,(?=$)| ?-+ ?)|,? [(])(?:about |some |nearly |over )?$/i;
export const OR_PART = /^(?: [a-z-]+){0,3}, or (?:about |some |nearly )?$/i;

const BETWEEN_PART_AND_WHOLE: readonly Wording[] = [
  { name: 'of', example: '§1 of §2', pattern: /^ of $/i },
  {
    name: 'of the',
    example: '§1 women of the §2',
    pattern: /^(?: [a-z-]+)? of (?:the|its|their|all)(?: [a-z’'-]+)? $/i,
  },
  {
    name: 'out of',
    example: '§1 out of a total population of §2',
    pattern:
      /^(?: [a-z-]+){0,8},? [(]?out of (?:(?:the|its|their|all|an?) )?(?:[a-z-]+ ){0,2}(?:(?:population|workforce|total) of )?$/i,
  },
];
/** “763 of the 1,850 applicants”, “96 of 128”, between part and whole. */
export const OF_THE_WHOLE = anyOf(BETWEEN_PART_AND_WHOLE);

const PARTS: readonly Wording[] = [
  {
    name: 'of these',
    example: 'Of these, §',
    pattern: /\b(?:of|among) (?:these|them|those|whom|which),? ?(?:\w+ )?$/i,
  },
  {
    name: 'of the 640 workers,',
    example: 'Of the 640 workers who came, some §',
    pattern:
      /(?<!\b(?:made up|consist(?:s|ed|ing)|composed|total|number|group|party) )\bof (?:(?:the|its|their|all|these|those) )?(?:(?:approximately|estimated|some|about) )?\d+ [a-z ]{1,40}(?:(?:19|20)\d\d)?(?:, |(?:,? (?:approximately|some|about|only|nearly|just|roughly|around) ))$/i,
  },
  {
    name: '件案件中',
    example: '2527件案件中，有§',
    pattern: /\d[万亿]?[^，。；、\d]{1,20}(?:之)?中，?[^，。；\d]{0,8}$/i,
  },
  { name: '其中', example: '其中妇女§', pattern: /(?:其中|之中)[^。；\d]{0,12}$/i },
];
/** A part of what was counted before. */
export const PART_OF = anyOf(PARTS);

const TOTALS: readonly Wording[] = [
  { name: '合计', example: '合计输出§', pattern: /(?:合计|共计|总计|总共|总数|累计|共)[^，。；]{0,6}$/i },
  { name: '相加', example: '二者相加，达到§', pattern: /(?:相加|加起来|加在一起|加总)，?[^，。；\d]{0,4}$/i },
  {
    name: 'a total of',
    example: 'for a total of §',
    pattern: /\b(?:total|totall?ing|altogether|in all|combined|summing up|adding up to|making(?! up))\b[^.;]{0,24}$/i,
  },
];
export const TOTAL = anyOf(TOTALS);

const SUMS: readonly Wording[] = [
  { name: '合计', example: '合计§', pattern: /(?:合计|共计|总计)(?:为|达)? ?$/i },
  {
    name: '相加',
    example: '二者相加，达到§',
    pattern: /(?:相加|加起来|加在一起|加总)，?(?:共|总共|就?是|为|达到?|等于|得)? ?$/i,
  },
  {
    name: ', a total of',
    example: '312 men and 208 women, a total of §',
    pattern: /(?:, (?:for |or )?a total of|, totall?ing|, bringing the total to|, making(?: a total of)?) $/i,
  },
];
/** Right before the total of what was named: two parts that don’t give it are reported as well. */
export const SUMMED_UP = anyOf(SUMS);
/** “… altogether”, after the total. */
export const TOTAL_AFTER = /^ ?(?:[a-z]+ )?(?:altogether|in total|in all)\b/i;
/** “Collectively, Europe and the Americas host”: before the sum of two shares. */
export const SHARES_SUMMED_UP =
  /\b(?:collectively|together|combined|in total|altogether|taken together)\b[^.;\d]{0,100}$|(?:合计|共计|两者|两项)[^，。；\d]{0,10}$/i;

const BEFORE_PARTS: readonly Wording[] = [
  { name: '其中', example: '§，其中男性', pattern: /^[^。；\d]{0,12}(?:其中|包括|分别为)/i },
  { name: '户 and 人', example: '§3122人（其中', pattern: /^\d[\d.,]*万?[人户][^。；\d]{0,6}其中/i },
  {
    name: '增长4.3%，其中…分别',
    example: '§、增长4.3%，其中第一产业、第二产业分别完成',
    pattern: /^[，、][^，。；\d]{0,8}\d[\d.]*%[，。][^。；\d]{0,4}其中[^。；\d]{0,30}分别/i,
  },
  { name: 'in brackets', example: '§ subjects (7 men', pattern: /^[^.;()\d]{0,30}[(]\d/i },
  {
    name: 'a dash',
    example: '§ people - 40 clients and 17 guests',
    pattern: /^[^.;()\d]{0,40}(?: [–—-]+ ?|,)\d[\d,.]*(?: [a-z-]+){1,4}(?:,| and) /i,
  },
  { name: 'a colon', example: '§: 640 men', pattern: /^: ?\d/i },
  { name: 'a colon and words', example: '§: full-time employment 640', pattern: /^: [^.;:\d]{3,40}\d/i },
  {
    name: 'consisting of',
    example: '§ workers, including 640 women',
    pattern: /^[^.;\d]{0,40}\b(?:made up of|consisting of|comprising|includ(?:ing|ed|es)|of whom|of which)\b/i,
  },
  {
    name: '640 of them',
    example: '§ workers, 640 of them women',
    pattern: /^[^.;\d]{0,40}, [\d,.]+ of (?:them|these|which|whom)\b/i,
  },
];
/** After a total, before its parts. */
export const PARTS_AFTER = anyOf(BEFORE_PARTS);

const SAME: readonly Wording[] = [
  { name: 'in brackets', example: '§1（约§2', pattern: /^(?: [a-z]+)? ?[(（](?:or |about |约|合|折合|即)? ?$/i },
  { name: '即', example: '§1，即§2', pattern: /^[，,]? ?(?:即|约合|合|折合|相当于|合计约?)约? ?$/i },
  {
    name: 'or',
    example: '§1 hectares, or about §2',
    pattern:
      /^(?: [a-z]+)?(?: of [a-z]+)?(?:,? (?:or|equal to|equivalent to|that is,?|i\.e\.,?)(?: about| some)?|, (?:about|some|roughly)) $/i,
  },
];
/** Between a value and the same value in another unit. */
export const SAME_IN_WORDS = anyOf(SAME);

const CHANGED_BY: readonly Wording[] = [
  {
    name: 'reducing by',
    example: 'from 320 to 250, reducing by more than §',
    pattern:
      /\b(?:reducing|increasing|falling|rising|growing|declining|dropping|decreasing) by (?:more than |over |about |some |nearly )?$/,
  },
  {
    name: '年时间减少',
    example: '从9899万人减少到1660万人，6年时间减少了§',
    pattern: /(?:增加|减少|增长|下降|下跌|上升|净增|净减|增|减)(?:了|约|近)*[^，。；\d]{0,8}$/,
  },
  {
    name: 'an increase of',
    example: 'from 320 to 410, an increase of about §',
    pattern: new RegExp(`\\b(?:an? )(?:increase|rise|gain|decrease|decline|drop|fall|loss|reduction) of ${ABOUT_EN}$`),
  },
];
/** 面积增加约73千公顷: by how much, not how much it is. */
export const BARE_CHANGE =
  /(?:增加|减少|扩大|缩小|增产|减产|增收|减收|增支|减支)(?:了|约|近)*(?:\d[\d.]*[万亿]?[^，。；\d]{0,3}[、和])? ?$|\b(?:increasing|rising|growing|climbing|falling|declining|decreasing|dropping) (?:by )?(?:about |some |nearly )?$/i;

/** After “from A to B”, before how much that is. */
export const CHANGE_BY = anyOf(CHANGED_BY);

/** All lists, and on which side of the figures their words stand: for the test that reads the examples. */
export const PAIR_WORDINGS: Readonly<
  Record<string, { readonly side: 'before' | 'between' | 'after'; readonly wordings: readonly Wording[] }>
> = {
  'the earlier value': { side: 'before', wordings: EARLIER },
  'of an earlier year': { side: 'before', wordings: OF_EARLIER_YEAR },
  'percent from': { side: 'between', wordings: FROM_EARLIER },
  'part and whole': { side: 'between', wordings: BETWEEN_PART_AND_WHOLE },
  'a part': { side: 'before', wordings: PARTS },
  'a total': { side: 'before', wordings: TOTALS },
  'a sum': { side: 'before', wordings: SUMS },
  'before parts': { side: 'after', wordings: BEFORE_PARTS },
  'the same value': { side: 'between', wordings: SAME },
  'a change': { side: 'before', wordings: CHANGED_BY },
};
