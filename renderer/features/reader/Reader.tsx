import { useTranslation } from 'react-i18next';
import type { Source, SourceId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { InlineError, Note } from '../../ui/Note.tsx';
import { SourceBody } from './SourceBody.tsx';
import { SourceTabs } from './SourceTabs.tsx';

/** The open sources, and the one in front. */
export function Reader({ tabs, front }: { tabs: readonly SourceId[]; front: SourceId }) {
  const { t } = useTranslation();
  const source = useCall('sources.get', { id: front });
  return (
    <section className="reader" aria-label={t('panes.reader')}>
      <SourceTabs tabs={tabs} front={front}>
        {source.error === null ? null : <InlineError message={source.error.message} />}
        {source.data === undefined ? null : (
          <>
            <Integrity source={source.data} />
            <SourceBody key={front} source={source.data} />
          </>
        )}
      </SourceTabs>
    </section>
  );
}

/** The original is read and hashed whenever a source is opened; what does not match is said before anything else. */
function Integrity({ source }: { source: Source }) {
  const { t } = useTranslation();
  const verified = useCall('sources.verify', { id: source.id });
  if (verified.error !== null) return <InlineError message={verified.error.message} />;
  if (verified.data === undefined || verified.data.ok) return null;
  return (
    <Note tone="bad" role="alert">
      {verified.data.found === null ? t('reader.originalMissing') : t('reader.originalChanged')}
    </Note>
  );
}
