import type { DossierPreview, SavedDossier } from '../../../shared/contract/dossier.ts';
import { useCall } from '../../api/index.ts';
import { LastMade } from '../../common/files/LastMade.tsx';
import { formatBytes, formatShare } from '../../common/format.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { useDossierOut } from './useDossierOut.ts';

/** Buttons that write the dossier as a web page, a Word file or a folder that can be checked, or print it; with progress and a stop button. */
export function Makes({ saved, preview }: { saved: SavedDossier; preview: DossierPreview | undefined }) {
  const { t } = useTranslation();
  const out = useDossierOut(saved);
  const nativeDialogs = useCall('app.state', {}).data?.nativeDialogs ?? false;
  const cannot = preview === undefined || preview.refused.length > 0 || preview.exhibits.length === 0;
  const isBusy = cannot || out.isWriting || out.isPrinting;
  return (
    <section className="pane-section stack">
      <h3>{t('dossier.makes.title')}</h3>
      {preview !== undefined && preview.refused.length > 0 ? (
        <p className="hint">{t('dossier.makes.refused')}</p>
      ) : null}
      <Button kind="primary" icon="print" isDisabled={isBusy} onPress={out.print}>
        {t('dossier.makes.pdf')}
      </Button>
      <Button icon="export" isDisabled={isBusy} onPress={() => out.start('html')}>
        {t('dossier.makes.html')}
      </Button>
      <LastMade asked={[saved.id, 'html']} />
      <Button icon="export" isDisabled={isBusy} onPress={() => out.start('docx')}>
        {t('dossier.makes.docx')}
      </Button>
      <LastMade asked={[saved.id, 'docx']} />
      <Button icon="folder" isDisabled={isBusy} onPress={() => out.start('folder')}>
        {t(nativeDialogs ? 'dossier.makes.folder' : 'dossier.makes.zip')}
      </Button>
      <LastMade asked={[saved.id, 'folder']} />
      <p className="hint">
        {t('dossier.makes.folderHint')}
        {preview === undefined || preview.counts.bytes === 0
          ? null
          : ` ${t('dossier.makes.originals', { size: formatBytes(preview.counts.bytes) })}`}
      </p>
      {out.isPrinting ? (
        <p className="dim" role="status">
          {t('dossier.makes.printing')}
        </p>
      ) : null}
      {out.isWriting ? (
        <p className="line">
          <span className="dim grow" role="status">
            {out.share === null
              ? t('evidence.exporting')
              : t('evidence.exportingShare', { share: formatShare(out.share) })}
          </span>
          <Button size="small" onPress={out.stop}>
            {t('evidence.stopExport')}
          </Button>
        </p>
      ) : null}
    </section>
  );
}
