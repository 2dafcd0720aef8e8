import { useTranslation } from '../../common/strings/use-translation.ts';
import type { SourceId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { MemoSection } from '../../common/memos/MemoSection.tsx';
import { openSource } from '../../common/workbench/workbench.ts';
import { Button } from '../../ui/Button.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { CaptureFacts } from './CaptureFacts.tsx';
import { CaptureFields } from './CaptureFields.tsx';
import { DateFields } from './DateFields.tsx';
import { DescriptionFields } from './DescriptionFields.tsx';
import { nameOf } from './filter.ts';
import { GradeFields } from './GradeFields.tsx';
import { SourceFacts } from './SourceFacts.tsx';
import { useRecord } from './useRecord.ts';

/** All that a person can say of a source, beside what its bytes say. Each field is saved, and undone, by itself. */
export function RecordEditor({ id }: { id: SourceId }) {
  const { t } = useTranslation();
  const { data: source, error } = useCall('sources.get', { id });
  const record = useRecord(id);
  return (
    <aside className="pane record" aria-label={t('record.title')}>
      <header className="pane-head">
        <h2>{t('record.title')}</h2>
        <bdi className="dim cut grow" title={source === undefined ? undefined : nameOf(source)}>
          {source === undefined ? '' : nameOf(source)}
        </bdi>
        {source === undefined || source.deleted ? null : (
          <Button size="small" icon="go" onPress={() => openSource(id)}>
            {t('library.open')}
          </Button>
        )}
      </header>
      {error === null ? null : <InlineError message={error.message} />}
      {record.error === null ? null : <InlineError message={record.error.message} />}
      {source === undefined ? null : (
        // A region that scrolls must be reachable by keyboard; its fields are, but they may all be disabled.
        <div className="scroll">
          <DescriptionFields source={source} save={record.save} />
          <DateFields source={source} save={record.save} />
          <GradeFields source={source} save={record.save} />
          <CaptureFields source={source} save={record.save} />
          <CaptureFacts source={source} />
          {source.deleted ? null : <MemoSection target={{ kind: 'source', id }} />}
          <SourceFacts source={source} />
        </div>
      )}
    </aside>
  );
}
