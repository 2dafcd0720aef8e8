import type { PairCue } from './cue-wording.ts';
import { anyOf, type Wording } from './wording.ts';

const ABOUT = '(?: ?(?:about|over|nearly|some|more than|almost|roughly|only|just|约|近|超过?|达到?|为))?';
const SINCE = '(?:同比|环比|(?:比|较)(?:上年|去年|上一年|上月|上季度|(?:19|20)\\d\\d年)(?:末|底|同期)?)';
const SOME_WORDS = '(?: (?:[a-z-]+|(?:19|20)\\d\\d)){0,7}';

const change = (zh: string, nouns: string, verbs: string, examples: readonly [string, string]): readonly Wording[] => [
  {
    name: zh,
    example: examples[0],
    pattern: new RegExp(`^[，、]? ?(?:${SINCE} ?)?(?:实际|名义)?(?:${zh})(?:了|为)?${ABOUT} ?$`, 'i'),
  },
  {
    name: verbs,
    example: examples[1],
    pattern: new RegExp(`^${SOME_WORDS},? (?:an? (?:[a-z-]+ )?(?:${nouns}) of|${verbs})(?: by)?${ABOUT} $`, 'i'),
  },
  {
    name: 'a percent of change',
    example: '§1 million in 2020, a §2',
    pattern: new RegExp(
      `^${SOME_WORDS},(?: representing)?(?: (?:an?|only|just|about|some|nearly|almost|roughly|more than|over))? (?:[a-z-]+ )?$`,
      'i',
    ),
  },
];

/** The only words that may stand between a value (§1) and the percentage (§2) that belongs to it. */
export const ATTACHED_WORDINGS: Readonly<Record<PairCue, readonly Wording[]>> = {
  growth: change(
    '增长|增加|提高|上升|上涨|增产|增幅|增速|增长速度|增长率|增加比例',
    'increase|rise|growth|jump|gain|surge|leap|expansion|improvement|premium',
    'up|increasing|rising|growing|climbing|expanding|jumping',
    ['§1，比上年实际增长约§2', '§1 workers in 2020, an annual increase of about §2'],
  ),
  decline: change(
    '下降|减少|降低|回落|减产|降幅|负增长',
    'decrease|decline|drop|fall|reduction|contraction|cut|loss|slump|plunge|dip|discount',
    'down|falling|decreasing|declining|dropping|shrinking',
    ['§1，同比下降§2', '§1 workers in 2020, down §2'],
  ),
  share: [
    { name: '占', example: '§1，约占总人数的§2', pattern: /^[，、] ?约?占[^，；。]{1,16}$/i },
    {
      name: 'or, accounting for',
      example: '§1 women, accounting for about §2',
      pattern: new RegExp(
        `^(?: (?:[a-z-]+|(?:19|20)\\d\\d)){0,6}(?:,? | ?-+ ?)(?:or|accounting for|representing|making up|comprising|equivalent to|amounting to|which (?:is|was|are|were|makes?|equals?|amounts? to|amounted to|comes? to|came to))${ABOUT} $`,
        'i',
      ),
    },
    { name: 'a comma', example: '§1 of them, §2', pattern: /^(?: [a-z-]+){0,3}(?:, ?| ?-+ ?)$/i },
    { name: '其中', example: '§1，其中§2', pattern: /^，其中 ?$/i },
  ],
  completion: [
    {
      name: '完成年度任务的',
      example: '§1，完成年度任务的§2',
      pattern: /^[，、] ?(?:占|为|已|达到)?(?:完成|年度|全年|年初|计划|规划|目标|任务)[^，；。]{0,16}$/i,
    },
    {
      name: 'completing',
      example: '§1 workers, completing some §2',
      pattern: /^(?: [a-z-]+){0,5},? (?:or|completing|fulfilling|achieving|reaching)[a-z ]{0,20} $/i,
    },
  ],
  exceeds: [
    { name: '超额', example: '§1，超额完成任务§2', pattern: /^[，、] ?(?:超额|超)[^，；。]{0,20}$/i },
    {
      name: 'exceeding … by',
      example: '§1, exceeding its quota of 600 by §2',
      pattern: /\b(?:exceeding|surpassing)\b[^.;]{0,60} by $/i,
    },
  ],
};

const PATTERNS: Readonly<Record<PairCue, RegExp>> = {
  growth: anyOf(ATTACHED_WORDINGS.growth),
  decline: anyOf(ATTACHED_WORDINGS.decline),
  share: anyOf(ATTACHED_WORDINGS.share),
  completion: anyOf(ATTACHED_WORDINGS.completion),
  exceeds: anyOf(ATTACHED_WORDINGS.exceeds),
};
/** Whether the words between a value and a percentage attach it to that value. */
export const isAttached = (cue: PairCue, between: string): boolean => PATTERNS[cue].test(between);
