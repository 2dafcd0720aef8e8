/** What the words around a percentage say that it is. Patterns end, or begin, at the percentage. */
export const PAIR_CUES = ['exceeds', 'completion', 'growth', 'decline', 'share'] as const;
export type PairCue = (typeof PAIR_CUES)[number];

interface CueWords {
  readonly cue: PairCue;
  readonly before?: RegExp;
  readonly after?: RegExp;
}

/** The first that fits counts. */
const WORDS: readonly CueWords[] = [
  {
    cue: 'exceeds',
    after:
      /^ ?(?:above|over|beyond|more than|higher than) (?:the|its|their|this|that|an?) (?:[\w-]+ ){0,3}(?:quota|task|target|goal|plan|norm)|^ ?(?:more|higher) than (?:was )?(?:required|planned|targeted|assigned|called for)\b/i,
    before:
      /(?:超额完成|超过|超出|超)[^，。；]{0,16}$|\b(?:exceed|surpass|over(?:shot|shoot|ran|run|fulfil|achiev)|outstrip|beat|beaten|topped|above)\w*[^.;]{0,80}\bby (?:\w+ )?$/i,
  },
  {
    cue: 'completion',
    before:
      /(?:完成|为|达到?|是|占)[^，。；]{0,10}(?:任务|指标|计划|目标)[^，。；]{0,14}$|完成率[^，。；]{0,4}$|完成 ?$|\b(?:complet|fulfil|achiev|accomplish|reach|met|completion rate)\w*[^.;]{0,40}$/i,
    after:
      /^ ?of (?:(?:the|its|their|this|that) (?:[\w,-]+ ){0,3})?(?:quota|task|target|goal|plan|norm)|^ ?(?:had|has|have|was|were) (?:already )?(?:been )?(?:met|fulfilled|completed|achieved|reached)\b/i,
  },
  {
    cue: 'decline',
    before:
      /(?:下降|减少|降低|回落|减产|缩减|下跌|负增长)(?:了|约|近|超)?(?:为|达)? ?$|\b(?:declin|decreas|fell|fall|drop|shrank|slump|plung|plummet|tumbl|shrink|slid|sank|dip|loss|down|reduc|contract|cut|slash|trimm|lower)\w*(?: (?:of|by))?[^.;,]{0,24}$|[(（][-−–] ?$|\b(?:fell|dropped|declined|decreased|shrank|went down|down from|(?:was|were|been) (?:cut|lowered|reduced|slashed))\b[^.;]{0,60}(?:, or|,? i\.e\.,?|, that is,?| [–—-])(?: by)? (?:about |some |almost |nearly |just )?$/i,
    after:
      /^ ?(?:less|fewer|lower|decline|decrease|drop|reduction|fall|cut|plunge|slump|collapse|contraction|dip|loss|(?:below|under|short of) (?:that|those|the (?:[a-z]+ )?(?:level|figure|number|total|amount|average)))\b/i,
  },
  {
    cue: 'growth',
    before:
      /(?:增长|增加|上升|提高|增幅|增速|上涨|增产|提升|同比|扩大)(?:了|约|近|超)?(?:为|达到?)? ?$|增长率[^，。；]{0,4}$|\b(?<!\b(?:ma(?:de|ke|kes|king)|bought|buys?|sets?|took|taken?|signed|end(?:ed|s)?|gave|given|add(?:ed|s|ing)?|opened) )(?:increas|grow|grew|r[io]se|risen|gain|climb|expand|jump|soar|leap|swell|up|growth|surg|rais|improv)\w*(?: (?:of|by))?[^.;,]{0,24}$|[(（]\+ ?$|\bincrease of [^.;]{1,24}\bor (?:\w+ )?$|\b(?:rose|grew|increased|climbed|went up|up from|(?:was|were|been) (?:raised|lifted|increased|expanded))\b[^.;]{0,60}(?:, or|,? i\.e\.,?|, that is,?| [–—-])(?: by)? (?:about |some |almost |nearly |just )?$/i,
    after:
      /^ ?(?:more|higher|greater|increase|growth|rise|jump|gain|surge|expansion|boost|leap|year[- ]on[- ]year|(?:above|over) (?:that|those|the (?:[a-z]+ )?(?:level|figure|number|total|amount|average)))\b/i,
  },
  {
    cue: 'share',
    before:
      /[(（](?:or |about |some |only |nearly )?$|占(?:比|总)?[^，。；]{0,16}$|比重[^，。；]{0,8}$|[^，。；\d]{1,6}率(?:达到?|为|是)?(?:约|近)? ?$|\brate of (?:\w+ )?$|\b(?:or|i\.e\.,?|that is,?|account\w* for|represent\w*|compris\w+|ma(?:d|k)e?(?:s|ing)? up|share of|proportion of|equivalent to|equal to|correspond\w* to|(?:which (?:means|meant)|meaning) that)(?: (?:about|some|nearly|almost|around|roughly|only|just|merely|a mere|(?:just|well) (?:over|under)|close to))? $/i,
    after:
      /^ ?of (?:the|all|its|their|this|that|those|these|them|[a-z]+ (?:output|production|exports|imports|demand|supply|capacity|sales|population|workforce|households|residents|workers|employees|labou?r|income|spending|land))\b|^ ?of (?:total|regional|national)\b/i,
  },
];

const COMPARED_AFTER = WORDS.filter(({ cue }) => cue !== 'share' && cue !== 'completion');

/** An average of several years is no growth between two of them. */
const A_YEAR =
  /年均|年平均|\b(?:annual(?:ly)? average|average annual(?:ly)?|annually|per year|(?<!(?:in|of|after|over|than|half) )a year(?! (?:before|earlier|ago|on year)))\b/i;
const A_YEAR_AFTER = /^ ?(?:annually|per year|a year|per annum|each year|on average)\b/i;
/** “9,510 of them, 30 percent, signed”. */
const APART_BEFORE = /[a-z](?:,|:| [–—-]) $/i;
const APART_AFTER = /^(?:[,.;)]| [–—-] |$)/;
/** What the words say that a percentage is, the most telling first: what follows it (“28 percent less than”) says more than what came before. */
export function cuesOf(before: string, after: string): PairCue[] {
  if (A_YEAR.test(before.slice(-40)) || A_YEAR_AFTER.test(after)) return [];
  const said = [
    ...COMPARED_AFTER.filter((words) => words.after?.test(after) === true),
    ...WORDS.filter((words) => words.before?.test(before) === true || words.after?.test(after) === true),
  ].map(({ cue }) => cue);
  if (said.length === 0 && APART_BEFORE.test(before) && APART_AFTER.test(after)) return ['share'];
  return [...new Set(said)];
}
/** Null: nothing says what the percentage is of. */
export const cueOf = (before: string, after: string): PairCue | null => cuesOf(before, after)[0] ?? null;

/** “From A to B”: what stands before A, between, and before B. */
const FROM = /\bfrom (?:\w+ )?$|[由从](?:[^，。；]{0,12})$/i;
const FROM_TO =
  /^[^.;。；]{0,30}(?:\bto (?:\w+ )?|(?:增加|提高|上升|下降|降低|降|增长|减少|增|升|扩大)(?:到|至|为)[^，。；]{0,10})$/i;
export const isFromTo = (before: string, between: string): boolean => FROM.test(before) && FROM_TO.test(between);

/** “By A to B”: the change, and what came of it. */
export const BY_TO = /^(?: [a-z-]+){0,2} to (?:\w+ )?$/i;
/** “…, up from A”: the earlier value comes second. */
export const EARLIER_SECOND =
  /(?:\b(?:up|down) from|\bcompared (?:with|to)|\bagainst) (?:\w+ )?$|(?:上年|去年|同期)(?:为|的)? ?$/i;
/** The value of an earlier year: 去年实际完成1.26万人. */
export const IS_EARLIER =
  /(?:上年|去年|上一年|同期)(?![^，。；\d]{0,7}[多少增减升降])[^，。；\d]{0,8}$|\b(?:the|a) year (?:before|earlier),? ?$/i;
/** What follows is a change since then: 比上年多吸纳1,216人. */
export const SINCE_THEN = /[比较](?:上年|去年|上一年|同期|上年同期)[^，。；\d]{0,4}[增减多少升降][^，。；\d]{0,4}$/;
/** What is compared with: 较2021年的9,870人, 比上年同期7,566人. */
export const COMPARED_WITH = /[比较](?:上年|去年|上一年|同期|上年同期|(?:19|20)\d\d年)?[^，。；\d]{0,8}$/;
/** “… percent of the”, before the whole. */
export const SHARE_OF = /^ of (?:the|all|its|their|those|these)\b[^,.;\d]{0,24}$/i;
/** “That is 40 percent of the total”: of what the sentence before names. */
export const THAT_IS =
  /^(?:that|this|they|these|it|which)\b(?: [a-z]+){0,2} (?:is|was|are|were|represent\w*|account\w* for|ma(?:d|k)es? up|mean[st]|(?:come|came|amount|correspond)\w* to)\b[^.;\d]{0,30}$/i;
export const OF_THE_TOTAL = /^ ?(?:of (?:the (?:\w+ )?(?:total|whole)|all|them)\b|[.,;])/i;
/** “1,650 of them”, after a part. */
export const OF_THEM = /^ of (?:them|these|those|which|whom)\b/i;
/** 占总人数, before the whole. */
export const SHARE_OF_WHOLE = /占[^，。；\d]{0,14}$/;
/** “Down 12 percent from 1 billion”, between the percentage and the earlier value. */
export const PERCENT_FROM =
  /^(?: year[- ]on[- ]year| on the year| compared| in (?:a|one) year)? (?:from|on|over) (?:(?:the|about|some|its|an?|the (?:original|previous|earlier|initial)|previously) )?$/i;
/** “73 percent of the 8,000 workers, or 5,840”, between the whole and the part. */
export const OR_PART = /^(?: [a-z-]+){0,3}, or (?:about |some |nearly )?$/i;
/** “763 of the 1,850 applicants”, “96 of 128”, between part and whole. */
export const OF_THE_WHOLE =
  /^ of $|^(?: [a-z-]+)? of (?:the|its|their|all)(?: [a-z’'-]+)? $|^(?: [a-z-]+){0,2} [(]?out of (?:(?:the|its|their|all|an?) )?(?:[a-z-]+ ){0,2}(?:(?:population|workforce|total) of )?$/i;
/** A part of what was counted before. */
export const PART_OF =
  /\b(?:of|among) (?:these|them|those|whom|which),? ?(?:\w+ )?$|\bof (?:(?:the|its|their|all) )?\d+ [a-z ]{1,24}(?:, |(?:,? (?:some|about|only|nearly|just|roughly|around) ))$|(?:其中|之中)[^。；\d]{0,12}$/i;
export const TOTAL =
  /(?:合计|共计|总计|总共|总数|累计|共)[^，。；]{0,6}$|\b(?:total|totall?ing|altogether|in all|combined|adding up to|making(?! up))\b[^.;]{0,24}$/i;
/** Right before the total of what was named: two parts that don’t give it are reported as well. */
export const SUMMED_UP =
  /(?:合计|共计|总计)(?:为|达)? ?$|(?:, (?:for |or )?a total of|, totall?ing|, bringing the total to|, making(?: a total of)?) $/i;

/** “… altogether”, after the total. */
export const TOTAL_AFTER = /^ ?(?:[a-z]+ )?(?:altogether|in total|in all)\b/i;
/** After a total, before its parts. */
export const PARTS_AFTER =
  /^[^。；\d]{0,12}(?:其中|包括|分别为)|^: ?\d|^[^.;\d]{0,40}\b(?:made up of|consisting of|comprising|including|of whom|of which)\b|^[^.;\d]{0,40}, [\d,.]+ of (?:them|these|which|whom)\b/i;

/** Between a value and the same value in another unit. */
export const SAME_IN_WORDS =
  /^(?: [a-z]+)? ?[(（](?:or |about |约|合|折合|即)? ?$|^[，,]? ?(?:即|约合|合|折合|相当于|合计约?)约? ?$|^(?: [a-z]+)?(?: of [a-z]+)?(?:,? (?:or|equal to|equivalent to|that is,?|i\.e\.,?)(?: about| some)?|, (?:about|some|roughly)) $/i;

const ABOUT = '(?: ?(?:about|over|nearly|some|more than|almost|roughly|only|just|约|近|超过?|达到?|为))?';
const SINCE = '(?:同比|环比|(?:比|较)(?:上年|去年|上一年|上月|上季度|(?:19|20)\\d\\d年)(?:末|底|同期)?)';
/** What stands between a value and the percentage that is said of it, and nothing else. */
const ATTACHED: Record<PairCue, RegExp> = {
  growth: new RegExp(
    `^[，、]? ?(?:${SINCE} ?)?(?:实际|名义)?(?:增长|增加|提高|上升|上涨|增产|增幅)(?:了|为)?${ABOUT} ?$|^(?: (?:[a-z-]+|(?:19|20)\\d\\d)){0,5},? (?:up|an? (?:[a-z-]+ )?(?:increase|rise|growth|jump|gain|surge|leap|expansion|improvement) of|increasing|rising|growing|climbing|expanding|jumping)(?: by)?${ABOUT} $`,
    'i',
  ),
  decline: new RegExp(
    `^[，、]? ?(?:${SINCE} ?)?(?:实际|名义)?(?:下降|减少|降低|回落|减产|降幅)(?:了|为)?${ABOUT} ?$|^(?: (?:[a-z-]+|(?:19|20)\\d\\d)){0,5},? (?:down|an? (?:[a-z-]+ )?(?:decrease|decline|drop|fall|reduction|contraction|cut|loss|slump|plunge|dip) of|falling|decreasing|declining|dropping|shrinking)(?: by)?${ABOUT} $`,
    'i',
  ),
  share: new RegExp(
    `^[，、] ?约?占[^，；。]{1,16}$|^(?: [a-z-]+){0,5},? (?:or|accounting for|representing|making up|comprising|equivalent to)${ABOUT} $|^(?: [a-z-]+){0,3}, $|^，其中 ?$`,
    'i',
  ),
  completion: new RegExp(
    `^[，、] ?(?:占|为|已|达到)?(?:完成|年度|全年)[^，；。]{0,16}$|^(?: [a-z-]+){0,5},? (?:or|completing|fulfilling|achieving|reaching)[a-z ]{0,20} $`,
    'i',
  ),
  exceeds: /^[，、] ?(?:超额|超)[^，；。]{0,20}$|\b(?:exceeding|surpassing)\b[^.;]{0,60} by $/i,
};
export const isAttached = (cue: PairCue, between: string): boolean => ATTACHED[cue].test(between);
