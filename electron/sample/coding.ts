/**
 * The sample's coding: what two fictional people highlighted in the four sources. It uses every top-level category of the
 * codebook; tests check that. Quotes are found as a person's would be, with white space folded.
 */
export interface SamplePassage {
  readonly by: SamplePerson;
  readonly quote: string;
  readonly tags: readonly string[];
  readonly memo?: string;
  /** Dimension code → value codes. */
  readonly settings?: Readonly<Record<string, readonly string[]>>;
  /** Words beside it that are masked, and why: it could not be exported otherwise. */
  readonly mask?: { readonly words: string; readonly reason: string };
}
export type SamplePerson = 'A. Lindqvist' | 'J. Moreau';

export interface SampleSource {
  readonly file: string;
  readonly by: SamplePerson;
  readonly record: {
    readonly title: string;
    readonly publisher: string | null;
    readonly language: string;
    readonly documentType: string;
    readonly grade: 'A' | 'B' | 'C' | 'D' | 'E' | 'F';
    readonly gradeReason: string;
    readonly dateOfAct?: string;
    readonly dateOfDocument?: string;
    readonly dateOfPublication?: string;
    readonly dateOfCapture?: string;
    readonly captureUrl?: string;
    readonly collector?: string;
  };
  readonly passages: readonly SamplePassage[];
}

const L = 'A. Lindqvist';
const M = 'J. Moreau';

export const SAMPLE_TITLE = 'Liuquan 2023 (fictional sample)';

