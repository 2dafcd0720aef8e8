import { useState } from 'react';
import { useCall } from '../../api/index.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { useEvidence } from './state.ts';

/** What a saved figure counts: the project, the filter, how many passages, and when. */
export function useNote({ total, of }: { readonly total: number; readonly of: number }): string {
  const { t } = useTranslation();
  const query = useEvidence((state) => state.query);
  const within = useEvidence((state) => state.within);
  const [date] = useState(() => new Date().toISOString().slice(0, 10));
  const project = useCall('project.info', {}).data?.title ?? '';
  const filter = [query, ...within.map(({ title }) => title)].filter((one) => one !== '').join(', ');
  return t(filter === '' ? 'evidence.noteOfAll' : 'evidence.note', {
    project,
    filter,
    total,
    of,
    date,
  });
}
