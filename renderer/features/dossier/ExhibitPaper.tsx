import type { DossierPreview, SavedDossier } from '../../../shared/contract/dossier.ts';
import { useCall } from '../../api/index.ts';
import { OwnPage } from '../../common/own-pages/OwnPage.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { IconButton } from '../../ui/Button.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { askedOf, showExhibit, useDossiers } from './state.ts';
import { useKeys } from './useDossierOut.ts';

/** Shows one exhibit as it will be printed, on white in both themes. Nothing in it can run or load. */
export function ExhibitPaper({ saved, preview }: { saved: SavedDossier; preview: DossierPreview }) {
  const { t } = useTranslation();
  const wanted = useDossiers((state) => state.exhibit);
  const passwords = useDossiers((state) => state.passwords);
  const keys = useKeys();
  const count = preview.exhibits.length;
  const number = Math.min(wanted, count);
  const label = preview.exhibits[number - 1]?.label ?? String(number);
  const asked =
    count === 0 || keys === undefined ? null : { ...askedOf(saved), exhibit: number, keys, passwords: [...passwords] };
  const { data, error } = useCall('dossier.show', asked);
  return (
    <div className="dossier-paper">
      <div className="bar">
        <IconButton
          icon="back"
          label={t('dossier.paper.previous')}
          isDisabled={number <= 1}
          onPress={() => showExhibit(number - 1)}
        />
        <span className="grow" role="status">
          {t('dossier.paper.which', { number: label, count })}
        </span>
        <IconButton
          icon="forward"
          label={t('dossier.paper.next')}
          isDisabled={number >= count}
          onPress={() => showExhibit(number + 1)}
        />
      </div>
      {error === null ? null : <InlineError message={error.message} />}
      {data === undefined ? (
        <div className="grow" aria-busy={error === null} />
      ) : (
        <OwnPage title={t('dossier.paper.which', { number: label, count })} html={data.html} />
      )}
    </div>
  );
}
