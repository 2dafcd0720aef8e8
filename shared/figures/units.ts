/**
 * The units of figures. A figure whose unit is not here keeps the printed word (个, villages), which is a unit of its own.
 * `quantity` says what is counted or measured: only figures of one quantity are related, and of one unit without a warning.
 */
export interface Unit {
  readonly id: string;
  readonly quantity: Quantity;
  /** Words directly after a Chinese number, longest first among all units. */
  readonly zh: readonly string[];
  /** Words after an English number, as parts of patterns without regard to case. */
  readonly en: readonly string[];
}

export const QUANTITIES = [
  'people',
  'households',
  'share',
  'points',
  'money',
  'area',
  'length',
  'weight',
  'time',
  'energy',
  'multiple',
  'sessions',
  'things',
] as const;
export type Quantity = (typeof QUANTITIES)[number];

/** Nouns for people: a number before one of them counts persons. */
const PEOPLE = [
  'workers?',
  'labou?rers?',
  'villagers?',
  'people',
  'persons?',
  'wom[ae]n',
  'm[ae]n',
  'child(?:ren)?',
  'cadres?',
  'detainees?',
  'residents?',
  'farmers?',
  'herders?',
  'migrants?',
  'students?',
  'trainees?',
  'participants?',
  'officials?',
  'employees?',
  'teachers?',
  'Uyghurs?',
  'Kazakhs?',
  'Tibetans?',
  'members?',
  'victims?',
  'graduates?',
  'individuals?',
  'inmates?',
  'prisoners?',
  'pickers?',
  '(?:job[- ])?seekers?',
  'peasants?',
  'inhabitants?',
  'staff',
  'youths?',
  'strong workforce',
  'respondents?',
  'labou?r force',
  'beneficiaries',
  'recruits?',
  'apprentices?',
  'interns?',
  'relatives?',
  'parents',
  'adults?',
  'survivors?',
  'witness(?:es)?',
  'patients?',
  'passengers?',
  'interviewees?',
  'soldiers?',
  'researchers?',
  'internees?',
  'returnees?',
  'convicts?',
  'refugees?',
  'civilians?',
  'pupils?',
  'settlers?',
  'citizens?',
  'civil servants?',
];

const TABLE = [
  { id: 'point', quantity: 'points', zh: ['个百分点', '百分点'], en: ['percentage[- ]points?', 'pp'] },
  { id: 'percent', quantity: 'share', zh: ['%'], en: ['percent', 'per cent', 'pct', '%'] },
  { id: 'permille', quantity: 'share', zh: ['‰'], en: ['per thousand', 'per mille', '‰'] },
  {
    id: 'person-time',
    quantity: 'people',
    zh: ['人次', '人(次)', '名次'],
    en: ['person[- ]?times?', 'person[- ]sessions?', 'person[- ]trips?'],
  },
  { id: 'person', quantity: 'people', zh: ['人', '名', '位', '口人', '劳动力', '富余劳动力'], en: PEOPLE },
  { id: 'household', quantity: 'households', zh: ['户'], en: ['households?', 'famil(?:y|ies)'] },
  { id: 'session', quantity: 'sessions', zh: ['场次', '期次', '场'], en: ['sessions?', '(?:job )?fairs?'] },
  { id: 'mu', quantity: 'area', zh: ['亩'], en: ['mu'] },
  { id: 'hectare', quantity: 'area', zh: ['公顷'], en: ['hectares?', 'ha'] },
  { id: 'acre', quantity: 'area', zh: ['英亩'], en: ['acres?'] },
  {
    id: 'sqkm',
    quantity: 'area',
    zh: ['平方公里', '平方千米'],
    en: ['square kilomet(?:er|re)s?', 'km2', 'km²', 'sq km'],
  },
  { id: 'sqm', quantity: 'area', zh: ['平方米'], en: ['square met(?:er|re)s?', 'm2', 'm²'] },
  { id: 'sqmi', quantity: 'area', zh: ['平方英里'], en: ['square miles?'] },
  { id: 'km', quantity: 'length', zh: ['公里', '千米'], en: ['kilomet(?:er|re)s?', 'km'] },
  { id: 'm', quantity: 'length', zh: ['米'], en: ['met(?:er|re)s?'] },
  { id: 'mile', quantity: 'length', zh: ['英里'], en: ['miles?'] },
  { id: 'ton', quantity: 'weight', zh: ['吨'], en: ['(?:metric )?ton(?:ne)?s?'] },
  { id: 'kg', quantity: 'weight', zh: ['公斤', '千克'], en: ['kilogram(?:me)?s?', 'kilos?', 'kg'] },
  { id: 'jin', quantity: 'weight', zh: ['市斤', '斤'], en: ['jin', 'catt(?:y|ies)'] },
  { id: 'yuan', quantity: 'money', zh: ['元人民币', '元'], en: ['yuan', 'RMB', 'renminbi', 'CNY'] },
  { id: 'dollar', quantity: 'money', zh: ['美元'], en: ['(?:US )?dollars?', 'USD'] },
  { id: 'euro', quantity: 'money', zh: ['欧元'], en: ['euros?', 'EUR'] },
  { id: 'pound', quantity: 'money', zh: ['英镑'], en: ['pounds?', 'GBP'] },
  { id: 'hkd', quantity: 'money', zh: ['港元', '港币'], en: ['Hong Kong dollars?'] },
  { id: 'year', quantity: 'time', zh: ['年'], en: ['years?'] },
  { id: 'month', quantity: 'time', zh: ['个月', '个多月'], en: ['months?'] },
  { id: 'week', quantity: 'time', zh: ['周', '个星期'], en: ['weeks?'] },
  { id: 'day', quantity: 'time', zh: ['天'], en: ['days?'] },
  { id: 'hour', quantity: 'time', zh: ['个小时', '小时'], en: ['hours?'] },
  { id: 'age', quantity: 'time', zh: ['周岁', '岁'], en: ['years? old', 'years? of age'] },
  { id: 'kwh', quantity: 'energy', zh: ['千瓦时', '度电'], en: ['kilowatt[- ]hours?', 'kWh'] },
  { id: 'kw', quantity: 'energy', zh: ['千瓦'], en: ['kilowatts?', 'kW'] },
  { id: 'mw', quantity: 'energy', zh: ['兆瓦'], en: ['megawatts?', 'MW'] },
  { id: 'times', quantity: 'multiple', zh: ['倍'], en: ['times', '-?fold'] },
  /** Several numbers with colons between them: 15.1:28.3:56.6. */
  { id: 'ratio', quantity: 'multiple', zh: [], en: [] },
] as const satisfies readonly Unit[];
export type UnitId = (typeof TABLE)[number]['id'];
export const UNITS: readonly (Unit & { readonly id: UnitId })[] = TABLE;

