import { useTranslation } from '../../common/strings/use-translation.ts';
import { handedInByOthers } from '../../../shared/agreement/handed-in.ts';
import { useCall } from '../../api/index.ts';
import { shownKeys } from '../../common/commands/keys.ts';
import { formatWhen } from '../../common/format.ts';
import { useNow } from '../../common/now.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { chooseTeamSection } from '../../common/workbench/screens.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Note } from '../../ui/Note.tsx';
import { MERGE_KEY } from './keys.ts';
import { MergeHistory } from './MergeHistory.tsx';
import { dismissMerged, useMerging, type Merged } from './merge-state.ts';
import { useMergeActs } from './useMergeActs.ts';

/** Where a merge begins: a file, a copy that a syncing program made, a project on this computer; and what was merged. */
export function MergeHome() {
  const { t } = useTranslation();
  const { choose } = useMergeActs();
  const isReadOnly = useReadOnly();
  const nativeDialogs = useCall('app.state', {}).data?.nativeDialogs ?? false;
  return (
    <>
      <header className="bar">
        <h2 className="strong grow">{t('team.sections.merge')}</h2>
      </header>
      <div className="scroll team-body">
        <Outcome />
        <section className="team-block team-begin">
          <p className="reading mid">{t('team.merge.purpose')}</p>
          <div className="line" data-wrap>
            <Button
              kind="primary"
              icon="merge"
              keys={shownKeys(MERGE_KEY)}
              isDisabled={isReadOnly}
              onPress={() => choose('file')}
              data-begin
            >
              {t('team.merge.fromFile')}
            </Button>
            {nativeDialogs ? (
              <Button icon="folder" isDisabled={isReadOnly} onPress={() => choose('folder')}>
                {t('team.merge.fromFolder')}
              </Button>
            ) : null}
            <span className="hint">{t('team.merge.drop')}</span>
          </div>
        </section>
        <Copies />
        <Recents />
        <MergeHistory />
      </div>
    </>
  );
}

/** What the last attempt brought, or why it brought nothing; it stays until it is closed. */
function Outcome() {
  const { t } = useTranslation();
  const { merged, failed } = useMerging();
  if (failed !== null) {
    return (
      <Note tone="bad" role="alert">
        <div className="line">
          <div className="grow">
            <p className="strong">{t('team.merge.failed', { name: failed.name })}</p>
            <p>{failed.error.message}</p>
          </div>
          <IconButton label={t('app.close')} icon="close" size="small" onPress={dismissMerged} />
        </div>
      </Note>
    );
  }
  if (merged === null) return null;
  return (
    <>
      <MergedNote merged={merged} />
      <ByOthers />
    </>
  );
}

function MergedNote({ merged }: { merged: Merged }) {
  const { t } = useTranslation();
  const { report, name, closed } = merged;
  const { commits, adds, changes, conflictsTotal, refused, restored } = report;
  // Some may have been settled since.
  const now = useCall('merge.conflicts', { limit: 0 }).data?.total ?? conflictsTotal;
  const open = Math.min(conflictsTotal - closed, now);
  const count = commits.added + commits.supplied;
  return (
    <Note tone="ok" role="status">
      <div className="line" data-wrap>
        <div className="grow">
          <p className="strong">
            {restored ? t('team.merge.restoredFrom', { name }) : t('team.merge.mergedFrom', { name, count })}
          </p>
          <p>
            {t('team.merge.added', {
              adds: t('team.merge.adds', { count: adds }),
              changes: t('team.merge.changes', { count: changes }),
            })}{' '}
            {closed === 0 ? '' : t('team.merge.closed', { count: closed })}{' '}
            {refused.length === 0 ? '' : t('team.merge.refusedCount', { count: refused.length })}
          </p>
        </div>
        {open <= 0 ? null : (
          <Button size="small" onPress={() => chooseTeamSection('conflicts')}>
            {t('team.merge.showConflicts', { count: open })}
          </Button>
        )}
        <IconButton label={t('app.close')} icon="close" size="small" onPress={dismissMerged} />
      </div>
    </Note>
  );
}

/** Assignments that somebody else handed in than the one they were given to: whose coding they are, one should know. */
function ByOthers() {
  const { t } = useTranslation();
  const assignments = useCall('assignments.list', {}).data?.assignments ?? [];
  const people = useCall('people.list', {}).data?.people ?? [];
  const found = handedInByOthers(assignments, people);
  if (found.length === 0) return null;
  return (
    <Note tone="warn" role="status">
      {found.map(({ id, name, coderName, by }) => (
        <p key={id}>{t('team.merge.byOther', { name, coder: coderName, by })}</p>
      ))}
    </Note>
  );
}

/** Copies of this project that a syncing program made because two machines wrote to it. */
function Copies() {
  const { t } = useTranslation();
  const { look } = useMergeActs();
  const now = useNow();
  const copies = useCall('app.conflictCopies', {}).data?.copies ?? [];
  if (copies.length === 0) return null;
  return (
    <section className="team-block" aria-labelledby="team-copies">
      <h3 id="team-copies" className="section-head warn">
        <Icon name="alert" size="small" />
        {t('team.copies.title', { count: copies.length })}
      </h3>
      <p className="hint">{t('team.copies.text')}</p>
      <ul className="team-list">
        {copies.map(({ key, name, at }) => (
          <li key={key} className="team-row">
            <span className="two-lines grow">
              <bdi className="cut">{name}</bdi>
              <span>{t('team.copies.written', { when: formatWhen(at, now) })}</span>
            </span>
            <Button
              size="small"
              aria-label={t('team.merge.lookOf', { name })}
              onPress={() => look({ from: { copy: key }, name })}
            >
              {t('team.merge.look')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** So many of the projects opened last. */
const MOST = 6;

function Recents() {
  const { t } = useTranslation();
  const { look } = useMergeActs();
  const now = useNow();
  const state = useCall('app.state', {}).data;
  const recents = (state?.recents ?? [])
    .filter(({ missing, place }) => !missing && place !== state?.project?.place)
    .toSorted((a, b) => b.openedAt - a.openedAt)
    .slice(0, MOST);
  if (recents.length === 0) return null;
  return (
    <section className="team-block" aria-labelledby="team-recents">
      <h3 id="team-recents" className="section-head">
        {t('team.recents.title')}
      </h3>
      <ul className="team-list">
        {recents.map(({ key, title, place, openedAt }) => (
          <li key={key} className="team-row">
            <span className="two-lines grow">
              <bdi className="cut">{title}</bdi>
              <span className="cut">
                <bdi>{place}</bdi>
                {', '}
                {t('team.recents.opened', { when: formatWhen(openedAt, now) })}
              </span>
            </span>
            <Button
              size="small"
              aria-label={t('team.merge.lookOf', { name: title })}
              onPress={() => look({ from: { recent: key }, name: title })}
            >
              {t('team.merge.look')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
