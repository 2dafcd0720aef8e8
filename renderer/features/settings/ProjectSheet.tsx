import { useState } from 'react';
import type { ProjectInfo } from '../../../shared/contract/project.ts';
import { useCall, useWrite } from '../../api/index.ts';
import { formatBytes, formatNumber } from '../../common/format.ts';
import { formatMoment } from '../../../shared/text/moment.ts';
import { MemoSection } from '../../common/memos/MemoSection.tsx';
import { PersonName } from '../../common/people/PersonName.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { openDialog } from '../../common/workbench/workbench.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { InlineError } from '../../ui/Note.tsx';

/** The project: its title, contents, people and memo. */
export function ProjectSheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const info = useCall('project.info', isOpen ? {} : null);
  return (
    <Dialog title={t('projectSheet.title')} isOpen={isOpen} onClose={onClose} closeLabel={t('app.close')} size="wide">
      {info.error === null ? null : <InlineError message={info.error.message} />}
      {info.data === undefined ? null : <Sheet info={info.data} />}
    </Dialog>
  );
}

function Sheet({ info }: { info: ProjectInfo }) {
  const { t } = useTranslation();
  const place = useCall('app.state', {}).data?.project?.place ?? '';
  return (
    <div className="settings">
      <section className="settings-part">
        <h3 className="strong">{t('projectSheet.name')}</h3>
        <ProjectTitle title={info.title} isReadOnly={info.readOnly} />
      </section>
      <section className="settings-part">
        <h3 className="strong">{t('projectSheet.contents')}</h3>
        <dl className="definitions">
          <dt>{t('projectSheet.place')}</dt>
          <dd>
            <bdi>{place}</bdi>
          </dd>
          <dt>{t('projectSheet.sources')}</dt>
          <dd>{t('projectSheet.sourcesValue', { count: info.sources, size: formatBytes(info.bytes) })}</dd>
          <dt>{t('projectSheet.passages')}</dt>
          <dd>{formatNumber(info.passages)}</dd>
          <dt>{t('projectSheet.codebook')}</dt>
          <dd>
            <bdi>{info.codebook.title === '' ? t('projectSheet.unnamed') : info.codebook.title}</bdi>{' '}
            <span className="mono dim">{info.codebook.version}</span>
          </dd>
          <dt>{t('projectSheet.integrity')}</dt>
          <dd className="line" data-wrap>
            <Verified verified={info.verified} />
            <Button size="small" onPress={() => openDialog('verify')}>
              {t('commands.verify')}
            </Button>
          </dd>
          <dt>{t('projectSheet.head')}</dt>
          <dd className="mono">{info.head ?? '–'}</dd>
        </dl>
      </section>
      <section className="settings-part">
        <h3 className="strong">{t('projectSheet.people', { count: info.people.length })}</h3>
        <People info={info} />
      </section>
      <section className="settings-part" data-bare>
        <MemoSection target={{ kind: 'project', id: info.id }} />
      </section>
    </div>
  );
}

function ProjectTitle({ title, isReadOnly }: { title: string; isReadOnly: boolean }) {
  const { t } = useTranslation();
  const { mutate, isPending, error, isSuccess } = useWrite('project.rename');
  if (isReadOnly) return <bdi>{title}</bdi>;
  return (
    <Renaming
      id="project-title"
      label={t('projectSheet.projectTitle')}
      stored={title}
      hint={t('projectSheet.projectTitleHint')}
      action={t('projectSheet.rename')}
      isPending={isPending}
      done={isSuccess ? t('settings.saved') : null}
      error={error?.message ?? null}
      onSave={(next) => mutate({ title: next })}
    />
  );
}

function Verified({ verified }: { verified: ProjectInfo['verified'] }) {
  const { t } = useTranslation();
  if (verified === null) return <Badge icon="unverified">{t('projectSheet.notVerified')}</Badge>;
  const when = formatMoment(verified.at);
  return verified.ok ? (
    <Badge tone="ok" icon="verified">
      {t('projectSheet.verified', { when })}
    </Badge>
  ) : (
    <Badge tone="bad" icon="unverified">
      {t('projectSheet.damaged', { count: verified.failures, when })}
    </Badge>
  );
}

/** Everyone whose work is in the project, yourself first. */
function People({ info }: { info: ProjectInfo }) {
  const { t } = useTranslation();
  const people = [...info.people].sort((a, b) => Number(b.id === info.person.id) - Number(a.id === info.person.id));
  return (
    <ul className="people" aria-label={t('projectSheet.people', { count: people.length })}>
      {people.map((person) => (
        <li key={person.id} className="line">
          <span className="grow line">
            <PersonName id={person.id} name={person.name} initials="normal" />
            {person.id === info.person.id ? <span className="dim">{t('projectSheet.you')}</span> : null}
          </span>
          <span className="mono dim">{t('start.key', { fingerprint: person.fingerprint })}</span>
        </li>
      ))}
    </ul>
  );
}

interface RenamingProps {
  readonly id: string;
  readonly label: string;
  readonly stored: string;
  readonly hint: string;
  readonly action: string;
  readonly isPending: boolean;
  readonly done: string | null;
  readonly error: string | null;
  readonly onSave: (value: string) => void;
}

/** A name field that is saved only by its button or Enter, not while typing. */
export function Renaming({ id, label, stored, hint, action, isPending, done, error, onSave }: RenamingProps) {
  const [draft, setDraft] = useState(stored);
  const next = draft.trim();
  return (
    <form
      id={id}
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (next !== '' && next !== stored) onSave(next);
      }}
    >
      <Field label={label} value={draft} onChange={setDraft} hint={hint} maxLength={200} />
      <div className="line" data-wrap>
        <Button size="small" type="submit" isDisabled={next === '' || next === stored} isPending={isPending}>
          {action}
        </Button>
        <span className="hint" role="status">
          {next === stored ? done : null}
        </span>
      </div>
      {error === null ? null : <InlineError message={error} />}
    </form>
  );
}
