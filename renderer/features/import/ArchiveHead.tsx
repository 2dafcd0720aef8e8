import { useTranslation } from '../../common/strings/use-translation.ts';
import type { ArchiveFacts } from '../../../shared/contract/sources.ts';
import { DigestBadge, SignatureSaid } from '../../common/captures/ArchiveSaid.tsx';
import { Note } from '../../ui/Note.tsx';

/** What an archive says of itself and whether it holds, before one takes pages out of it. */
export function ArchiveHead({ path, archive }: { path: string; archive: ArchiveFacts }) {
  const { t } = useTranslation();
  const { format, software, records, digests, signature, notes } = archive;
  return (
    <div className="stack">
      <span className="line" data-wrap>
        <bdi className="strong archive-path">{path}</bdi>
        <span className="mid">
          {t(`archive.formats.${format}`)}
          {`, ${t('archive.records', { count: records })}`}
        </span>
        {software === null ? null : <bdi className="mid archive-path">{t('archive.software', { software })}</bdi>}
        <DigestBadge state={digests} of="archive" />
        {signature === null ? <SignatureSaid signature={null} /> : null}
      </span>
      {signature === null ? null : <SignatureSaid signature={signature} />}
      {notes.length === 0 ? null : (
        <Note tone="warn">
          <ul className="stack-tight">
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </Note>
      )}
    </div>
  );
}
