import { askName } from '../../common/people/name-asked.ts';
import { PersonInitials } from '../../common/people/PersonName.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { categoryId, claimId, dossierId, sourceId, type Layer, type SourceId } from '../../../shared/model/index.ts';
import { useApi, useCall, useHostEvent } from '../../api/index.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { keepFocusSomewhere } from '../../ui/focus-memory.ts';
import { Progress } from '../../ui/Progress.tsx';
import { formatWhen, shortHash } from '../../common/format.ts';
import { useUnsavedTags } from '../../common/passages/source-passages.ts';
import { useNow } from '../../common/now.ts';
import {
  openDialog,
  useWorkbench,
  goTo,
  chooseCategory,
  openPassage,
  openSource,
  setPassage,
  showInSidebar,
} from '../../common/workbench/workbench.ts';
import { setUndoProgress, useUndoProgress, useUndoRedo } from '../undo.ts';
import { useEffect, useState, useRef } from 'react';
import { useMutationState } from '@tanstack/react-query';
import type { EventPayload, RendererCallName } from '../../../shared/contract/index.ts';
import type { Indexed } from '../../../shared/contract/search.ts';
import { wholePercent } from '../../../shared/text/counted.ts';
import { useImport } from '../../features/import/import-store.ts';
import { useMerging } from '../../features/merge/merge-state.ts';
import { showTeam, showRecord } from '../../common/workbench/screens.ts';
import { shownKeysOf } from '../../common/commands/command-keys.ts';
import { openClaims, showClaim } from '../../common/claims/state.ts';
import { placeOfDraft, useDrafts, useUnsaved, type DraftPlace } from '../../common/drafts/drafts.ts';
import { recordOfField, useRefusedFields, type FieldName } from '../../common/drafts/refused.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { requestMemoFocus } from '../../common/memos/MemoSection.tsx';
import { openInReview, requestFocus } from '../../common/review/state.ts';
import { showPane } from '../../common/workbench/side-panes.tsx';
import { openDossiers, showDossier } from '../../features/dossier/state.ts';
import { showMany } from '../../features/library/library-state.ts';

/** Integrity, the next undo, and the acting person. */
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
        <button
          type="button"
          onClick={() => (state.needsName ? askName() : openDialog('settings'))}
          title={t('status.changePerson')}
        >
          {state.needsName ? (
            <Icon name="person" size="small" />
          ) : (
            <PersonInitials id={state.person.id} name={state.person.name} size="small" />
          )}
          <bdi className="cut not-one">{state.needsName ? t('naming.none') : state.person.name}</bdi>
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
        <Kbd keys={shownKeysOf('undo')} />
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

/** Calls that take less time than this are not shown, ms. */
const WONDER_MS = 500;

const NO_PROGRESS = { done: 0, total: 0 };

/** Calls that may take long, and the text shown meanwhile. */
const TASKS = {
  'project.verify': 'verify',
  'project.rebuild': 'rebuild',
  'app.exportProject': 'export',
  'app.restoreBackup': 'restore',
  'app.importProjectFile': 'importFile',
  'app.openProject': 'open',
  'app.openRecent': 'open',
  'app.openSample': 'sample',
  'app.newProject': 'make',
} as const satisfies Partial<Record<RendererCallName, string>>;
type Task = (typeof TASKS)[keyof typeof TASKS];
const taskOf = (name: unknown): Task | null => Object.entries(TASKS).find(([call]) => call === name)?.[1] ?? null;

/** The running task with its progress, or whether everything is saved. */
export function Work() {
  const { t } = useTranslation();
  const pending = usePending();
  const isTagging = useUnsavedTags(({ all }) => all.length > 0);
  const importing = useImport(({ running }) => (running === null || running.ended ? null : running));
  const indexing = useIndexing();
  const merging = useMerging(({ stage, progress }) => (stage.at === 'merging' ? (progress ?? NO_PROGRESS) : null));
  const undoing = useUndoProgress();
  useHostEvent('history.progress', setUndoProgress);
  const long = pending.find(({ task }) => task !== null);
  const now = useClock(long !== undefined);

  if (undoing !== null) return <Undoing {...undoing} />;
  if (importing !== null) {
    const { walking, done, total } = importing;
    return (
      <button type="button" onClick={() => goTo('library')}>
        <Icon name="import" size="small" />
        {walking ? t('status.work.importWalking', { total }) : t('status.work.import', { done, total })}
      </button>
    );
  }
  if (merging !== null) {
    const { done, total } = merging;
    return (
      <button type="button" onClick={() => showTeam('merge')}>
        <Icon name="merge" size="small" />
        {total === 0 ? t('status.work.merging') : t('status.work.merge', { done, total })}
      </button>
    );
  }
  if (long !== undefined && long.task !== null && now - long.since > WONDER_MS) {
    const seconds = Math.floor((now - long.since) / 1000);
    return (
      <span className="line">
        <Icon name="clock" size="small" />
        {t('status.work.seconds', { what: t(`status.work.tasks.${long.task}`), seconds })}
      </span>
    );
  }
  if (indexing !== null) {
    return (
      <span className="line wide">
        <Icon name="clock" size="small" />
        {t('status.work.index', { done: indexing.done, total: indexing.total })}
      </span>
    );
  }
  if (pending.length > 0 || isTagging) return <span>{t('status.saving')}</span>;
  return <UnsavedTexts />;
}

