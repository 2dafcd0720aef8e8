import { useState } from 'react';
import { PersonInitials } from '../../common/people/PersonName.tsx';
import { useTranslation, type Words } from '../../common/strings/use-translation.ts';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { useCall, useWrite } from '../../api/index.ts';
import { formatWhen, isolated } from '../../common/format.ts';
import { useNow } from '../../common/now.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { announce } from '../../common/notices/notices.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { InlineError, Note } from '../../ui/Note.tsx';
import { dismissMerged, useMerging, type Redone } from './merge-state.ts';
import { useRecordWords } from '../../common/strings/record-words.ts';

type Made = CallOutput<'merge.list'>['merges'][number];
type Left = CallOutput<'merge.undo'>['left'];
type PutBack = CallOutput<'merge.restore'>['putBack'];

/** The merges made in this project folder, newest first, each with a button to undo or restore it. */
export function MergeHistory() {
  const { t } = useTranslation();
  const list = useCall('merge.list', {});
  const undo = useWrite('merge.undo');
  const restore = useWrite('merge.restore');
  const [asked, ask] = useState<Made | null>(null);
  const redone = useMerging((state) => state.redone);
  const setDone = (next: Redone | null): void => useMerging.setState({ redone: next });
  const error = undo.error ?? restore.error;
  const undoMerge = (made: Made): void => {
    restore.reset();
    undo.mutate(
      { id: made.id },
      {
        onSuccess: (answer) => {
          setDone({ id: made.id, from: made.from, left: answer.left });
          // The report of that merge no longer applies.
          dismissMerged();
          const remains = answer.left.length === 0 ? [] : [t('merge.history.left', { count: answer.left.length })];
          announce([t('merge.history.undid', { from: made.from }), ...remains].join(' '));
        },
        onSettled: () => ask(null),
      },
    );
  };
  const restoreMerge = (made: Made): void => {
    undo.reset();
    setDone(null);
    restore.mutate(
      { id: made.id },
      {
        onSuccess: ({ putBack }) => {
          setDone({ id: made.id, from: made.from, putBack });
          // The report of a later merge said that this one stays undone.
          if (useMerging.getState().merged?.report.undoneMerge === made.id) dismissMerged();
          announce(`${t('merge.history.restored', { from: made.from })} ${putBackWords(t, putBack)}`);
        },
      },
    );
  };
  const merges = list.data?.merges ?? [];
  return (
    <section className="team-block" aria-labelledby="merge-made">
      <h3 id="merge-made" className="section-head">
        {t('merge.history.title')}
      </h3>
      {error === null ? null : <InlineError message={error.message} />}
      {list.error === null ? null : <InlineError message={list.error.message} />}
      {redone === null ? null : <DoneNote done={redone} merges={merges} onClose={() => setDone(null)} />}
      {list.isSuccess && merges.length === 0 ? <p className="hint">{t('merge.history.none')}</p> : null}
      <ul className="team-list" aria-labelledby="merge-made">
        {merges.map((made) => (
          <Row
            key={made.id}
            made={made}
            isRestoring={restore.isPending}
            onUndo={() => ask(made)}
            onRestore={() => restoreMerge(made)}
          />
        ))}
      </ul>
      {asked === null ? null : (
        <UndoDialog made={asked} isPending={undo.isPending} onClose={() => ask(null)} onConfirm={undoMerge} />
      )}
    </section>
  );
}

/** How many people get an icon. The names of all are listed below. */
const SHOWN_PEOPLE = 3;

interface RowProps {
  readonly made: Made;
  readonly isRestoring: boolean;
  readonly onUndo: () => void;
  readonly onRestore: () => void;
}

