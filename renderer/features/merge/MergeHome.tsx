import { useRef } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { submittedByOthers } from '../../../shared/agreement/submitted-by-others.ts';
import { useCall } from '../../api/index.ts';
import { formatWhen } from '../../common/format.ts';
import { useNow } from '../../common/now.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { chooseTeamSection } from '../../common/workbench/screens.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { focusScreen } from '../../ui/focus-memory.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Note } from '../../ui/Note.tsx';
import { dismissMerged, useMerging, type Merged } from './merge-state.ts';
import { LeftTagsNote } from './LeftTagsNote.tsx';
import { editedFile, WarningNotes, warningsOf } from './warnings.tsx';
import { MergeHistory, putBackWords } from './MergeHistory.tsx';
import { useMergeActs } from './useMergeActs.ts';
import { shownKeysOf } from '../../common/commands/command-keys.ts';

/** The start of a merge: a file, a conflict copy, or a project on this computer. Below it, the merge history. */
export function MergeHome() {
  const { t } = useTranslation();
  const { choose } = useMergeActs();
  const isReadOnly = useReadOnly();
  const isMerged = useMerging(({ merged }) => merged !== null);
  const heading = useRef<HTMLHeadingElement>(null);
  const nativeDialogs = useCall('app.state', {}).data?.nativeDialogs ?? false;
  return (
    <>
      <header className="bar">
        {/* After a merge the heading takes the focus, not the button below: a second Enter would open the button’s dialog. */}
        <h2 ref={heading} tabIndex={-1} className="strong grow" data-begin={isMerged || undefined}>
          {t('team.sections.merge')}
        </h2>
      </header>
      <div className="scroll team-body">
        <Outcome />
        <LeftTagsNote heading={heading} />
        <section className="team-block merge-begin">
          <p className="reading mid">{t('merge.purpose')}</p>
          <div className="line" data-wrap>
            <Button
              kind="primary"
              icon="merge"
              keys={shownKeysOf('team.merge')}
              isDisabled={isReadOnly}
              onPress={() => choose('file')}
              data-begin
            >
              {t('merge.fromFile')}
            </Button>
            {nativeDialogs ? (
              <Button icon="folder" isDisabled={isReadOnly} onPress={() => choose('folder')}>
                {t('merge.fromFolder')}
              </Button>
            ) : null}
            <span className="hint">{t(isReadOnly ? 'merge.readOnly' : 'merge.drop')}</span>
          </div>
        </section>
        <Copies />
        <Recents />
        <MergeHistory />
      </div>
    </>
  );
}

/** The result of the last merge, or why it failed. It stays until it is closed. */
function Outcome() {
  const { t } = useTranslation();
  const { merged, failed } = useMerging();
  if (failed !== null) {
    return (
      <Note tone="bad" role="alert">
        <div className="line">
          <div className="grow">
            <p className="strong">{t('merge.failed', { name: failed.name })}</p>
            <p>{failed.error.message}</p>
          </div>
          <IconButton label={t('app.close')} icon="close" size="small" onPress={dismissMerged} />
        </div>
      </Note>
    );
  }
  if (merged === null) return null;
  const { edited, byOthers } = merged.report;
  const forged = byOthers.filter((one) => one.forged);
  return (
    <>
      <MergedNote merged={merged} />
      <WarningNotes
        warnings={[editedFile(edited), ...warningsOf(t, { ...merged.report, byOthers: forged })]}
        isMerged
      />
      <ByOthers />
    </>
  );
}

