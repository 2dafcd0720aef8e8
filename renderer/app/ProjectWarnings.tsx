import { useTranslation } from 'react-i18next';
import { useCall } from '../api/index.ts';
import { Note } from '../ui/Note.tsx';

/** What endangers the project as a whole. */
export function ProjectWarnings() {
  const { t } = useTranslation();
  const info = useCall('project.info', {}).data;
  return (
    <div>
      {info?.syncedBy ? <Note tone="warn">{t('project.synced', { service: info.syncedBy })}</Note> : null}
      {info?.backupProblem ? (
        <Note tone="warn">{t('project.backupProblem', { why: info.backupProblem.message })}</Note>
      ) : null}
      {info?.readOnly === true ? <Note tone="warn">{t('project.readOnly')}</Note> : null}
    </div>
  );
}