function Row({ made, isRestoring, onUndo, onRestore }: RowProps) {
  const { t } = useTranslation();
  const now = useNow();
  const isReadOnly = useReadOnly();
  const { at, from, people, commits, changes, undone } = made;
  const size = t('merge.history.size', {
    commits: t('records.edits', { count: commits }),
    changes: t('merge.changes', { count: changes }),
  });
  return (
    <li className="team-row">
      <span className="merge-makers">
        {people.slice(0, SHOWN_PEOPLE).map((name, index) => (
          // Two people may have one name; the order of the list does not change.
          <PersonInitials key={`${name} ${String(index)}`} id={null} name={name} size="small" />
        ))}
      </span>
      <span className="two-lines grow">
        <span className="line">
          <bdi className="cut">{from}</bdi>
          {undone ? <Badge icon="undo">{t('merge.history.undone')}</Badge> : null}
        </span>
        <span className="cut">
          {[formatWhen(at, now), people.map(isolated).join(', '), size].filter((part) => part !== '').join(' · ')}
        </span>
      </span>
      {undone ? (
        <Button
          size="small"
          icon="restore"
          isPending={isRestoring}
          isDisabled={isReadOnly}
          aria-label={t('merge.history.restoreOf', { from })}
          onPress={onRestore}
        >
          {t('merge.history.restore')}
        </Button>
      ) : (
        <Button
          size="small"
          icon="undo"
          isDisabled={isReadOnly}
          aria-label={t('merge.history.undoOf', { from })}
          onPress={onUndo}
        >
          {t('merge.history.undo')}
        </Button>
      )}
    </li>
  );
}

interface UndoProps {
  readonly made: Made;
  readonly isPending: boolean;
  readonly onClose: () => void;
  readonly onConfirm: (made: Made) => void;
}

/** Asks first, because this undoes other people's work, and reaches them when they merge this project. */
function UndoDialog({ made, isPending, onClose, onConfirm }: UndoProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      title={t('merge.undo.title', { from: made.from })}
      isOpen
      onClose={onClose}
      role="alertdialog"
      footer={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button kind="danger" isPending={isPending} onPress={() => onConfirm(made)}>
            {t('merge.history.undo')}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>{t('merge.undo.what', { count: made.commits })}</p>
        <p>{t('merge.undo.travels')}</p>
        <p className="mid">{t('merge.undo.kept')}</p>
      </div>
    </Dialog>
  );
}

/** The most unchanged items that are listed; the rest are counted. */
const NAMED = 20;

/**
 * The result of the last undo or restore of a merge. It stays until it is closed, or until it no longer applies, for example after Ctrl Z.
 */
function DoneNote({ done, merges, onClose }: { done: Redone; merges: readonly Made[]; onClose: () => void }) {
  const isUndone = merges.find(({ id }) => id === done.id)?.undone;
  if (isUndone !== 'left' in done) return null;
  return 'left' in done ? <LeftNote {...done} onClose={onClose} /> : <RestoredNote {...done} onClose={onClose} />;
}

/** “106 items restored. 1 value changed since stays as it is.” */
export const putBackWords = (t: Words, { records, left }: PutBack): string =>
  [t('merge.putBack', { count: records }), ...(left === 0 ? [] : [t('merge.notPutBack', { count: left })])].join(' ');

function RestoredNote({ from, putBack, onClose }: { from: string; putBack: PutBack; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Note tone={putBack.left === 0 ? 'ok' : 'warn'}>
      <div className="line">
        <div className="grow">
          <p className="strong">{t('merge.history.restored', { from })}</p>
          <p>{putBackWords(t, putBack)}</p>
        </div>
        <IconButton label={t('app.close')} icon="close" size="small" onPress={onClose} />
      </div>
    </Note>
  );
}

function LeftNote({ from, left, onClose }: { from: string; left: Left; onClose: () => void }) {
  const { t } = useTranslation();
  const words = useRecordWords();
  return (
    <Note tone={left.length === 0 ? 'ok' : 'warn'}>
      <div className="line">
        <div className="grow">
          <p className="strong">{t('merge.history.undid', { from })}</p>
          {left.length === 0 ? null : (
            <>
              <p>{t('merge.history.left', { count: left.length })}</p>
              <ul>
                {left.slice(0, NAMED).map((one) => (
                  <li key={`${one.id}${one.field}`}>
                    {t(one.about === '' ? 'merge.history.leftOne' : 'merge.history.leftNamed', {
                      what: words.fieldOf(one.entity, one.field),
                      about: isolated(one.about),
                      why: words.why(one.why),
                    })}
                  </li>
                ))}
              </ul>
              {left.length > NAMED ? <p>{t('merge.andMore', { count: left.length - NAMED })}</p> : null}
            </>
          )}
        </div>
        <IconButton label={t('app.close')} icon="close" size="small" onPress={onClose} />
      </div>
    </Note>
  );
}
