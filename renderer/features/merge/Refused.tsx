import { useTranslation } from '../../common/strings/use-translation.ts';
import type { MergePreview } from '../../../shared/contract/merge.ts';
import { shortHash } from '../../common/format.ts';
import { Note } from '../../ui/Note.tsx';

/** So many are drawn: a log that was tampered with can have thousands. */
const MOST = 200;

/** What stays out, each with its reason; the rest can merge. */
export function Refused({ preview: { refused } }: { preview: MergePreview }) {
  const { t } = useTranslation();
  return (
    <div className="team-block">
      <Note tone="warn">{t('team.refused.text', { count: refused.length })}</Note>
      <ul className="team-list" aria-label={t('team.merge.refused')}>
        {refused.slice(0, MOST).map(({ id, reason }) => (
          <li key={id} className="team-row">
            <span className="mono team-hash" title={id}>
              {id.length > 20 ? shortHash(id) : id}
            </span>
            <span className="grow">{reason}</span>
          </li>
        ))}
      </ul>
      {refused.length > MOST ? <p className="hint">{t('team.andMore', { count: refused.length - MOST })}</p> : null}
    </div>
  );
}
