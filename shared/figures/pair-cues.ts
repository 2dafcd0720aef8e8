import type { CueWording, PairCue } from './cue-wording.ts';

/** What stands between a percentage and “more” or “fewer”, perhaps the absolute change: “8,094, 1.4 percent or 111 more”, “(5.0 percent) fewer”. */
const ABSOLUTE_CHANGE_AFTER_PERCENT = '[)]?(?:,? or (?:[a-z]+ ){0,2}[£$€]?\\d[\\d,.]*(?: [a-z]+){0,2})? ';

const MORE_AFTER_PERCENT: CueWording = {
  cue: 'growth',
  side: 'after',
  name: 'or 111 more',
  example: '8,094 men, § or 111 more than in 2019',
  pattern: new RegExp(`^${ABSOLUTE_CHANGE_AFTER_PERCENT}(?:more|higher|greater)\\b`, 'i'),
};

const FEWER_AFTER_PERCENT: CueWording = {
  cue: 'decline',
  side: 'after',
  name: 'or 111 fewer',
  example: '8,094 men, § or 111 fewer than in 2019',
  pattern: new RegExp(`^${ABSOLUTE_CHANGE_AFTER_PERCENT}(?:less|fewer|lower)\\b`, 'i'),
};

const CHANGE_AFTER = '(?:, or|,? i\\.e\\.,?|, that is,?| [–—-])(?: by)? (?:about |some |almost |nearly |just )?$';
const LEVEL = '(?:that|those|the (?:[a-z]+ )?(?:level|figure|number|total|amount|average))';
/** A level to compare with: “above last year’s”, “below its peak”. “Over the previous year” is left out: it may follow a rise or a fall. */
const OTHER_LEVEL = '(?:the|last|its|their|this) [a-z-]+';

const EXCEEDS: readonly CueWording[] = [
  {
    cue: 'exceeds',
    side: 'after',
    name: 'above the target',
    example: 'It was § above its annual target',
    pattern:
      /^ ?(?:above|over|beyond|more than|higher than) (?:the|its|their|this|that|an?) (?:[\w-]+ ){0,3}(?:quota|task|target|goal|plan|norm)/i,
  },
  {
    cue: 'exceeds',
    side: 'after',
    name: 'more than planned',
    example: '§ more than was planned',
    pattern: /^ ?(?:more|higher) than (?:was )?(?:required|planned|targeted|assigned|called for)\b/i,
  },
  {
    cue: 'exceeds',
    side: 'before',
    name: '超额完成',
    example: '超额完成全年目标的§',
    pattern: /(?:超额|超过|超出|超(?!过|出|额))(?!时序|序时|时间)[^，。；]{0,16}$/i,
  },
  {
    cue: 'exceeds',
    side: 'before',
    name: 'exceeded by',
    example: 'It exceeded its quota of 600 by §',
    pattern:
      /\b(?:exceed|surpass|over(?:shot|shoot|ran|run|fulfil|achiev)|outstrip|beat|beaten|topped|above)\w*[^.;]{0,80}\bby (?:\w+ )?$/i,
  },
];

const COMPLETION: readonly CueWording[] = [
  {
    cue: 'completion',
    side: 'before',
    name: '完成任务的',
    example: '完成年度任务12000人的§',
    pattern: /(?:完成|为|达到?|是|占)[^，。；]{0,10}(?:任务|指标|计划|目标|预算数|年初预算|年度预算)[^，。；]{0,14}$/i,
  },
  { cue: 'completion', side: 'before', name: '完成率', example: '完成率达§', pattern: /完成率[^，。；]{0,4}$/i },
  { cue: 'completion', side: 'before', name: '完成', example: '完成§', pattern: /完成 ?$/i },
  {
    cue: 'completion',
    side: 'before',
    name: 'completing',
    example: 'It sent 640, completing §',
    pattern: /\b(?:complet|fulfil|achiev|accomplish|reach|met|completion rate)\w*[^.;]{0,40}$/i,
  },
  {
    cue: 'completion',
    side: 'after',
    name: 'of the quota',
    example: '§ of its annual quota',
    pattern: /^ ?of (?:(?:the|its|their|this|that) (?:[\w,-]+ ){0,3})?(?:quota|task|target|goal|plan|norm)/i,
  },
  {
    cue: 'completion',
    side: 'after',
    name: 'had been met',
    example: '§ had been met by June',
    pattern: /^ ?(?:had|has|have|was|were) (?:already )?(?:been )?(?:met|fulfilled|completed|achieved|reached)\b/i,
  },
];

