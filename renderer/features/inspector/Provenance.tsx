import { useState } from 'react';
import type { CaptureRecord, Source } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { CaptureRows, isCapture } from '../../common/captures/CaptureRows.tsx';
import { formatBytes, formatCaptured, formatWhen, shortHash } from '../../common/format.ts';
import { useNow } from '../../common/now.ts';
import { CopyLine } from '../../common/sources/CopyLine.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { openDialog } from '../../common/workbench/workbench.ts';
import { Badge, GapBadge } from '../../ui/Badge.tsx';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { DateEdtf } from '../../ui/DateEdtf.tsx';

/** The original's hash, whether it still matches, and how the source was captured; missing details are marked. */
export function Provenance({ source }: { source: Source }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { capture } = source;
  return (
    <footer className="custody" aria-label={t('inspector.custody')}>
      <div className="line">
        <Verified source={source} />
        <span className="grow" />
        <Button kind="quiet" size="small" aria-expanded={open} onPress={() => setOpen(!open)}>
          {open ? t('inspector.hideRecord') : t('inspector.record')}
        </Button>
      </div>
      <div className="mono" title={source.sha256}>
        {t('status.sha256', { hash: shortHash(source.sha256) })}
      </div>
      {open ? <CaptureDetails source={source} /> : <CaptureLines capture={capture} source={source} />}
      <HashCovers source={source} />
      <CopyLine source={source.id} />
    </footer>
  );
}

/** Says what was hashed, if that is not just the document shown. */
function HashCovers({ source: { kind, archive, content, parts } }: { source: Source }) {
  const { t } = useTranslation();
  const covers =
    archive !== null
      ? t(content === null ? 'captured.coversArchive' : 'captured.coversArchiveContent')
      : parts.length > 0
        ? t('captured.coversParts', { count: parts.length })
        : kind === 'page'
          ? t('inspector.hashCoversCapture')
          : null;
  return covers === null ? null : <p className="hint">{covers}</p>;
}

function Verified({ source }: { source: Source }) {
  const { t } = useTranslation();
  const now = useNow();
  const verified = useCall('sources.verify', { id: source.id });
  if (verified.data === undefined) {
    return <span className="dim">{verified.error === null ? t('inspector.verifying') : verified.error.message}</span>;
  }
  if (verified.data.ok) {
    return (
      <Badge tone="ok" icon="verified">
        {t('inspector.verifiedAt', { time: formatWhen(verified.data.at, now) })}
      </Badge>
    );
  }
  return (
    <LinkButton onPress={() => openDialog('verify')}>
      <Badge tone="bad" icon="unverified">
        {t('inspector.damaged')}
      </Badge>
    </LinkButton>
  );
}

/** Two lines: when and by whom, and from where. Unknown values are marked as missing. */
function CaptureLines({ capture, source }: { capture: CaptureRecord; source: Source }) {
  const { t } = useTranslation();
  const gap = (known: string | null, name: 'captureTime' | 'collector' | 'address' | 'archiveLink') =>
    known === null ? <GapBadge key={name}>{t('inspector.gap', { what: t(`gaps.${name}`) })}</GapBadge> : null;
  return (
    <>
      {capture.time === null && source.dateOfCapture === null ? null : (
        <div>
          <bdi>
            {t(capture.collector === null ? 'inspector.captured' : 'inspector.capturedBy', {
              when: formatCaptured(capture.time ?? source.dateOfCapture?.edtf ?? ''),
              name: capture.collector ?? '',
            })}
          </bdi>
        </div>
      )}
      {capture.url === null ? null : (
        <bdi className="cut custody-address" title={capture.url}>
          {capture.url}
        </bdi>
      )}
      <div className="gap-badges" data-wrap>
        {gap(capture.url, 'address')}
        {gap(capture.time, 'captureTime')}
        {gap(capture.collector, 'collector')}
        {gap(capture.archiveLink, 'archiveLink')}
      </div>
    </>
  );
}

/** The whole capture record and the four dates, as far as known. */
function CaptureDetails({ source }: { source: Source }) {
  const { t } = useTranslation();
  const { capture } = source;
  const rows = [
    [t('record.fields.url'), capture.url, 'captureUrl'],
    [t('record.fields.time'), capture.time, 'captureTime'],
    [t('record.fields.tool'), capture.tool, 'captureTool'],
    [t('record.fields.collector'), capture.collector, 'captureCollector'],
    [t('record.fields.method'), capture.method, 'captureMethod'],
    [t('record.fields.archiveLink'), capture.archiveLink, 'captureArchiveLink'],
  ] as const;
  const dates = ['dateOfAct', 'dateOfDocument', 'dateOfPublication', 'dateOfCapture'] as const;
  return (
    <dl className="definitions custody-record">
      {rows.map(([label, value, field]) => (
        <Row key={label} label={label}>
          {value === null ? <span className="unset">{t('record.notKnown')}</span> : <bdi>{value}</bdi>}
          <Origin where={value === null ? undefined : source.prefilled[field]} />
        </Row>
      ))}
      {isCapture(source) ? <CaptureRows source={source} /> : null}
      {dates.map((field) => (
        <Row key={field} label={t(`record.dateNames.${field}`)}>
          <DateEdtf
            edtf={source[field]?.edtf ?? null}
            {...(source[field] === null
              ? { kind: t('dates.notKnown') }
              : source[field].implied
                ? { kind: t('dates.impliedShort') }
                : {})}
          />
          <Origin where={source[field] === null ? undefined : source.prefilled[field]} />
        </Row>
      ))}
      <Row label={t('record.facts.fileName')}>
        <bdi>{source.fileName}</bdi>, {formatBytes(source.bytes)}
      </Row>
      <Row label={t('record.facts.sha256')}>
        <span className="mono">{source.sha256}</span>
      </Row>
    </dl>
  );
}

function Row({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** Where a value came from, unless a person entered it. */
function Origin({ where }: { where: string | undefined }) {
  const { t } = useTranslation();
  return where === undefined ? null : <div className="hint">{t('record.fromFile', { where })}</div>;
}