export const SAMPLE_SOURCES: readonly SampleSource[] = [
  {
    file: 'work-report.pdf',
    by: L,
    record: {
      title: '柳泉县2023年政府工作报告（节选，虚构样本）',
      publisher: 'Liuquan county government (fictional)',
      language: 'zh-Hans',
      documentType: 'gwr',
      grade: 'B',
      gradeReason: 'A county’s own report to its congress: close to the act, and written to please those above.',
      dateOfAct: '2023',
      dateOfPublication: '2024-01-18',
      dateOfCapture: '2024-02-06',
      captureUrl: 'https://liuquan.example/zfgz/2024/report.pdf',
      collector: 'A. Lindqvist',
    },
    passages: [
      { by: L, quote: '转移就业脱贫各项工作有序推进', tags: ['SYS.PALT'] },
      { by: L, quote: '聚焦社会稳定和长治久安总目标', tags: ['AIM.STAB'] },
      {
        by: L,
        quote: '建立脱贫户、监测户劳务收入台账，按月跟踪工资发放和在岗情况',
        tags: ['MON.INCOME', 'GRP.OUTPOOR'],
      },
      { by: L, quote: '坚持把转移就业作为巩固拓展脱贫攻坚成果的重要举措', tags: ['AIM.CONS'] },
      {
        by: L,
        quote: '全年实现农村富余劳动力转移就业1.26万人次',
        tags: ['FIG.ACT', 'GRP.SURPLUS'],
        memo: 'Person-times, not persons. The table on page 2 gives 12600 for the same thing.',
        settings: { voice: ['official'], period: ['y2023'], strength: ['s5'], infocred: ['2'] },
      },
      { by: L, quote: '完成年度目标任务的108%', tags: ['MAN.PUSH', 'FIG.CMP'], settings: { voice: ['official'] } },
      { by: L, quote: '疆内跨地区转移就业2140人', tags: ['TRF.INTRA', 'FIG.ACT'] },
      { by: M, quote: '赴对口援疆省市就业386人', tags: ['TRF.XPROV', 'FIG.ACT'], settings: { period: ['y2023'] } },
      {
        by: L,
        quote: '与援疆指挥部签订劳务协作协议，落实订单式培训，先培训后上岗',
        tags: ['TRF.PAIR', 'TRF.ORDER'],
        memo: 'First mention of an agreement; the 2022 report is said to have only “contact”.',
        settings: { geo: ['XJ'], voice: ['official'], strength: ['s5'], privacy: ['none'] },
      },
      { by: M, quote: '选派驻村工作队逐户走访，摸底排查有就业意愿人员', tags: ['GRA.TEAM', 'GRA.DOOR'] },
      { by: M, quote: '引导群众转变就业观念', tags: ['GRA.MOB'] },
      { by: L, quote: '组织2600名劳动力赴外县开展季节性务工', tags: ['TRF.SEASON'] },
      { by: L, quote: '全县流转土地4.8万亩', tags: ['LND.RIGHTS', 'FIG.ACT'] },
      { by: L, quote: '从土地上解放劳动力3200余人', tags: ['LND.FREED'] },
      { by: M, quote: '就地就近进入工业园区和卫星工厂务工', tags: ['PLC.PARK', 'TRF.LOCAL'] },
      {
        by: L,
        quote: '健全防止返贫动态监测和帮扶机制，对脱贫不稳定户、边缘易致贫户实行失业监测预警',
        tags: ['MON.RETURN', 'MON.UNEMP'],
      },
      { by: M, quote: '确保有劳动能力的家庭至少一人稳定就业', tags: ['MAN.EVERY'] },
      {
        by: L,
        quote: '2024年计划开展职业技能培训6000人次',
        tags: ['TRN.QUOTA', 'FIG.QUO'],
        settings: { period: ['y2024'] },
      },
      { by: L, quote: '把转移就业任务分解到乡镇、到村、到户，纳入年度考核', tags: ['MAN.QUOTA'] },
    ],
  },
  {
    file: 'news-page.html',
    by: M,
    record: {
      title: '家门口的车间：柳泉县妇女在卫星工厂实现就业（虚构样本）',
      publisher: '柳泉新闻网（虚构）',
      language: 'zh-Hans',
      documentType: 'profile',
      grade: 'C',
      gradeReason: 'State media, a success story: what is set up is likely true, what people feel is not shown.',
      dateOfAct: '2023-11',
      collector: 'J. Moreau',
    },
    passages: [
      {
        by: M,
        quote: '像她一样的家庭妇女有64人，平均月收入2300元',
        tags: ['GRP.WOMEN', 'FIG.ACT'],
        memo: 'The woman is named only by an alias; keep it so.',
        settings: { privacy: ['private'], voice: ['quoted'] },
        mask: { words: '古丽', reason: 'A villager. That it is not her real name doesn’t make her safe.' },
      },
      {
        by: M,
        quote: '引进服装、假发等劳动密集型产业，由对口援疆省市的企业在柳泉设厂',
        tags: ['PLC.CLUSTER', 'PLC.PAIRFACT'],
      },
      { by: M, quote: '乡里举办了三期缝纫技能培训班', tags: ['TRN.WOMEN'] },
      { by: L, quote: '驻村工作队队员挨家挨户做思想工作，解决“等靠要”思想', tags: ['GRA.DOOR', 'GRA.MOB'] },
      { by: M, quote: '孩子由村里的幼儿园统一看护', tags: ['AIM.FAMILY'] },
      {
        by: M,
        quote: '大家都是自愿报名，我们只是把政策讲清楚',
        tags: ['GRA.VOLUNT'],
        settings: { infocred: ['4'], voice: ['quoted'] },
      },
      { by: L, quote: '推进就业工作常态化、制度化，为高质量发展提供人力支撑', tags: ['AIM.NORM', 'AIM.HQD'] },
    ],
  },
  {
    file: 'policy-note.pdf',
    by: L,
    record: {
      title: 'Reading county labour-transfer targets: a note on method (fictional sample)',
      publisher: 'Institute for County Studies (fictional)',
      language: 'en',
      documentType: 'thinktank',
      grade: 'B',
      gradeReason: 'Secondary analysis that cites its source and shows its arithmetic.',
      dateOfPublication: '2024-04',
    },
    passages: [
      {
        by: L,
        quote: 'other state-imposed systems, where coercion lies in the setting and not in a single employer',
        tags: ['SYS.COMP', 'RSK.CONTEXT'],
        settings: { voice: ['author'], strength: ['s3'] },
      },
      { by: M, quote: 'These are person-times and not persons', tags: ['FIG.UNIT'] },
      {
        by: L,
        quote:
          'Goods from paired-province factories in the county’s industrial park may reach foreign buyers through a second province, which hides their origin',
        tags: ['RSK.CHAIN', 'RSK.HIDDEN'],
      },
      {
        by: M,
        quote: 'A statement of willingness collected by a work team at the door is not evidence of consent',
        tags: ['GRA.VOLUNT'],
        memo: 'Compare the deputy leader’s words in the news page.',
      },
    ],
  },
  {
    file: 'notice.pdf',
    by: M,
    record: {
      title: 'ئىشقا ئورۇنلاشتۇرۇش توغرىسىدا ئۇقتۇرۇش (توقۇلما ئۈلگە)',
      publisher: null,
      language: 'ug',
      documentType: 'workplan',
      grade: 'C',
      gradeReason: 'A copy without letterhead or seal; its text agrees with the report.',
      dateOfDocument: '2024-02-06',
    },
    passages: [
      {
        by: M,
        quote: 'يېزا ئېشىنچا ئەمگەك كۈچلىرىنى يۆتكەپ ئىشقا ئورۇنلاشتۇرۇش خىزمىتىنى',
        tags: ['TRF.ORG', 'GRP.SURPLUS'],
      },
      {
        by: M,
        quote: '420 نەپەر ئادەمنى كەسپىي ماھارەت بويىچە تەربىيەلەش ۋەزىپىسىنى',
        tags: ['TRN.QUOTA', 'FIG.QUO'],
        settings: { period: ['y2024'] },
      },
      {
        by: L,
        quote: 'كەنتتە تۇرۇشلۇق خىزمەت ئەترىتى ئۆيمۇئۆي يۈرۈپ تەشۋىق قىلىدۇ',
        tags: ['GRA.TEAM', 'GRA.DOOR'],
        memo: 'The same act as “逐户走访” in the work report.',
      },
      { by: M, quote: 'يەر ھوقۇقىنى ئۆتكۈزۈپ بەرگەن ئائىلىلەر', tags: ['LND.RIGHTS'] },
    ],
  },
];