const DECLINE: readonly CueWording[] = [
  FEWER_AFTER_PERCENT,
  {
    cue: 'decline',
    side: 'before',
    name: '下降',
    example: '下降了约§',
    pattern: /(?:下降|减少|降低|回落|减产|缩减|下跌|负增长|降幅|跌幅)(?:了|约|近|超){0,2}(?:为|达)? ?$/i,
  },
  {
    cue: 'decline',
    side: 'before',
    name: '负增长',
    example: '同比负增长§',
    pattern: /负增长(?:了|约|近|为|达到?)* ?$/i,
  },
  {
    cue: 'decline',
    side: 'before',
    name: '下降比例',
    example: '下降比例为§',
    pattern: /(?:下降|减少)(?:率|比例|速度|幅度)[^，。；]{0,4}$/i,
  },
  {
    cue: 'decline',
    side: 'before',
    name: 'fell by',
    example: 'Exports fell by §',
    pattern:
      /\b(?:declin|decreas|fell|fall|drop|shrank|slump|plung|plummet|tumbl|shrink|slid|sank|dip|loss|discount|down|reduc|contract|cut|slash|trimm|lower|slip|eas(?:ed|ing)\b|shed\b|weaken|halv|off\b)\w*(?: (?:of|by))?[^.;,]{0,24}$/i,
  },
  { cue: 'decline', side: 'before', name: 'minus sign', example: '420 (-§', pattern: /[(（][-−–] ?$/i },
  {
    cue: 'decline',
    side: 'before',
    name: 'fell to …, or',
    example: 'It fell from 400 to 300, or by §',
    pattern: new RegExp(
      `\\b(?:fell|dropped|declined|decreased|shrank|went down|down from|(?:was|were|been) (?:cut|lowered|reduced|slashed))\\b[^.;]{0,60}${CHANGE_AFTER}`,
      'i',
    ),
  },
  {
    cue: 'decline',
    side: 'after',
    name: 'less than',
    example: '§ less than in 2019',
    pattern: new RegExp(
      `^,? ?(?:less|fewer|lower|decline|decrease|drop|reduction|fall|cut|plunge|slump|collapse|contraction|dip|loss|discount|behind|(?:below|under|short of) (?:${LEVEL}|${OTHER_LEVEL}|(?:the )?[£$€]?(?=\\d)))\\b`,
      'i',
    ),
  },
];

const GROWTH: readonly CueWording[] = [
  MORE_AFTER_PERCENT,
  {
    cue: 'growth',
    side: 'before',
    name: '增长',
    example: '比上年增长§',
    pattern: /(?:(?<!负)增长|增加|上升|提高|增幅|增速|上涨|增产|提升|同比|扩大)(?:了|约|近|超){0,2}(?:为|达到?)? ?$/i,
  },
  {
    cue: 'growth',
    side: 'before',
    name: '增长率',
    example: '增长率为§',
    pattern: /(?:增长|增加|上升)(?:率|比例|速度|幅度)[^，。；]{0,4}$/i,
  },
  {
    cue: 'growth',
    side: 'before',
    name: 'rose by',
    example: 'Exports rose by §',
    // “Made gains of”, “signed up” are no growth.
    pattern:
      /\b(?<!\b(?:ma(?:de|ke|kes|king)|bought|buys?|sets?|took|taken?|signed|end(?:ed|s)?|gave|given|add(?:ed|s|ing)?|opened) )(?:increas|grow|grew|r[io]se|risen|rising|gain|climb|expand|jump|soar|leap|swell|up|growth|premium|surg|rais|improv|widen|advanc|swell|boost|edged (?:up|higher)|accelerat|doubl|tripl)\w*(?: (?:of|by))?[^.;,]{0,24}$/i,
  },
  { cue: 'growth', side: 'before', name: 'plus sign', example: '420 (+§', pattern: /[(（]\+ ?$/i },
  {
    cue: 'growth',
    side: 'before',
    name: 'an increase of …, or',
    example: 'an increase of 2,300 or §',
    pattern: /\bincrease of [^.;]{1,24}\bor (?:\w+ )?$/i,
  },
  {
    cue: 'growth',
    side: 'before',
    name: 'rose to …, or',
    example: 'It rose from 300 to 400, or by §',
    pattern: new RegExp(
      `\\b(?:rose|grew|increased|climbed|went up|up from|(?:was|were|been) (?:raised|lifted|increased|expanded))\\b[^.;]{0,60}${CHANGE_AFTER}`,
      'i',
    ),
  },
  {
    cue: 'growth',
    side: 'after',
    name: 'more than',
    example: '§ more than in 2019',
    pattern: new RegExp(
      `^,? ?(?:more|higher|greater|increase|growth|rise|jump|gain|surge|expansion|boost|leap|premium|ahead of|year[- ]on[- ]year|above (?:${OTHER_LEVEL}|(?:the )?[£$€]?(?=\\d))|(?:above|over) ${LEVEL})\\b`,
      'i',
    ),
  },
];

const SHARE: readonly CueWording[] = [
  {
    cue: 'share',
    side: 'before',
    name: 'in brackets',
    example: '415 women (about §',
    pattern: /[(（](?:or |about |some |only |nearly )?$/i,
  },
  { cue: 'share', side: 'before', name: '占', example: '占总数的§', pattern: /占(?:比|总)?[^，。；]{0,16}$/i },
  {
    cue: 'share',
    side: 'before',
    name: '恢复至同期的',
    example: '恢复至上年同期的§',
    pattern:
      /(?:恢复|相当于|达|降|升)(?:到|至)?[^，。；\d]{0,8}(?:(?:19|20)\d\d年)?(?:上年|去年|同期|疫前|上月|上季度)[^，。；\d]{0,8}的(?:约|近)? ?$/i,
  },
  { cue: 'share', side: 'before', name: '比重', example: '比重达到§', pattern: /比[重例][^，。；]{0,8}$/i },
  {
    cue: 'share',
    side: 'before',
    name: '是…的',
    example: '，是2019年人数816.86万人的§',
    pattern: /，(?:是|为|相当于)(?:(?:19|20)\d\d年)?[^，。；\d]{1,14}\d[\d.,]*[万亿]?[^，。；\d]{0,4}的(?:约|近)? ?$/i,
  },
  {
    cue: 'share',
    side: 'before',
    name: 'a rate, …率',
    example: '就业率达§',
    pattern: /[^，。；\d]{1,6}率(?:高?达到?|为|是)?(?:约|近)? ?$/i,
  },
  { cue: 'share', side: 'before', name: 'a rate of', example: 'a refusal rate of §', pattern: /\brate of (?:\w+ )?$/i },
  {
    cue: 'share',
    side: 'before',
    name: 'accounting for',
    example: '415 were women, accounting for about §',
    pattern:
      /\b(?:or|i\.e\.,?|that is,?|account\w* for|represent\w*|compris\w+|cover(?:s|ed|ing)|constitut\w+|ma(?:d|k)e?(?:s|ing)? up|share of|proportion of|equivalent to|equal to|correspond\w* to|(?:which (?:means|meant)|meaning) that|which (?:is|was|are|were|makes?|made|equals?)|(?:which |that )?(?:amount|c[ao]m)(?:e?s|ed|ing|e)? to)(?: (?:about|some|nearly|almost|around|roughly|only|just|merely|a mere|(?:just|well) (?:over|under)|close to))? $/i,
  },
  {
    cue: 'share',
    side: 'after',
    name: ', or so many',
    example: '§ of all applications, or 640',
    pattern:
      /^(?: of [a-z’' -]{1,40})?(?:,? (?:or,?|i\.e\.,|that is,) |,? [(])(?:about |some |nearly |over )?[£$€]?\d/i,
  },
  {
    cue: 'share',
    side: 'after',
    name: 'of the',
    example: '§ of the workers',
    pattern:
      /^ ?of (?:the|all|its|their|this|that|those|these|them|[a-z]+ (?:output|production|exports|imports|demand|supply|capacity|sales|population|workforce|households|residents|workers|employees|labou?r|income|spending|land))\b/i,
  },
  {
    cue: 'share',
    side: 'after',
    name: 'of 640 workers',
    example: '§, of some 640 workers',
    pattern: /^,? ?of (?:about |some |nearly |an? (?:estimated|total of) )?[£$€]?\d/i,
  },
  {
    cue: 'share',
    side: 'after',
    name: 'of earnings for',
    example: '§ of earnings for union members',
    pattern: /^ ?of (?:[a-z]+ ){1,3}(?:for|among)\b/i,
  },
  {
    cue: 'share',
    side: 'after',
    name: 'share',
    example: 'with a § share of the total',
    pattern: /^ (?:market )?share\b/i,
  },
  {
    cue: 'share',
    side: 'before',
    name: 'a share of',
    example: 'for a share of §',
    pattern: /\b(?:share|proportion|portion) of (?:about |some |nearly |almost |over |only )?$/i,
  },
  {
    cue: 'share',
    side: 'after',
    name: 'of total',
    example: '§ of total exports',
    pattern: /^ ?of (?:total|regional|national)\b/i,
  },
];

/** The order counts: the first that fits is tried first. */
/** “A 32 percent unconsolidated gain”, “a 20 percent profit plunge”. */
const CHANGE_NOUNS: readonly CueWording[] = [
  {
    cue: 'decline',
    side: 'after',
    name: 'a 20 percent profit plunge',
    example: 'a § profit plunge',
    pattern:
      /^(?: (?!(?:of|in|to|and|or|from|on|by|that|who|for|the|a|were|was|is|are)\b)[a-z-]+){1,2} (?:decline|decrease|drop|reduction|fall|cut|plunge|slump|slide|contraction|dip)\b/i,
  },
  {
    cue: 'growth',
    side: 'after',
    name: 'a 32 percent unconsolidated gain',
    example: 'a § unconsolidated gain',
    pattern:
      /^(?: (?!(?:of|in|to|and|or|from|on|by|that|who|for|the|a|were|was|is|are)\b)[a-z-]+){1,2} (?:increase|rise|growth|jump|gain|surge|leap|expansion)\b/i,
  },
];

/** “Fell, largely for want of rain, by 8.2 percent”. */
const CHANGES_PARTED: readonly CueWording[] = [
  {
    cue: 'decline',
    side: 'before',
    name: 'fell, …, by',
    example: 'It fell, for want of rain, by §',
    pattern:
      /\b(?:fell|dropped|declined|decreased|shrank|was (?:cut|reduced)),[^.;\d]{1,80}, by (?:about |some |nearly |almost )?$/i,
  },
  {
    cue: 'growth',
    side: 'before',
    name: 'rose, …, by',
    example: 'It rose, for want of rain, by §',
    pattern:
      /\b(?:rose|grew|increased|climbed|was (?:raised|expanded)),[^.;\d]{1,80}, by (?:about |some |nearly |almost )?$/i,
  },
];

/** “Rose 20.5 points, or 0.2%”: what stands before “or” is how much. */
const CHANGE_AMOUNTS: readonly CueWording[] = [
  {
    cue: 'decline',
    side: 'before',
    name: 'fell 20.5 points, or',
    example: 'It fell 20 points, or §',
    pattern:
      /\b(?:fell|fall|fallen|falling|lost|dropped|declined|down|decreased?|slipped|slid|plunged|tumbled|shrank|reduced|drop|decline|loss|reduction)(?: (?:by|of|about|some|nearly|almost|over))* [£$€]?\d[^.;,%()]{0,30}(?:,? or | ?[(](?:or )?)(?:by )?(?:about |nearly |almost )?$/i,
  },
  {
    cue: 'growth',
    side: 'before',
    name: 'rose 20.5 points, or',
    example: 'It rose 20 points, or §',
    pattern:
      /\b(?:rose|rise|risen|rising|gained|added|climbed|jumped|grew|grown|up|increased?|surged|expanded|improved)(?: (?:by|about|some|nearly|almost|over))* [£$€]?\d[^.;,%()]{0,30}(?:,? or | ?[(](?:or )?)(?:by )?(?:about |nearly |almost )?$/i,
  },
];

export const CUE_WORDINGS: readonly CueWording[] = [
  ...EXCEEDS,
  ...COMPLETION,
  ...CHANGE_AMOUNTS,
  ...CHANGES_PARTED,
  ...DECLINE,
  ...GROWTH,
  ...CHANGE_NOUNS,
  ...SHARE,
];

const COMPARED_AFTER = CUE_WORDINGS.filter(
  ({ cue, side }) => side === 'after' && cue !== 'share' && cue !== 'completion',
);

/** An average of several years is no growth between two of them. */
const A_YEAR =
  /年均|年平均|\b(?:annual(?:ly)? average|average annual(?:ly)?|annually|per year|(?<!(?:in|of|after|over|than|half) )a year(?!-o| (?:before|earlier|ago|on year|over year)))\b(?!,)/i;
const A_YEAR_AFTER = /^ ?(?:annually|per year|a year|per annum|each year|on average)\b/i;
/** “9,510 of them, 30 percent, signed”. */
const APART_BEFORE = /[a-z](?:,|:| [–—-]) $/i;
const APART_AFTER = /^(?:[,.;)]| [–—-] |$)/;

export const isYearly = (before: string, after: string): boolean =>
  A_YEAR.test(before.slice(-40)) || A_YEAR_AFTER.test(after);

export const LEVEL_BEFORE = /\b(?:to|at) (?:about |some |nearly |just |only |almost )?$/i;
/** “1,242 or 1.6 percent lower”: of no whole. */
export const COMPARED_BARE = /^[)]? (?:more|fewer|less|lower|higher|greater)\b/i;
const OR_AMOUNT = /^,? or (?:about |some |nearly )?[£$€]?\d/i;
/** What the words say that a percentage is, the most telling first: what follows it (“28 percent less than”) says more than what came before. */
export function cuesOf(before: string, after: string): PairCue[] {
  if (isYearly(before, after)) return [];
  const fits = ({ side, pattern }: CueWording): boolean => pattern.test(side === 'before' ? before : after);
  const said = [...COMPARED_AFTER.filter(fits), ...CUE_WORDINGS.filter(fits)].map(({ cue }) => cue);
  // “Eased to 9.0 percent”: how high it is, not by how much it changed. “Rose 0.6 percent or 18 billion”: that is no share.
  const isLevel = LEVEL_BEFORE.test(before);
  const isChange = said.some((cue) => cue === 'growth' || cue === 'decline');
  const kept = said.filter((cue) =>
    cue === 'growth' || cue === 'decline'
      ? !isLevel
      : cue !== 'share' || !isChange || !(OR_AMOUNT.test(after) || COMPARED_BARE.test(after)),
  );
  if (said.length === 0 && APART_BEFORE.test(before) && APART_AFTER.test(after)) return ['share'];
  return [...new Set(kept)];
}
/** Null: nothing says what the percentage is of. */
export const cueOf = (before: string, after: string): PairCue | null => cuesOf(before, after)[0] ?? null;
