import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Layer, SourceId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { Badge, Initials } from '../../ui/Badge.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { UNDO_KEY } from '../commands/project.ts';
import { shownKeys } from '../../common/commands/keys.ts';
import { formatWhen, shortHash } from '../../common/format.ts';
import { useNow } from '../../common/now.ts';
import { openDialog, useWorkbench } from '../../common/workbench/workbench.ts';
import { useUndoRedo } from '../undo.ts';
import { Work } from './Work.tsx';

/** Evidence in sight: integrity, what can be undone, and who is at work. */
export function StatusBar() {
  const { t } = useTranslation();
  const { place, source } = useWorkbench();
  const state = useCall('app.state', {}).data;
  return (
    <footer className="status-bar">
      {place === 'read' && source !== null ? <SourceIntegrity source={source} /> : <ProjectIntegrity />}
      <span className="grow" />
      <Work />
      <UndoButton />
      {state === undefined ? null : (
        <button type="button" onClick={() => openDialog('settings')} title={t('status.changePerson')}>
          <Initials name={state.person.name} size="small" />
          <bdi className="cut not-one">{state.person.name}</bdi>
          <span className="unseen">{t('status.changePerson')}</span>
        </button>
      )}
    </footer>
  );
}

function UndoButton() {
  const { t } = useTranslation();
  const { undo, run } = useUndoRedo();
  if (undo === null) {
    return (
      <span className="dim not-one">
        <Icon name="undo" size="small" />
        {t('undo.nothingToUndo')}
      </span>
    );
  }
  return (
    <button type="button" data-yields onClick={() => run('undo')} title={t('undo.undo', { label: undo })}>
      <Icon name="undo" size="small" />
      <span className="cut">{t('undo.undo', { label: undo })}</span>
      <span className="not-one">
        <Kbd keys={shownKeys(UNDO_KEY)} />
      </span>
    </button>
  );
}

function ProjectIntegrity() {
  const { t } = useTranslation();
  const now = useNow();
  const info = useCall('project.info', {}).data;
  if (info === undefined) return <span />;
  if (info.sources === 0) return <span className="dim">{t('status.noOriginals')}</span>;
  const { verified } = info;
  if (verified === null) {
    return (
      <button type="button" onClick={() => openDialog('verify')}>
        <Badge icon="unverified">{t('status.notVerified')}</Badge>
      </button>
    );
  }
  return (
    <button type="button" onClick={() => openDialog('verify')}>
      {verified.ok ? (
        <Badge tone="ok" icon="verified">
          {t('status.verifiedAt', { count: info.sources, time: formatWhen(verified.at, now) })}
        </Badge>
      ) : (
        <Badge tone="bad" icon="unverified">
          {t('status.damagedAt', { count: verified.failures, time: formatWhen(verified.at, now) })}
        </Badge>
      )}
    </button>
  );
}

function SourceIntegrity({ source: id }: { source: SourceId }) {
  const { t } = useTranslation();
  const source = useCall('sources.get', { id }).data;
  const verified = useCall('sources.verify', { id });
  const layer = useCall('layers.get', source?.layer ? { id: source.layer } : null).data;
  const page = useWorkbench((state) => state.page);
  if (source === undefined) return <span />;
  return (
    <>
      {verified.data === undefined ? (
        <span className="dim">{verified.isError ? verified.error.message : t('status.verifying')}</span>
      ) : verified.data.ok ? (
        <Badge tone="ok" icon="verified">
          {t('status.originalVerified')}
        </Badge>
      ) : (
        <button type="button" onClick={() => openDialog('verify')}>
          <Badge tone="bad" icon="unverified">
            {t('status.originalDamaged')}
          </Badge>
        </button>
      )}
      <span className="mono wide" title={source.sha256}>
        {t('status.sha256', { hash: shortHash(source.sha256) })}
      </span>
      <span className="wide">
        <LayerText layer={layer} hasText={source.hasText} page={page} />
      </span>
    </>
  );
}

function LayerText({ layer, hasText, page }: { layer: Layer | undefined; hasText: boolean; page: number | null }) {
  const { t } = useTranslation();
  if (!hasText || layer === undefined) return t('status.noTextLayer');
  const name = t(`engines.${layer.engine}`);
  const { version } = layer;
  return page === null || layer.pages.length < 2
    ? t('status.layer', { name, version })
    : t('status.layerPage', { name, version, page });
}
