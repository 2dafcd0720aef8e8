import type { Version } from '../../../shared/contract/versions.ts';
import type { SourceId } from '../../../shared/model/index.ts';
import { errorDataOf, useApi, useCall, useCallAtRest } from '../../api/index.ts';
import { runCommand } from '../../common/commands/registry.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { formatCaptured } from '../../common/format.ts';
import { notifyError } from '../../common/notices/notices.ts';
import { compareVersions } from '../../common/reader/comparison.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { openSource } from '../../common/workbench/workbench.ts';
import { Button, IconButton, LinkButton } from '../../ui/Button.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { countsOf } from './rows.ts';

/** The most versions that are compared automatically: with more, all texts of an archive would be read. */
const MAX_COMPARED = 4;

/** The other versions of a source: captures of the same address, or sources that a person paired. */
export function VersionsSection({ source }: { source: SourceId }) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const versions = useCall('versions.list', { source }).data?.versions ?? [];
  const own = versions.findIndex((one) => one.source === source);
  const hasOthers = versions.length > 1;
  return (
    <section className="pane-section stack" aria-label={t('versions.section')}>
      <SectionHead
        title={t('versions.section')}
        act={t('versions.pair')}
        onAct={isReadOnly ? null : () => runCommand('versions.pair')}
      />
      {hasOthers ? (
        <ol className="versions-of">
          {versions.map((version, at) => (
            <VersionLine
              key={version.source}
              version={version}
              own={source}
              isNewer={at > own}
              isCompared={at > own && at - own <= MAX_COMPARED}
            />
          ))}
        </ol>
      ) : (
        <p className="hint">{t('versions.only')}</p>
      )}
      {hasOthers ? (
        <div className="line" data-wrap>
          <Button size="small" onPress={() => runCommand('versions.compare')}>
            {t('versions.compare')}
          </Button>
        </div>
      ) : null}
    </section>
  );
}

interface LineProps {
  readonly version: Version;
  readonly own: SourceId;
  readonly isNewer: boolean;
  readonly isCompared: boolean;
}

function VersionLine({ version, own, isNewer, isCompared }: LineProps) {
  const { t } = useTranslation();
  const api = useApi();
  const isOwn = version.source === own;
  const when = version.time === null ? t('versions.noTime') : formatCaptured(version.time);
  const pair = isNewer
    ? { older: { source: own }, newer: { source: version.source } }
    : { older: { source: version.source }, newer: { source: own } };
  return (
    <li className="versions-line" data-own={isOwn || undefined}>
      {isOwn ? (
        <span className="mono">{when}</span>
      ) : (
        <LinkButton onPress={() => openSource(version.source)}>
          <span className="mono">{when}</span>
        </LinkButton>
      )}
      <span className="grow">{isOwn ? t('versions.this') : t(isNewer ? 'versions.newer' : 'versions.older')}</span>
      {isCompared ? <VersionSummary older={own} newer={version.source} /> : null}
      {!isNewer || !isCompared ? (
        <span className="dim">{t('sidebar.passages', { count: version.passages })}</span>
      ) : null}
      {isOwn ? null : (
        <IconButton
          label={t('versions.compareWith', { when })}
          icon="columns"
          size="small"
          onPress={() => compareVersions(pair)}
        />
      )}
      {version.how === 'paired' && isOwn ? (
        <IconButton
          label={t('versions.unpair')}
          icon="unpin"
          size="small"
          onPress={() =>
            void api
              .call('versions.unpair', { newer: own })
              .catch((thrown: unknown) => notifyError(errorDataOf(thrown)))
          }
        />
      ) : null}
    </li>
  );
}

/** How many passages are changed or not found in the newer version. */
function VersionSummary({ older, newer }: { older: SourceId; newer: SourceId }) {
  const { t } = useTranslation();
  // This is visible while people tag: comparing after each tag would delay the next one.
  const found = useCallAtRest('versions.compare', { older: { source: older }, newer: { source: newer } });
  if (found === undefined) return null;
  const counts = countsOf(found.passages);
  return (
    <span className="versions-news">
      {counts.changed === 0 ? null : (
        <span className="versions-fate" data-fate="changed">
          {t('versions.report.changed', { count: counts.changed })}
        </span>
      )}
      {counts.vanished === 0 ? null : (
        <span className="versions-fate" data-fate="vanished">
          {t('versions.report.vanished', { count: counts.vanished })}
        </span>
      )}
    </span>
  );
}
