import type { FigureKind, Qualifier } from './figure.ts';

/** A word beside a figure, and which qualifier it gives the figure. Patterns end or begin at the figure. */
export interface QualifierCue {
  readonly qualifier: Qualifier;
  readonly before?: RegExp;
  /** What follows the figure if the words before mean something else. */
  readonly unless?: RegExp;
  readonly after?: RegExp;
}

const A_TIME = /^ ?(?:[a-z]+ )?(?:years?|months?|weeks?|days?|hours?|decades?)\b/i;

export const QUALIFIER_CUES: readonly QualifierCue[] = [
  {
    qualifier: 'at-least',
    before:
      /(?:\bat least|\bno (?:fewer|less) than|\bnot (?:less|fewer) than|\ba minimum of|不得?(?:少|低)于|(?:至少|最少)[\u4e00-\u9fff]{0,3}|[≥⩾])(?: a total of)? ?$/i,
    after:
      /^ ?(?:or more|or above|and (?:more|above|over)|plus\b|\+(?! ?[\d$£€])|(?:[\u4e00-\u9fff]{0,2})?(?:及|或)?以上)/i,
  },
  {
    qualifier: 'up-to',
    before:
      /(?:(?<!\badd(?:ing|ed|s)? )\bup to|\bas many as|\bas much as|\b(?:no|not) more than|\bat most|\ba maximum of|不得?(?:超过|高于|多于)|不超|至多|最多|不高于|控制在|[≤⩽]) ?$/i,
    after: /^ ?(?:or less|or fewer|[\u4e00-\u9fff]{0,2}(?:以内|之内|以下))/i,
  },
  // “Over three years” is a duration; “for over three years” is longer than three years.
  { qualifier: 'over', before: /\b(?:for|lasting|lasted|after|well|just|of|with|is|was|been) over ?$/i },
  {
    qualifier: 'over',
    before:
      /(?<!spread |scattered |distributed |all |took |\b(?:jurisdiction|control|authority|power|rule|ruled|ruling|presid(?:ed?|ing)|oversight|sovereignty|supervision|responsibility) )\bover(?: a total of)? ?$/i,
    unless: A_TIME,
  },
  {
    qualifier: 'over',
    before:
      /(?:\bmore than|\babove|\bin excess of|\bexceed(?:s|ed|ing)?|\bupwards? of|\bsurpass(?:es|ed|ing)?|\bgreater than|超过了?|(?<![高])超|逾|突破|多于|高于|大于|达到?逾)(?: a total of)? ?$/i,
  },
  { qualifier: 'under', before: /(?:\bunder|\bbelow|\bless than|\bfewer than|不足|不到|低于|少于|未达|不满) ?$/i },
  {
    qualifier: 'nearly',
    before: /(?:\bnearly|\balmost|\bclose to|\bjust under|\bapproaching|(?<![最远附邻靠])近|接近) ?$/i,
  },
  {
    qualifier: 'about',
    before:
      /(?:\bapproximately|\bapprox\.?|\broughly|\babout|\baround|\bcirca|\bc\.|\b(?:an )?estimated|\bsome|~|(?<![节制预条公特契签合违])约[为占]?|大约|大概) ?$/i,
    after: /^ ?(?:or so\b|[\u4e00-\u9fff]{0,2}(?:左右|上下))/i,
  },
];

/** Words in the clause before or after a figure that give its kind. If several match, the first counts. */
export interface KindCue {
  readonly kind: FigureKind;
  /** Which figures the cue applies to: counts, or percentages, points and multiples. */
  readonly of: 'counts' | 'shares' | 'all';
  /** The words of the clause before the figure, without its qualifier. */
  readonly before?: RegExp;
  readonly after?: RegExp;
}

const PLAN_ZH =
  '(?:计划|拟(?!定)|力争|预计|打算|争取|规划|确保|预期|安排(?=[^，。]{0,6}$)(?![^，。]*(?:资金|经费|补助))|(?<!已)将(?![近军士领])|有望|需要?完成|建成后|投产后)';
const PLAN_EN =
  '(?:plan(?:s|ned|ning)? (?:to|for|on)|plans? call(?:s|ed)? for|plan(?:s|ned)|aim(?:s|ed|ing)? (?:to|at|for)|goal|target(?:ed|s)?|will|(?:is|are|was|were) to|to be|projected|intend(?:s|ed)? to|expected to|hopes? to)';