function MergedNote({ merged }: { merged: Merged }) {
  const { t } = useTranslation();
  const { report, name, closed } = merged;
  const { commits, adds, changes, conflictsTotal, refused, restored, putBack, undoneMerge } = report;
  // Some of them may have been resolved since the merge.
  const now = useCall('merge.conflicts', { limit: 0 }).data?.total ?? conflictsTotal;
  const open = Math.min(conflictsTotal - closed, now);
  const count = commits.added + commits.supplied;
  return (
    <Note tone="ok" role="status">
      <div className="line" data-wrap>
        <div className="grow">
          <p className="strong">
            {restored ? t('merge.restoredFrom', { name }) : t('merge.mergedFrom', { name, count })}
          </p>
          <p>
            {restored ? putBackWords(t, putBack) : null}{' '}
            {restored && count === 0
              ? null
              : t('merge.added', {
                  adds: t('merge.adds', { count: adds }),
                  changes: t('merge.changesCount', { count: changes }),
                })}{' '}
            {closed === 0 ? '' : t('merge.closed', { count: closed })}{' '}
            {refused.length === 0 ? '' : t('merge.refusedCount', { count: refused.length })}
          </p>
          {undoneMerge === null ? null : <p>{t('merge.stillUndone')}</p>}
        </div>
        {open <= 0 ? null : (
          <Button
            size="small"
            onPress={() => {
              chooseTeamSection('conflicts');
              focusScreen(false);
            }}
          >
            {t('merge.showConflicts', { count: open })}
          </Button>
        )}
        <IconButton label={t('app.close')} icon="close" size="small" onPress={dismissMerged} />
      </div>
    </Note>
  );
}

/** Assignments that somebody other than their coder submitted. */
function ByOthers() {
  const { t } = useTranslation();
  const assignments = useCall('assignments.list', {}).data?.assignments ?? [];
  const people = useCall('people.list', {}).data?.people ?? [];
  const found = submittedByOthers(assignments, people);
  if (found.length === 0) return null;
  return (
    <Note tone="warn" role="status">
      {found.map(({ id, name, coderName, by }) => (
        <p key={id}>{t('merge.byOther', { name, coder: coderName, by })}</p>
      ))}
    </Note>
  );
}

/** Conflict copies of this project that a sync service made. */
function Copies() {
  const { t } = useTranslation();
  const { look } = useMergeActs();
  const isReadOnly = useReadOnly();
  const now = useNow();
  const copies = useCall('app.conflictCopies', {}).data?.copies ?? [];
  if (copies.length === 0) return null;
  return (
    <section className="team-block" aria-labelledby="merge-copies">
      <h3 id="merge-copies" className="section-head warn">
        <Icon name="alert" size="small" />
        {t('merge.copies.title', { count: copies.length })}
      </h3>
      <p className="hint">{t('merge.copies.text')}</p>
      <ul className="team-list">
        {copies.map(({ key, name, at }) => (
          <li key={key} className="team-row">
            <span className="two-lines grow">
              <bdi className="cut">{name}</bdi>
              <span>{t('merge.copies.written', { when: formatWhen(at, now) })}</span>
            </span>
            <Button
              size="small"
              aria-label={t('merge.lookOf', { name })}
              isDisabled={isReadOnly}
              onPress={() => look({ from: { copy: key }, name })}
            >
              {t('merge.look')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The most recent projects that are shown. */
const MOST = 6;

function Recents() {
  const { t } = useTranslation();
  const { look } = useMergeActs();
  const isReadOnly = useReadOnly();
  const now = useNow();
  const state = useCall('app.state', {}).data;
  const recents = (state?.recents ?? [])
    .filter(({ missing, place }) => !missing && place !== state?.project?.place)
    .toSorted((a, b) => b.openedAt - a.openedAt)
    .slice(0, MOST);
  if (recents.length === 0) return null;
  return (
    <section className="team-block" aria-labelledby="merge-recents">
      <h3 id="merge-recents" className="section-head">
        {t('merge.recents.title')}
      </h3>
      <ul className="team-list">
        {recents.map(({ key, title, place, openedAt }) => (
          <li key={key} className="team-row">
            <span className="two-lines grow">
              <bdi className="cut">{title}</bdi>
              <span className="cut">
                <bdi>{place}</bdi>
                {', '}
                {t('merge.recents.opened', { when: formatWhen(openedAt, now) })}
              </span>
            </span>
            <Button
              size="small"
              aria-label={t('merge.lookOf', { name: title })}
              isDisabled={isReadOnly}
              onPress={() => look({ from: { recent: key }, name: title })}
            >
              {t('merge.look')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