/** Chinese counters and nouns that a number stands directly before. Each is a unit of its own. */
const COUNTERS = [
  '个 家 项 批 处 座 所 条 套 台 辆 件 份 头 只 次 支 间 栋 类 种 张 村 乡镇 乡 镇 县市 县 市 省市',
  '省 区 学时 课时 立方米 艘 列 趟 本 册 幅 株 棵 枚 笔 宗 起 例 片 期 户次 人日 工日 班 组 队 员 层 顷 院',
  '校 店 厂 站 点 批次 双 袋 箱 瓶 匹 羽 尾 顶',
].flatMap((line) => line.split(' '));

/** Counters of the same thing: 新收2527件案件 (“2,527 new cases”), 1295起案件 (“1,295 cases”). */
const SAME_COUNTERS: readonly ReadonlySet<string>[] = [new Set(['件', '起', '宗', '例'])];
export const areSameCounters = (one: string | null, other: string | null): boolean =>
  one !== null && other !== null && SAME_COUNTERS.some((all) => all.has(one) && all.has(other));

/** What a Chinese number may be followed by, longest first, with the id of the unit. */
export const ZH_UNITS: readonly (readonly [word: string, id: string])[] = [
  ...UNITS.flatMap(({ id, zh }) => zh.map((word): [string, string] => [word, id])),
  ...COUNTERS.map((word): [string, string] => [word, word]),
].toSorted(([one], [other]) => other.length - one.length);

const BY_ID: ReadonlyMap<string, Unit> = new Map(UNITS.map((unit) => [unit.id, unit]));

/** Whether a unit is one of the table; otherwise it is a printed word. */
export const isUnitId = (unit: string): unit is UnitId => BY_ID.has(unit);

export const quantityOf = (unit: string | null): Quantity | null =>
  unit === null ? null : (BY_ID.get(unit)?.quantity ?? 'things');

/** Units of one quantity that count different things: a share of persons in person-times means nothing. */
const NEVER_MIXED: readonly (readonly [string, string])[] = [
  ['person', 'person-time'],
  ['percent', 'point'],
  ['household', 'person'],
  ['session', 'person'],
  ['session', 'person-time'],
  ['household', 'person-time'],
];

/** Whether two units count different things, so that no factor makes one of the other. */
export const areNeverMixed = (one: string, other: string): boolean =>
  NEVER_MIXED.some(([a, b]) => (a === one && b === other) || (b === one && a === other));

/** Whether two units in one relation need a warning. Unknown units need none. */
export function areMixed(one: string | null, other: string | null): boolean {
  if (one === null || other === null || one === other) return false;
  if (areNeverMixed(one, other)) return true;
  return quantityOf(one) === quantityOf(other) && quantityOf(one) !== 'things';
}