export const KIND_CUES: readonly KindCue[] = [
  // “From A to B” and “fell to B” name a level that was reached.
  {
    kind: 'actual',
    of: 'shares',
    before:
      /(?:由|从)[^，。；]{0,14}$|(?:提高|上升|下降|降低|增加|增长|回落|降|升|达|增)(?:到|至|为)[^，。；]{0,4}$|\b(?:rose|rise|fell|fall|grew|increased|decreased|dropped|declined|up|down|reduced|risen|fallen)[^,.;]{0,48}\b(?:from|to) (?:(?:just|only|about|over|nearly|some) )?$|^ ?from $|\bcompared (?:with|to) $|\bagainst $/i,
  },
  {
    kind: 'comparison',
    of: 'shares',
    before:
      /(?:(?<!自然)增长|增加|提高|上升|下降|减少|降低|同比|环比|占|超额|完成|为[^，。]{0,8}的|是[^，。]{0,8}的|比[^，。]{1,8}|较[^，。]{1,8}|高于|低于|快于|慢于|上涨|提升|回落|增幅|降幅|收窄|缩小|扩大|增速|增产|减产|负增长|翻)[^，。；]{0,14}$|[增降涨减]$/,
  },
  {
    kind: 'comparison',
    of: 'shares',
    before:
      /\b(?:increas|grow|grew|rise|rose|risen|up|down|exceed|surpass|declin|decreas|fell|drop|compar|shrank|slow|slump|plung|plummet|tumbl|soar|surg|leap|shed|jump|gain|climb|account|represent|compris|made up|making up|share|proportion|equivalent|or|i\.e|completed|fulfil|fulfill|completion|of which|higher|lower|above|below|expand|doubl|amount)\w*[^.;]{0,40}$/i,
    after:
      /^(?: of (?:the|all|its|their|those|these|whom|which|them|rural|total|national|regional|annual)\b|(?: times)? the (?:\d|previous|earlier|average|national|level|number|size|figure|amount|total|rate)| (?:more|less|fewer|higher|lower|greater|faster|increase|growth|rise|jump|surge|gain|leap|decline|drop|decrease|fall|cut|slump|above|below|year-on-year|that of|as (?:many|much|large)))/i,
  },
  {
    kind: 'quota',
    of: 'counts',
    before:
      /(?:任务|指标|下达|配额|定额|名额)[^，。；\d]{0,10}$|(?:预算数|(?:年初|年度)预算)[^，。；\d]{0,2}$|\b(?:quotas?|tasks?|norms?|mandat\w+|assigned|assignment)(?: (?:of|for|was|is|at|to|set)\b[^,.;]{0,48})? ?$|\bplans? of $/i,
    // 完成4600人年计划的61.78% (“61.78% of the annual plan of 4,600 achieved”), 8000人的年度任务 (“the annual task of 8,000”).
    after: /^(?:-[a-z]+)? (?:annual |yearly )?quota\b|^的?(?:全年|年度|年)?(?:计划|任务|指标)(?![外内])/i,
  },
  {
    kind: 'comparison',
    of: 'counts',
    before:
      /(?:比|较)[^，。；]{1,16}(?:增加|减少|增长|提高|降低|多|少|下降|超出)(?:了)? ?$|(?:与|同|和)[^。；]{1,16}相比，[^。；]{0,40}(?:增加|减少|增长|提高|降低|多|少|下降)(?:了)? ?$|^(?:同比|环比)?(?:增加|减少|净增|增收)(?:了)? ?$|超额(?:完成)?(?:了)? ?$|\b(?:increase|rise|decrease|decline|drop|fall|gain|growth) of (?:\w+ )?$|\b(?:increased|rose|fell|dropped|declined|grew|shrank|up|down) by (?:\w+ )?$/i,
    after: /^(?: [a-z-]+)? (?:more|fewer|less|higher|lower) than\b/i,
  },
  // “Will grow from 105,000 tons”: the starting value is actual.
  {
    kind: 'actual',
    of: 'counts',
    before: /\b(?:grow|rise|increase|expand|go up|climb|fall|drop|be (?:raised|cut|expanded|increased)) from $/i,
  },
  {
    kind: 'plan',
    of: 'all',
    before: new RegExp(
      `(?:${PLAN_ZH}|目标)[^，。；]{0,20}$|\\b${PLAN_EN}\\b[^.;]{0,60}$|\\b(?:plan|forecast)s?(?: for [^,.;]{1,30})? (?:was|is|were|are|had been)(?: set)?(?: at)? $`,
      'i',
    ),
    after:
      /^[”"』」]? ?的?目标|^(?:-[a-z]+)? (?:annual |yearly )?(?:target|goal)\b|^ to be [a-z]+(?:ed|t|n)\b|^[^，。；,.;]{0,24}\b(?:(?:are|is|was|were) to be|(?:are|is) (?:planned|expected)|will be)\b/i,
  },
];

/** Words in the sentence before the clause after which figures are planned, unless other words say that it was done. */
export const PLANNED_BEFORE = new RegExp(
  `${PLAN_ZH}|目标(?:是|为|：|:)|到20\\d\\d年(?:底|末)?[，,]|\\b${PLAN_EN}\\b`,
  'i',
);
export const DONE =
  /已|实际|完成|累计|实现了|截至|截止|目前|\b(?:actually|already|in (?:the event|fact|reality)|was|were|had|sent|met|rose|fell|[a-z]{3,}ed)\b/i;
