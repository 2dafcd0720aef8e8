import type { Words } from '../../common/strings/use-translation.ts';

/** Returns the suffix of a heading that names the greatest: “and N others with the same count”, or empty. `counts`: all counts, in any order. */
export function tied(counts: readonly number[], t: Words): string {
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  const others = counts.filter((count) => count === most).length - 1;
  return others > 0 ? t('evidence.tied', { count: others }) : '';
}
