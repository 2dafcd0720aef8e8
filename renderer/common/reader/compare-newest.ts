import type { SourceId } from '../../../shared/model/index.ts';
import type { Api } from '../../api/index.ts';
import { compareVersions } from './comparison.ts';

/**
 * Compares a source with its newest version; where it is that itself, with the last one before that has passages, else with
 * the one right before. False: it has no other.
 */
export async function compareNewest(api: Api, source: SourceId): Promise<boolean> {
  const { versions } = await api.read('versions.list', { source });
  const at = versions.findIndex((one) => one.source === source);
  const newest = versions.at(-1);
  const earlier = versions.slice(0, Math.max(0, at));
  const before = earlier.findLast(({ passages }) => passages > 0) ?? earlier.at(-1);
  if (newest !== undefined && newest.source !== source)
    compareVersions({ older: { source }, newer: { source: newest.source } });
  else if (before !== undefined) compareVersions({ older: { source: before.source }, newer: { source } });
  else return false;
  return true;
}
