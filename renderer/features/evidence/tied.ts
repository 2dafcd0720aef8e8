import type { Words } from '../../common/strings/use-translation.ts';

/** The end of a heading that names the one with the most: how many others have as many; empty if none has. `counts`: of all, in any order. */
export function tied(counts: readonly number[], t: Words): string {
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  const others = counts.filter((count) => count === most).length - 1;
  return others > 0 ? t('evidence.tied', { count: others }) : '';
}
