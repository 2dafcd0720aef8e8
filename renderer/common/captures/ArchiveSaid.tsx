import { useTranslation } from '../strings/use-translation.ts';
import type { ArchivePage, ArchiveSignature } from '../../../shared/model/index.ts';
import { Badge, type Tone } from '../../ui/Badge.tsx';
import type { IconName } from '../../ui/Icon.tsx';
import { formatCapturedHere } from '../format.ts';

const DIGEST_SIGNS: Record<ArchivePage['digest'], { tone: Tone; icon: IconName }> = {
  held: { tone: 'ok', icon: 'verified' },
  wrong: { tone: 'bad', icon: 'unverified' },
  none: { tone: 'plain', icon: 'minus' },
};

/** Whether what an archive says of its own bytes holds: of all of it, or of one record. */
export function DigestBadge({ state, of }: { state: ArchivePage['digest']; of: 'archive' | 'record' }) {
  const { t } = useTranslation();
  return <Badge {...DIGEST_SIGNS[state]}>{t(`archive.digests.${of}.${state}`)}</Badge>;
}

const SIGNATURE_SIGNS: Record<ArchiveSignature['state'], { tone: Tone; icon: IconName }> = {
  valid: { tone: 'ok', icon: 'verified' },
  invalid: { tone: 'bad', icon: 'unverified' },
  unchecked: { tone: 'warn', icon: 'alert' },
};

/** Who signed an archive and when, and what of that could be checked. */
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
