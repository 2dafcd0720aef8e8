import type { Seeded } from './seeded.ts';

/** Texts as newspapers print them, and what becomes of them when others reprint them. */

const HAN = Array.from(
  '转移就业劳动力培训合作社土地流村民政府工作全县推进计划组织企业东西部协产业园区收入脱贫攻坚乡镇干部群众生活发展经济建设社会稳定农民增收务工人员输出岗位技能国通用语言文字教育中心安排集结欢送专列棉花采摘季节春节返岗包车点对平安健康有序服务保障落实责任措施加强管理监测返防止',
);
const TRADITIONAL: Readonly<Record<string, string>> = {
  转: '轉',
  业: '業',
  动: '動',
  训: '訓',
  县: '縣',
  进: '進',
  计: '計',
  划: '劃',
  组: '組',
  织: '織',
  东: '東',
  产: '產',
  园: '園',
  区: '區',
  贫: '貧',
  坚: '堅',
  乡: '鄉',
  镇: '鎮',
  众: '眾',
  发: '發',
  经: '經',
  济: '濟',
  设: '設',
  会: '會',
  稳: '穩',
  农: '農',
};
const WORDS = [
  'labour',
  'transfer',
  'county',
  'workers',
  'training',
  'village',
  'land',
  'cooperative',
  'industry',
  'park',
  'province',
  'pairing',
  'officials',
  'income',
  'households',
  'program',
  'season',
  'cotton',
  'factory',
  'skills',
  'language',
  'district',
  'organised',
  'farmers',
  'announced',
  'reported',
  'percent',
  'according',
  'thousand',
  'residents',
  'departure',
  'station',
  'employment',
  'service',
  'plan',
  'measures',
  'monitoring',
  'poverty',
  'support',
  'quota',
  'townships',
  'families',
  'agency',
  'contract',
  'labourers',
  'received',
];

export type Script = 'chinese' | 'english';

/** A paragraph of `length` characters, or of a fifth as many English words. */
export function paragraph(random: Seeded, script: Script, length: number): string {
  if (script === 'english')
    return `${Array.from({ length: Math.max(3, Math.floor(length / 5)) }, () => random.pick(WORDS) + (random.chance(0.06) ? ',' : '')).join(' ')}.`;
  return Array.from({ length }, () => random.pick(HAN) + (random.chance(0.07) ? '，' : '')).join('') + '。';
}

export const article = (random: Seeded, script: Script, paragraphs = random.int(3, 8)): string =>
  Array.from({ length: paragraphs }, () => paragraph(random, script, random.int(60, 160))).join('\n');

/** How others print a text: as it is, with small edits, in traditional characters, on broken lines, or within a longer page. */
export const REPRINTS = ['whole', 'edited', 'traditional', 'wrapped', 'within'] as const;
export type Reprint = (typeof REPRINTS)[number];

export function reprint(random: Seeded, text: string, script: Script, how: Reprint): string {
  switch (how) {
    case 'whole':
      return text;
    case 'edited': {
      const edited = text.split('\n').map((line) => withEdits(random, line, script));
      return (edited.length > 3 && random.chance() ? edited.slice(0, -1) : edited).join('\n');
    }
    case 'traditional':
      return Array.from(text, (one) => TRADITIONAL[one] ?? one.toUpperCase()).join('');
    case 'wrapped':
      return script === 'chinese'
        ? text.replaceAll(/(.{23})/gu, '$1\n')
        : text.replaceAll(/((?:\S+ ){9})/gu, (line) => `${line.trimEnd()}\n`);
    case 'within':
      return [article(random, script, random.int(2, 6)), text, article(random, script, random.int(2, 6))].join('\n');
  }
}

/** One place in about sixty changes. */
function withEdits(random: Seeded, line: string, script: Script): string {
  if (script === 'english')
    return line
      .split(' ')
      .map((word) => (random.chance(0.02) ? random.pick(WORDS) : word))
      .join(' ');
  return Array.from(line, (one) => (random.chance(0.015) ? random.pick(HAN) : one)).join('');
}
