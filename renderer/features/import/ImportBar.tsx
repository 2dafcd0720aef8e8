import { useEffect, useState, type DragEvent, type ReactNode } from 'react';
import { Trans } from 'react-i18next';
import { useWrite } from '../../api/index.ts';
import { shownKeys } from '../../common/commands/keys.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { keepFocusSomewhere } from '../../ui/focus-memory.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { countItems, secondsLeft, setReportOpen, useImport, type Import } from './import-store.ts';
import { useDismissImport } from './useImporter.ts';

/** An import's progress: files done and failed, the current file, and a button to stop. */
export function ImportBar() {
  const { t } = useTranslation();
  const { running, passwords, archives } = useImport();
  const cancel = useWrite('import.cancel');
  const dismiss = useDismissImport();
  const now = useClock(running !== null && !running.ended);
  if (running === null) return null;
  const { total, walking, done, failed, ended, job } = running;
  // No estimate while a file waits for an answer.
  const left = passwords.length + archives.length > 0 ? null : secondsLeft(running, now);
  return (
    <section className="import-bar" aria-label={t('import.title')}>
      <span className="strong">
        {ended
          ? titleWhenEnded(t, running)
          : walking
            ? t('import.walking', { count: total })
            : t('import.running', { count: total })}
      </span>
      {ended ? (
        <span />
      ) : (
        <Progress
          label={t('import.title')}
          value={done}
          max={walking ? null : total}
          text={t('import.done', { count: done, total })}
        />
      )}
      <span className="mid">
        {ended ? <Summary of={running} /> : t('import.done', { count: done, total })}
        {failed > 0 ? (
          <>
            {ended && running.items.every(({ status }) => status === 'failed') ? null : ', '}
            <span className="bad">{t(ended ? 'import.failedText' : 'import.failed', { count: failed })}</span>
          </>
        ) : null}
        {left === null ? null : `, ${t('import.secondsLeft', { count: left })}`}
      </span>
      <span className="line">
        <Button kind="quiet" size="small" onPress={() => setReportOpen(true)}>
          {t('import.showReport')}
        </Button>
        {ended ? (
          <IconButton label={t('import.dismiss')} icon="close" size="small" onPress={dismiss} />
        ) : (
          <Button size="small" isPending={cancel.isPending} onPress={() => cancel.mutate({ job })}>
            {t('import.stop')}
          </Button>
        )}
      </span>
      {/* One line even without a current file: the table below must not jump with each file. */}
      {ended ? null : (
        <span className="import-current hint cut">
          {running.current
            .map(({ path, step, page, pages }) =>
              page === null
                ? t(`import.steps.${step}`, { path })
                : t('import.readingPage', { path, page, pages: pages ?? 0 }),
            )
            .join('; ')}
        </span>
      )}
    </section>
  );
}

type Translate = ReturnType<typeof useTranslation>['t'];

const titleWhenEnded = (t: Translate, { cancelled }: Import): string =>
  cancelled ? t('import.stopped') : t('import.ended');

function Summary({ of: { items } }: { of: Import }) {
  const { t } = useTranslation();
  const counts = countItems(items);
  // Failed files are counted beside it.
  return (['added', 'duplicate', 'skipped'] as const)
    .filter((status) => counts[status] > 0)
    .map((status) => t(`import.counts.${status}`, { count: counts[status] }))
    .join(', ');
}

/** The current time, updated each second while `ticking`. */
function useClock(ticking: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!ticking) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [ticking]);
  return now;
}

/** Shown in a read-only library without sources. */
export function NoSource() {
  const { t } = useTranslation();
  return <EmptyState title={t('import.first.none')} text={t('import.first.readOnly')} />;
}

/** Shown in a library without sources: how to add them, and what to do then. */
export function FirstSource({ onChoose, importKey }: { onChoose: () => void; importKey: string }) {
  const { t } = useTranslation();
  // The first source takes the place of the button that it was chosen with.
  useEffect(() => keepFocusSomewhere, []);
  return (
    <div className="scroll">
      <EmptyState title={t('import.first.title')} text={t('import.first.text')}>
        <div className="drop-zone">
          <span className="line">
            <Icon name="import" />
            {t('import.first.drop')}
          </span>
          <span className="hint">{t('import.first.or')}</span>
          <Button keys={shownKeys(importKey)} onPress={onChoose}>
            {t('import.first.choose')}
          </Button>
        </div>
        <ol className="first-steps">
          {(['one', 'two', 'three'] as const).map((step, index) => (
            <li key={step}>
              <kbd aria-hidden>{index + 1}</kbd>
              <span>
                <Trans i18nKey={`import.first.steps.${step}`} components={{ kbd: <kbd /> }} />
              </span>
            </li>
          ))}
        </ol>
      </EmptyState>
    </div>
  );
}

const hasFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');
const TITLES = { start: 'import.dropStart', team: 'import.dropTeam', readOnly: 'import.dropReadOnly' } as const;
const MEANINGS = {
  start: 'import.dropStartMeaning',
  team: 'import.dropTeamMeaning',
  readOnly: 'import.dropReadOnlyMeaning',
  project: 'import.dropMeaning',
} as const;

/** Accepts files dropped anywhere on its content. The buttons do the same, so dropping is never required. */
export function DropArea({
  onDrop,
  at,
  children,
}: {
  onDrop: (transfer: DataTransfer) => void;
  /** `team`: project files are merged, and sources imported. `start`: no project is open yet. `readOnly`: nothing can be added to it. */
  at: 'start' | 'team' | 'readOnly' | 'project';
  children: ReactNode;
}) {
  const { t } = useTranslation();
  /** The number of files dragged over it; 0 if none. */
  const [over, setOver] = useState(0);
  return (
    <div
      className="drop-area"
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
        setOver(event.dataTransfer.items.length);
      }}
      onDragLeave={(event) => {
        if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget)) setOver(0);
      }}
      onDrop={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(0);
        onDrop(event.dataTransfer);
      }}
    >
      {children}
      {over === 0 ? null : (
        <div className="drop-over">
          <span className="line strong">
            <Icon name="import" />
            {at === 'project' ? t('import.dropCount', { count: over }) : t(TITLES[at])}
          </span>
          <span className="hint">{t(MEANINGS[at])}</span>
        </div>
      )}
    </div>
  );
}
