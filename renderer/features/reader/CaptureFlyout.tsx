import type { ReactNode } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Source } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { CaptureRows } from '../../common/captures/CaptureRows.tsx';
import { copyAddress } from '../../common/captures/copy-address.ts';
import { formatCapturedHere } from '../../common/format.ts';
import { showRecord } from '../../common/workbench/library-shelf.ts';
import { LinkButton } from '../../ui/Button.tsx';

/** The capture record at the page itself: where it is from, how it was answered, and what freezing left out. */
export function CaptureFlyout({ source, onClose }: { source: Source; onClose: () => void }) {
  const { t } = useTranslation();
  const { url, time, tool, collector } = source.capture;
  return (
    <>
      <section className="stack" aria-label={t('record.capture')}>
        <h3>{t('record.capture')}</h3>
        <dl className="definitions">
          <Said source={source} field="captureUrl" label={t('record.fields.url')}>
            {url === null ? null : (
              <>
                <bdi dir="ltr">{url}</bdi>{' '}
                <LinkButton onPress={() => copyAddress(t, url)}>{t('reader.copyAddress')}</LinkButton>
              </>
            )}
          </Said>
          <Said source={source} field="captureTime" label={t('record.fields.time')}>
            {time === null ? null : (
              <>
                {formatCapturedHere(time)} <span className="hint">{t('archive.asWritten', { time })}</span>
              </>
            )}
          </Said>
          <Said source={source} field="captureTool" label={t('record.fields.tool')}>
            {tool}
          </Said>
          <Said source={source} field="captureCollector" label={t('record.fields.collector')}>
            {collector}
          </Said>
          <CaptureRows source={source} />
        </dl>
        <span>
          <LinkButton
            onPress={() => {
              onClose();
              showRecord(source.id);
            }}
          >
            {t('captured.edit')}
          </LinkButton>
        </span>
      </section>
      <LeftOut source={source} />
    </>
  );
}

function Said({
  source,
  field,
  label,
  children,
}: {
  source: Source;
  field: string;
  label: string;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const where = source.prefilled[field];
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {children === null ? <span className="unset">{t('record.notKnown')}</span> : children}
        {children === null || where === undefined ? null : (
          <div className="hint">{t('record.fromFile', { where })}</div>
        )}
      </dd>
    </>
  );
}

/** What the page that is shown lacks or leaves open, as its layer says. */
function LeftOut({ source }: { source: Source }) {
  const { t } = useTranslation();
  const layer = useCall('layers.get', source.layer === null ? null : { id: source.layer }).data;
  if (layer === undefined || layer.notes.length === 0) return null;
  return (
    <section className="stack" aria-label={t('captured.leftOut')}>
      <h3>{t('captured.leftOut')}</h3>
      <ul className="capture-list">
        {layer.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </section>
  );
}
