import type { Source } from '../../../shared/model/index.ts';
import { useCall, useWrite } from '../../api/index.ts';
import { runPending } from '../../common/drafts/pending-commits.ts';
import { formatNumber } from '../../common/format.ts';
import { announce } from '../../common/notices/notices.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { InlineError, Note } from '../../ui/Note.tsx';

/** Offers to make passages of a PDF’s highlights and notes; empty if none of them is new. */
export function AnnotationsOffer({ source }: { source: Source }) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const found = useCall('exchange.annotations', { source: source.id }).data;
  const take = useWrite('exchange.takeAnnotations');
  const count = found?.lines.find(({ becomes }) => becomes === 'passages')?.added ?? 0;
  if (isReadOnly || count === 0) return null;
  const left = found?.notCarried.reduce((sum, one) => sum + one.count, 0) ?? 0;
  const start = async (): Promise<void> => {
    // Commits pending texts first, so that this commit doesn’t come between their steps.
    await runPending();
    take.mutate({ source: source.id }, { onSuccess: () => announce(t('record.annotations.done')) });
  };
  return (
    <div className="pane-section">
      <Note>
        <div className="stack">
          <span>{t('record.annotations.found', { count, number: formatNumber(count) })}</span>
          <span className="hint">
            {t('record.annotations.why')}
            {left === 0 ? null : ` ${t('record.annotations.left', { count: left, number: formatNumber(left) })}`}
          </span>
          <div className="line">
            <Button size="small" icon="add" isPending={take.isPending} onPress={() => void start()}>
              {t('record.annotations.take', { count, number: formatNumber(count) })}
            </Button>
          </div>
          {take.error === null ? null : <InlineError message={take.error.message} />}
        </div>
      </Note>
    </div>
  );
}
