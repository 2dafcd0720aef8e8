import { useState, type ReactNode } from 'react';
import { useTranslation } from '../strings/use-translation.ts';
import type { ArchivePage, OriginalPart, Redirect, Source, ArchiveSignature } from '../../../shared/model/index.ts';
import { Badge, type Tone } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { formatBytes, shortHash, formatCapturedHere } from '../format.ts';
import type { IconName } from '../../ui/Icon.tsx';

/** Whether {@link CaptureRows} has any rows for a source. */
export const isCapture = ({ status, redirects, archive, parts, content }: Source): boolean =>
  status !== null || redirects.length > 0 || archive !== null || parts.length > 0 || content !== null;

/** The facts that a capture’s file states, which nobody can edit: rows of a definition list. */
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

/** A list that is folded to its count until it is opened. */
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

/** From the requested address to the final one. */
function RedirectChain({ redirects, last }: { redirects: readonly Redirect[]; last: string | null }) {
  const { t } = useTranslation();
  return (
    <Folded count={t('captured.redirected', { count: redirects.length })}>
      <ol className="capture-list">
        {redirects.map(({ url, status }, at) => (
          // One address may occur twice in a chain of redirects.
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

/** The most parts that are shown: a folder may hold thousands. The project file lists all. */
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

const DIGEST_SIGNS: Record<ArchivePage['digest'], { tone: Tone; icon: IconName }> = {
  held: { tone: 'ok', icon: 'verified' },
  wrong: { tone: 'bad', icon: 'unverified' },
  none: { tone: 'plain', icon: 'minus' },
};

/** Whether an archive’s own checksums match: of the whole, or of one record. */
export function DigestBadge({ state, of }: { state: ArchivePage['digest']; of: 'archive' | 'record' }) {
  const { t } = useTranslation();
  return <Badge {...DIGEST_SIGNS[state]}>{t(`archive.digests.${of}.${state}`)}</Badge>;
}

const SIGNATURE_SIGNS: Record<ArchiveSignature['state'], { tone: Tone; icon: IconName }> = {
  valid: { tone: 'ok', icon: 'verified' },
  invalid: { tone: 'bad', icon: 'unverified' },
  unchecked: { tone: 'warn', icon: 'alert' },
};

/** Who signed an archive and when, and how much of that could be verified. */
export function SignatureSaid({ signature }: { signature: ArchiveSignature | null }) {
  const { t } = useTranslation();
  if (signature === null) return <Badge icon="minus">{t('archive.signature.none')}</Badge>;
  const { state, by, at, note } = signature;
  const who = [
    ...(by === null ? [] : [t('archive.signature.by', { by })]),
    ...(at === null ? [] : [formatCapturedHere(at)]),
  ].join(', ');
  return (
    <div className="stack-tight">
      <span className="line" data-wrap>
        <Badge {...SIGNATURE_SIGNS[state]}>{t(`archive.signature.${state}`)}</Badge>
        {who === '' ? null : (
          <bdi className="mid archive-signer" title={at ?? undefined}>
            {who}
          </bdi>
        )}
      </span>
      <span className="hint">{note}</span>
    </div>
  );
}

/** The names of HTTP status codes that a capture can contain (RFC 9110 and others). */
const NAMES: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  203: 'Non-Authoritative Information',
  204: 'No Content',
  206: 'Partial Content',
  300: 'Multiple Choices',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition Failed',
  416: 'Range Not Satisfiable',
  418: 'I’m a teapot',
  421: 'Misdirected Request',
  422: 'Unprocessable Content',
  425: 'Too Early',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  451: 'Unavailable For Legal Reasons',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** A status with its name: `404 Not Found`; without one where it has none. */
export function statusWords(status: number): string {
  const name = NAMES[status];
  return name === undefined ? String(status) : `${String(status)} ${name}`;
}

/** A successful answer, not an error or a redirect. */
export const isAnswered = (status: number): boolean => status >= 200 && status < 300;
