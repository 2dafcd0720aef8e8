import type { Words } from '../../common/strings/use-translation.ts';

/** What a heading that names the one with the most adds where others have as many; else nothing. `counts`: of all, in any order. */
export function tied(counts: readonly number[], t: Words): string {
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  const others = counts.filter((count) => count === most).length - 1;
  return others > 0 ? t('evidence.tied', { count: others }) : '';
}
