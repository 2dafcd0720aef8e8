import { useEffect } from 'react';
import { useTranslation } from '../common/strings/use-translation.ts';
import { useCall, useWrite } from '../api/index.ts';
import { Button } from '../ui/Button.tsx';
import { keepFocusSomewhere } from '../ui/focus-memory.ts';
import { Note } from '../ui/Note.tsx';
import { useDecideForeignDrafts, useForeignDrafts } from '../common/drafts/drafts.ts';
import { announce } from '../common/notices/notices.ts';
import { showTeam } from '../common/workbench/screens.ts';
import { openDialog, useWorkbench } from '../common/workbench/workbench.ts';
import { formatMoment } from '../../shared/text/moment.ts';

/** Warnings about the whole project, for example why it is read-only. */
export function ProjectWarnings() {
  const { t } = useTranslation();
  const info = useCall('project.info', {}).data;
  const holder = info?.holder ?? null;
  const isHeld = holder !== null;
  const replaced = info?.replacedWhileOpen ?? null;
  return (
    <div>
      {info?.syncedBy ? <Note tone="warn">{t('project.synced', { service: info.syncedBy })}</Note> : null}
      {info?.backupProblem ? (
        <Note tone="warn">{t('project.backupProblem', { why: info.backupProblem.message })}</Note>
      ) : null}
      <AlteredState />
      <OlderState />
      <ForeignDrafts />
      {holder === null ? null : <Held {...holder} />}
      {replaced === null ? null : <Replaced {...replaced} />}
      {info?.readOnly === true && !isHeld && replaced === null ? <ReadOnly isFull={info.diskFull} /> : null}
      <ChangedKeys />
      <ConflictCopies />
    </div>
  );
}

/**
 * The project’s database was replaced by an older one, or this is an older copy. Shown until someone confirms that this is intended, or
 * until the missing edits are back.
 */
function OlderState() {
  const { t } = useTranslation();
  const older = useCall('app.state', {}).data?.older ?? null;
  const { mutate: accept, isPending } = useWrite('app.acceptOlder');
  if (older === null) return null;
  const when = formatMoment(older.at);
  return (
    <Note tone="bad" role="alert">
      <div className="line" data-wrap>
        <span className="grow">
          {older.elsewhere
            ? t('project.olderElsewhere', { count: older.edits, when })
            : older.edits === 0
              ? t('project.other', { when })
              : t('project.older', { count: older.edits, when })}
        </span>
        <Button size="small" onPress={() => openDialog('backups')}>
          {t('project.olderBackups')}
        </Button>
        <Button size="small" isPending={isPending} onPress={() => accept({})}>
          {t('project.olderIsRight')}
        </Button>
      </div>
    </Note>
  );
}

/** The folder came from another installation with unsaved texts: asks before they count as this person’s. */
function ForeignDrafts() {
  const texts = useForeignDrafts();
  return Object.keys(texts).length === 0 ? null : <SomeForeignDrafts texts={texts} />;
}

function SomeForeignDrafts({ texts }: { texts: ReturnType<typeof useForeignDrafts> }) {
  const { t } = useTranslation();
  const { free, take, discard } = useDecideForeignDrafts(texts);
  const count = Object.keys(texts).length;
  useEffect(() => keepFocusSomewhere, []);
  const keep = (): void => {
    take();
    announce(t('project.foreignDraftsTaken', { count: free }));
  };
  const drop = (): void => {
    discard();
    announce(t('project.foreignDraftsDiscarded', { count }));
  };
  return (
    <Note tone="warn" role="alert">
      <div className="line" data-wrap>
        <span className="grow">{t(free === 0 ? 'project.foreignDraftsWait' : 'project.foreignDrafts', { count })}</span>
        {free === 0 ? null : (
          <Button size="small" onPress={keep}>
            {t('project.foreignDraftsTake')}
          </Button>
        )}
        <Button size="small" onPress={drop}>
          {t('project.foreignDraftsDiscard')}
        </Button>
      </div>
    </Note>
  );
}