/** Progress of an undo or redo of many records, and a button to stop it. */
function Undoing({ what, share }: EventPayload<'history.progress'>) {
  const { t } = useTranslation();
  const api = useApi();
  const [isStopping, setStopping] = useState(false);
  // The focused Stop button disappears when the undo ends, so the focus moves on.
  useEffect(() => keepFocusSomewhere, []);
  const percent = wholePercent(share);
  const text = isStopping ? t('undo.stopping') : t(`undo.${what}ing`, { percent });
  return (
    <span className="undoing" role="group" aria-label={t(`undo.${what}Label`)}>
      <span className="number">{text}</span>
      <Progress label={t(`undo.${what}Label`)} value={percent} max={100} text={text} />
      <button
        type="button"
        disabled={isStopping}
        onClick={() => {
          setStopping(true);
          void api.call('app.stopChange', { what: `history.${what}` });
        }}
      >
        {t('undo.stop')}
      </button>
    </span>
  );
}

/** Writes and other calls in flight. */
function usePending(): readonly { readonly task: Task | null; readonly since: number }[] {
  return useMutationState({
    filters: { status: 'pending' },
    select: ({ options, state }) => ({ task: taskOf(options.mutationKey?.[0]), since: state.submittedAt }),
  });
}

function useIndexing(): Indexed | null {
  const [indexed, setIndexed] = useState<Indexed | null>(null);
  useHostEvent('search.progress', setIndexed);
  return indexed === null || indexed.done >= indexed.total ? null : indexed;
}

/** The time, twice a second while `ticking`. */
function useClock(ticking: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!ticking) return undefined;
    const timer = setInterval(() => setNow(Date.now()), WONDER_MS);
    return () => clearInterval(timer);
  }, [ticking]);
  return now;
}

/**
 * The number of unsaved texts. Each press leads to the next draft, or to the next field whose text could not be saved; these are kept while
 * the person goes elsewhere. Other unsaved fields are on screen.
 */
function UnsavedTexts() {
  const { t } = useTranslation();
  const unsaved = useUnsaved();
  const isReadOnly = useReadOnly();
  const drafts = useDrafts((state) => state.drafts);
  const refused = useRefusedFields();
  const show = useShowDraft();
  const last = useRef<string | null>(null);
  if (unsaved === 0) return <span>{t(isReadOnly ? 'status.readOnly' : 'status.saved')}</span>;
  const text = t('status.unsaved', { count: unsaved });
  if (drafts.size + refused.length === 0) return <span>{text}</span>;
  const showNext = (): void => {
    const keys = [...drafts.keys(), ...refused];
    const next = keys[(keys.indexOf(last.current ?? '') + 1) % keys.length] ?? null;
    last.current = next;
    const field = refused.find((one) => one === next);
    if (field !== undefined) return showField(field);
    const place = next === null ? null : placeOfDraft(next);
    if (next === null || place === null) return;
    if (place.kind === 'many') showMany(next);
    else void show(place);
  };
  return (
    <button type="button" onClick={showNext} title={t('status.showUnsaved')}>
      <Icon name="edit" size="small" />
      {text}
      <span className="unseen">{`. ${t('status.showUnsaved')}`}</span>
    </button>
  );
}

/** Shows the record of a field whose text could not be saved. */
function showField(field: FieldName): void {
  const { kind, id } = recordOfField(field);
  switch (kind) {
    case 'source':
      return showRecord(sourceId.parse(id));
    case 'category':
      showInSidebar('codebook');
      return chooseCategory(categoryId.parse(id));
    case 'claim':
      goTo('evidence');
      openClaims();
      return showClaim(claimId.parse(id));
    case 'dossier':
      goTo('evidence');
      openDossiers();
      return showDossier(dossierId.parse(id));
  }
}

/** Returns a function that shows the record of a draft, with the draft’s editor. One passage may have several drafts. */
function useShowDraft(): (place: Exclude<DraftPlace, { kind: 'many' }>) => Promise<void> {
  const api = useApi();
  return async (place) => {
    if (place.kind === 'return') return openInReview(place.passage);
    if (place.kind === 'rating') return showRecord(place.source);
    const passage = await api.call('passages.get', { id: place.passage }).catch(() => null);
    if (passage !== null) {
      const { place: shown, passage: current } = useWorkbench.getState();
      // Going to a passage focuses the page. If the passage is current already, the focus stays for the editor.
      if (shown !== 'read' || current !== passage.id)
        return openPassage({ source: passage.source, passage: passage.id });
      showPane('end');
      return place.kind === 'memo' ? requestMemoFocus('passage') : requestFocus(place.kind);
    }
    if (place.kind !== 'memo') return undefined;
    const source = await api.call('sources.get', { id: place.source }).catch(() => null);
    if (source !== null) {
      openSource(source.id);
      // The source’s memo is shown while no passage is selected.
      return setPassage(null);
    }
    const { categories } = await api.call('codebook.get', {});
    if (!categories.some(({ id }) => id === place.category)) return openDialog('project');
    showInSidebar('codebook');
    return chooseCategory(place.category);
  };
}
