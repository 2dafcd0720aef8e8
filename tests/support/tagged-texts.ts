import { seeded, type Seeded } from './seeded.ts';

/**
 * Made-up reports with clauses of a few subjects, said in many ways, beside clauses that share their words but not their subject. Of
 * the clauses on a subject some are left untagged and some tagged wrongly, as people do.
 */
interface Subject {
  readonly name: string;
  readonly who: readonly string[];
  readonly does: readonly string[];
  readonly what: readonly string[];
}
const SUBJECTS: readonly Subject[] = [
  {
    name: 'transfer',
    who: ['全县', '各乡镇', '劳务公司', '村委会', '人社局'],
    does: ['组织', '动员', '安排', '集中输送', '统一带领'],
    what: ['富余劳动力外出务工', '村民赴内地工厂就业', '青年跨省上岗', '农户到棉田采摘', '贫困户进企业打工'],
  },
  {
    name: 'land',
    who: ['合作社', '承包大户', '农业企业', '村集体'],
    does: ['流转', '接手', '整片租下', '托管', '收回'],
    what: ['农民承包的土地', '撂荒耕地', '草场和果园', '口粮田', '连片地块'],
  },
  {
    name: 'training',
    who: ['职业学校', '培训中心', '夜校', '驻村干部'],
    does: ['开办', '举办', '轮训', '组织参加'],
    what: ['国语课程', '缝纫技能班', '纪律教育', '岗前军训', '法律常识学习'],
  },
  {
    name: 'monitor',
    who: ['网格员', '工作队', '包户干部', '派出所'],
    does: ['逐户走访', '摸底登记', '每日上报', '跟踪回访', '动态监测'],
    what: ['外出人员去向', '家庭收入变化', '思想动态', '返乡情况', '请假缘由'],
  },
];
const OTHERS = [
  ['全县', '市政府', '水利局', '学校', '医院', '文化馆'],
  ['组织', '举办', '安排', '修建', '登记', '统一采购'],
  [
    '春节晚会',
    '防洪堤坝',
    '课桌椅',
    '疫苗接种',
    '图书馆开放',
    '道路养护',
    '干部学习会议',
    '土地测绘',
    '青年篮球赛',
    '企业年会',
  ],
] as const;

const clauseOf = (random: Seeded, { who, does, what }: Omit<Subject, 'name'>): string =>
  `${random.pick(['', '今年以来', '上半年', '据介绍'])}${random.pick(who)}${random.pick(['', '积极', '继续', '全面'])}${random.pick(does)}${random.pick(what)}${random.pick(['', `${random.int(2, 900)}人`, `共${random.int(2, 90)}批次`])}`;

export interface TaggedText {
  readonly text: string;
  /** What is tagged with which subject. */
  readonly tags: readonly { readonly start: number; readonly end: number; readonly subject: string }[];
}
export const SUBJECT_NAMES = SUBJECTS.map(({ name }) => name);

/** `texts` texts of about `clauses` clauses. The same seed gives the same texts. */
export function taggedTexts(seed: number, texts: number, clauses = 40): TaggedText[] {
  const random = seeded(seed);
  const [who, does, what] = OTHERS;
  return Array.from({ length: texts }, () => {
    let text = '';
    const tags: { start: number; end: number; subject: string }[] = [];
    for (let at = 0; at < clauses; at += 1) {
      const subject = random.int(1, 10) <= 3 ? random.pick(SUBJECTS) : null;
      const clause = clauseOf(random, subject ?? { who, does, what });
      const tagged =
        subject === null
          ? random.int(1, 100) === 1
            ? random.pick(SUBJECTS)
            : null
          : random.int(1, 10) > 1
            ? subject
            : null;
      if (tagged !== null) tags.push({ start: text.length, end: text.length + clause.length, subject: tagged.name });
      text += clause + random.pick(['，', '。', '；']);
    }
    return { text, tags };
  });
}