/** Another program changed the project’s database: what is shown may be wrong until the database is rebuilt. */
function AlteredState() {
  const { t } = useTranslation();
  const altered = useCall('app.state', {}).data?.altered ?? null;
  const { mutate: rebuild, error, isPending } = useWrite('app.rebuildProject');
  if (altered === null) return null;
  return (
    <Note tone="bad" role="alert">
      <div className="line" data-wrap>
        <span className="grow">{error?.message ?? t('project.altered', { count: altered })}</span>
        <Button size="small" onPress={() => openDialog('verify')}>
          {t('project.alteredVerify')}
        </Button>
        <Button size="small" isPending={isPending} onPress={() => rebuild({})}>
          {t('project.alteredRebuild')}
        </Button>
      </div>
    </Note>
  );
}

/** The project’s folder can’t be written to, or the disk is full: the project can be opened again afterwards. */
function ReadOnly({ isFull }: { isFull: boolean }) {
  const { t } = useTranslation();
  const { mutate: reopen, isPending } = useWrite('app.reopenProject');
  useEffect(() => keepFocusSomewhere, []);
  return (
    <Note tone="warn">
      <div className="line">
        <span className="grow">{t(isFull ? 'project.diskFull' : 'project.readOnly')}</span>
        <Button size="small" isPending={isPending} onPress={() => reopen({})}>
          {t('project.openAgain')}
        </Button>
      </div>
    </Note>
  );
}

/** Someone else has the project open: it is read-only here, and can be reopened once they have closed it. */
function Held({ name, tookOver }: { name: string; tookOver: boolean }) {
  const { t } = useTranslation();
  const { mutate: reopen, isPending } = useWrite('app.reopenProject');
  useEffect(() => keepFocusSomewhere, []);
  const what = tookOver ? 'taken' : 'held';
  return (
    <Note tone={tookOver ? 'bad' : 'warn'} {...(tookOver ? { role: 'alert' } : {})}>
      <div className="line">
        <span className="grow">{name === '' ? t(`project.${what}ByNobody`) : t(`project.${what}`, { name })}</span>
        <Button size="small" isPending={isPending} onPress={() => reopen({})}>
          {t('project.openAgain')}
        </Button>
      </div>
    </Note>
  );
}

/** Another file replaced the open database: what is shown is still from the one that was opened. */
function Replaced({ kept }: { kept: string | null }) {
  const { t } = useTranslation();
  const { mutate: reopen, isPending } = useWrite('app.reopenProject');
  useEffect(() => keepFocusSomewhere, []);
  if (kept === null)
    return (
      <Note tone="bad" role="alert">
        {t('project.replacedNotKept')}
      </Note>
    );
  return (
    <Note tone="bad" role="alert">
      <div className="line">
        <span className="grow">{t('project.replaced', { kept })}</span>
        <Button size="small" isPending={isPending} onPress={() => reopen({})}>
          {t('project.openAgain')}
        </Button>
      </div>
    </Note>
  );
}

/** Someone signs under a name whose confirmed key is another one. Shown until the keys are compared. */
function ChangedKeys() {
  const { t } = useTranslation();
  const people = useCall('app.people', {}).data?.people ?? [];
  const [changed] = people.filter(({ trust }) => trust === 'changed');
  if (changed === undefined) return null;
  const own = people.find(({ isMe }) => isMe)?.fingerprint;
  const isMine = own !== undefined && changed.confirmedFingerprint === own;
  return (
    <Note tone="bad" role="alert">
      <div className="line" data-wrap>
        <span className="grow">{t(isMine ? 'people.warningMine' : 'people.warning', { name: changed.name })}</span>
        <Button size="small" onPress={() => showTeam('people')}>
          {t('people.look')}
        </Button>
      </div>
    </Note>
  );
}

/** Two machines wrote to one synced database: warns, so that nobody’s work is lost in a conflict copy. */
function ConflictCopies() {
  const { t } = useTranslation();
  const copies = useCall('app.conflictCopies', {}).data?.copies ?? [];
  const [newest] = copies;
  // The Team screen lists them itself.
  const place = useWorkbench((state) => state.place);
  if (newest === undefined || place === 'team') return null;
  return (
    <Note tone="warn">
      <div className="line">
        <span className="grow">{t('project.conflictCopies', { count: copies.length, name: newest.name })}</span>
        <Button size="small" onPress={() => showTeam('merge')}>
          {t('project.seeCopies', { count: copies.length })}
        </Button>
      </div>
    </Note>
  );
}
