import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Source } from '../../../shared/model/index.ts';
import { useCall, useWrite } from '../../api/index.ts';
import { formatBytes, formatMoment, formatNumber } from '../../common/format.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { InlineError, Note } from '../../ui/Note.tsx';

/** What comes from the bytes themselves, and cannot be edited. */
export function SourceFacts({ source }: { source: Source }) {
  const { t } = useTranslation();
  const layer = useCall('layers.get', source.layer === null ? null : { id: source.layer }).data;
  return (
    <section className="pane-section stack" aria-label={t('record.original')}>
      <h3>{t('record.original')}</h3>
      <dl className="definitions">
        <dt>{t('record.facts.fileName')}</dt>
        <dd>
          <bdi>{source.fileName}</bdi>
        </dd>
        <dt>{t('record.facts.kind')}</dt>
        <dd>{t(`kinds.${source.kind}`)}</dd>
        <dt>{t('record.facts.size')}</dt>
        <dd>{`${formatBytes(source.bytes)}, ${t('library.pages', { count: source.pages })}`}</dd>
        <dt>{t('record.facts.sha256')}</dt>
        <dd className="mono">{source.sha256}</dd>
        <dt>{t('record.facts.added')}</dt>
        <dd>{formatMoment(source.addedAt)}</dd>
        <dt>{t('record.facts.layer')}</dt>
        <dd>
          {source.hasText && layer !== undefined
            ? t('record.facts.layerText', {
                name: t(`engines.${layer.engine}`),
                version: layer.version,
                length: formatNumber(layer.length),
              })
            : t('status.noTextLayer')}
        </dd>
      </dl>
      {source.hasText ? null : <Note>{t('record.noText')}</Note>}
      {(layer?.notes ?? []).map((note) => (
        <Note key={note} tone="warn">
          {note}
        </Note>
      ))}
      <VerifyOriginal source={source} />
    </section>
  );
}

function VerifyOriginal({ source }: { source: Source }) {
  const { t } = useTranslation();
  const { mutate, data, error, isPending } = useWrite('sources.verify');
  return (
    <>
      <div className="line">
        <Button size="small" icon="verified" isPending={isPending} onPress={() => mutate({ id: source.id })}>
          {t('record.verify')}
        </Button>
        {data?.ok === true ? (
          <Badge tone="ok" icon="check">
            {t('status.originalVerified')}
          </Badge>
        ) : null}
      </div>
      {data?.ok === false ? (
        <InlineError message={t('record.damaged', { found: data.found ?? t('record.missing') })} />
      ) : null}
      {error === null ? null : <InlineError message={error.message} />}
    </>
  );
}
