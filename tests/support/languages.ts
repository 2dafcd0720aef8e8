import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { corpus } from './corpus.ts';
import type { Seeded } from './seeded.ts';

/** Running text in the languages of our sources, made up or (with the corpus) from the Declaration of Human Rights. */
const MADE = {
  simplified:
    '柳泉县人民政府工作报告。过去一年,全县坚持稳中求进工作总基调,城镇新增就业3,210人,农村劳动力转移就业12,350人次,完成年度任务的103%。' +
    '组织有意愿的群众到外省企业务工,由乡镇干部带队,签订劳动合同,工资按月发放。各部门要加强职业技能培训,落实帮扶责任,确保每户至少有一人就业。' +
    '会议强调,要把思想统一到中央的决策部署上来,依法依规做好各项工作;对不愿外出的人员要做好说服教育,不得留下死角。记者从县人力资源和社会保障局了解到,' +
    '目前已有十五家卫星工厂投入生产,吸纳妇女就业八百余人。她们说:“在家门口上班,既能照顾老人和孩子,又有收入。”',
  traditional:
    '臺灣省政府公報。勞動條件與就業服務之規定,應依本辦法辦理之;各縣市政府應按月呈報轉業人數。為促進農村勞動力之轉移,本會自去年起在各鄉鎮設立訓練所,' +
    '由專人講授技術,並發給津貼。凡參加者須簽訂契約,其工資由廠方按月給付,不得無故扣減。學生們說,他們來到這裡已經三個月了,還沒有見過家人。' +
    '記者問及是否自願,負責人表示:“這是上級的決定,我們只是執行。”報紙後來刪去了這段話,但網頁的舊版本仍然可以讀到。',
  russian:
    'Все люди рождаются свободными и равными в своем достоинстве и правах. Они наделены разумом и совестью и должны поступать в отношении друг друга в духе братства. ' +
    'Каждый человек имеет право на труд, на свободный выбор работы, на справедливые и благоприятные условия труда и на защиту от безработицы. ' +
    'В прошлом году область направила на работу в другие районы более двенадцати тысяч сельских жителей; газета «Вечерние новости» сообщает, что отказаться было нельзя. ' +
    'Министерство труда Республики Казахстан не ответило на вопросы журналистов. Никто не должен содержаться в рабстве или в подневольном состоянии.',
  uyghur:
    'ئۇيغۇر ئاپتونوم رايونى ئىش كۈچى يۆتكەش خىزمىتىنى كۈچەيتىپ، يېزا ئاھالىسىنى ئۆلكە سىرتىغا ئىشلەشكە ئەۋەتتى. ' +
    'ھەممە ئادەم زانىدىنلا ئەركىن، ئىززەت-ھۆرمەت ۋە ھوقۇقتا باپباراۋەر بولۇپ تۇغۇلغان. ئۇلار ئەقىلگە ۋە ۋىجدانغا ئىگە.',
} as const;
export type Language = keyof typeof MADE;

const IN_CORPUS: Readonly<Partial<Record<Language, string>>> = { simplified: 'udhr-cmn_hans', uyghur: 'udhr-uig_arab' };

/** All available text in a language; the corpus only adds to it. */
export function textIn(language: Language): string {
  const folder = IN_CORPUS[language];
  const path = corpus === null || folder === undefined ? null : join(corpus, folder, 'text.txt');
  return path !== null && existsSync(path) ? `${MADE[language]}\n${readFileSync(path, 'utf8')}` : MADE[language];
}

/** A piece of running text of `length` code units, from a random place. */
export function pieceOf(language: Language, length: number, random: Seeded): string {
  const text = textIn(language);
  const repeated = text.repeat(Math.ceil((length + text.length) / text.length));
  const from = random.int(0, text.length - 1);
  return repeated.slice(from, from + length);
}
