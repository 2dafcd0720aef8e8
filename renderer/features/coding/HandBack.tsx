import { useTranslation } from '../../app/strings/use-translation.ts';
import type { Assignment } from '../../../shared/model/index.ts';
import { useCall, useWrite } from '../../api/index.ts';
import { formatBytes } from '../../app/format.ts';
import { saveDownload } from '../../app/save-download.ts';
import { notify } from '../../app/state/notices.ts';
import { openPassage, openSpot } from '../../app/state/workbench.ts';
import { Button } from '../../ui/Button.tsx';
import { InlineError } from '../../ui/Note.tsx';

/** A copy for blind coding: what there is to code, and handing it back when it is done. */
export function HandBack({ assignment }: { assignment: Assignment }) {
  const { t } = useTranslation();
  const sources = useCall('sources.list', {}).data?.sources ?? [];
  const exporting = useWrite('app.exportProject');
  const { unit, units, coderDone } = assignment;
  const titles = new Map(sources.map(({ id, title, fileName }) => [id, title ?? fileName]));
  const handBack = (): void =>
    exporting.mutate(
      {},
      {
        onSuccess: ({ done, name, bytes, download }) => {
          if (!done) return;
          if (download !== null) saveDownload(download, name ?? '');
          notify('plain', t('project.exported', { name, size: formatBytes(bytes) }));
        },
      },
    );
  return (
    <div className="scroll team-body">
      <div className="team-block coding-begin">
        <h3 className="strong">{assignment.name === '' ? t('coding.blind') : assignment.name}</h3>
        <p className="reading">
          {t('coding.blindMeaning', { units: t(`coding.units.${unit}`, { count: units.length }) })}
        </p>
        {exporting.error === null ? null : <InlineError message={exporting.error.message} />}
        <Button kind="primary" icon="export" isPending={exporting.isPending} onPress={handBack}>
          {t(coderDone ? 'coding.handBackAgain' : 'coding.handBack')}
        </Button>
      </div>
      <ol className="team-block team-list" aria-label={t('coding.sample')}>
        {units.map(({ source, start, end, passage }, index) => (
          <li key={`${source}-${String(start)}`} className="team-row">
            <span className="dim number">{index + 1}</span>
            <bdi className="grow cut">{titles.get(source) ?? ''}</bdi>
            <Button
              size="small"
              kind="quiet"
              onPress={() => (passage === null ? openSpot(source, { start, end }) : openPassage({ source, passage }))}
            >
              {t('coding.show', { number: index + 1 })}
            </Button>
          </li>
        ))}
      </ol>
    </div>
  );
}
