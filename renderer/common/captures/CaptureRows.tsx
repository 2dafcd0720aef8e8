import { useState, type ReactNode } from 'react';
import { useTranslation } from '../strings/use-translation.ts';
import type { ArchivePage, OriginalPart, Redirect, Source } from '../../../shared/model/index.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { formatBytes, shortHash } from '../format.ts';
import { DigestBadge, SignatureSaid } from './ArchiveSaid.tsx';
import { isAnswered, statusWords } from './http-status.ts';

/** Whether {@link CaptureRows} has anything to say of a source. */
export const isCapture = ({ status, redirects, archive, parts, content }: Source): boolean =>
  status !== null || redirects.length > 0 || archive !== null || parts.length > 0 || content !== null;

/** What a capture's format says and nobody can edit: rows of a definition list. */
export function CaptureRows({ source }: { source: Source }) {
  const { t } = useTranslation();
  const { status, redirects, archive, parts, content } = source;
  return (
    <>
      {status === null ? null : (
        <Row label={t('captured.status')}>
          <Answer status={status} />
        </Row>
      )}
      {redirects.length === 0 ? null : (
        <Row label={t('captured.redirects')}>
          <RedirectChain redirects={redirects} last={archive?.url ?? source.capture.url} />
        </Row>
      )}
      {archive === null ? null : <ArchiveRows archive={archive} fileName={source.fileName} />}
      {parts.length === 0 ? null : (
        <Row label={t('captured.folder')}>
          <Parts parts={parts} />
        </Row>
      )}
      {content === null ? null : (
        <Row label={t('captured.content')}>
          <span className="mono">{t('status.sha256', { hash: shortHash(content) })}</span>
        </Row>
      )}
    </>
  );
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Answer({ status }: { status: number }) {
  if (isAnswered(status)) return <>{statusWords(status)}</>;
  return (
    <Badge tone="warn" icon="alert">
      {statusWords(status)}
    </Badge>
  );
}

function ArchiveRows({ archive, fileName }: { archive: ArchivePage; fileName: string }) {
  const { t } = useTranslation();
  return (
    <>
      <Row label={t('captured.archive')}>
        <span className="line" data-wrap>
          <bdi className="archive-path">{t('captured.pageOf', { name: fileName })}</bdi>
          <DigestBadge state={archive.digest} of="record" />
        </span>
        {archive.digests === archive.digest ? null : <DigestBadge state={archive.digests} of="archive" />}
      </Row>
      <Row label={t('captured.signature')}>
        <SignatureSaid signature={archive.signature} />
      </Row>
    </>
  );
}

/** A list that shows only how much it holds until one asks for it. */
function Folded({ count, children }: { count: string; children: ReactNode }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="stack-tight">
      <span className="line" data-wrap>
        <span>{count}</span>
        <Button kind="quiet" size="small" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
          {isOpen ? t('captured.hide') : t('captured.show')}
        </Button>
      </span>
      {isOpen ? children : null}
    </div>
  );
}

/** From what was asked for first to where it ended. */
function RedirectChain({ redirects, last }: { redirects: readonly Redirect[]; last: string | null }) {
  const { t } = useTranslation();
  return (
    <Folded count={t('captured.redirected', { count: redirects.length })}>
      <ol className="capture-list">
        {redirects.map(({ url, status }, at) => (
          // One address may answer twice on the way.
          <li key={`${String(at)} ${url}`}>
            <bdi dir="ltr" className="mono">
              {url}
            </bdi>
            <span className="hint">{status === null ? t('record.notKnown') : statusWords(status)}</span>
          </li>
        ))}
        {last === null ? null : (
          <li>
            <bdi dir="ltr" className="mono">
              {last}
            </bdi>
            <span className="hint">{t('captured.final')}</span>
          </li>
        )}
      </ol>
    </Folded>
  );
}

/** More are not drawn: a folder may hold thousands, and each is named in the project file. */
const SHOWN_PARTS = 200;

function Parts({ parts }: { parts: readonly OriginalPart[] }) {
  const { t } = useTranslation();
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  return (
    <Folded count={t('captured.parts', { count: parts.length, size: formatBytes(bytes) })}>
      <ul className="capture-list">
        {parts.slice(0, SHOWN_PARTS).map(({ path, sha256, bytes: own }) => (
          <li key={path}>
            <bdi>{path}</bdi>
            <span className="hint">
              {formatBytes(own)}, <span className="mono">{t('status.sha256', { hash: shortHash(sha256) })}</span>
            </span>
          </li>
        ))}
        {parts.length > SHOWN_PARTS ? (
          <li className="hint">{t('captured.moreParts', { count: parts.length - SHOWN_PARTS })}</li>
        ) : null}
      </ul>
    </Folded>
  );
}
