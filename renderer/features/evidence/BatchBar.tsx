import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import type { CallInput, CallOutput, EventPayload } from '../../../shared/contract/index.ts';
import { categoryId, REVIEW_ORDER } from '../../../shared/model/index.ts';
import { errorDataOf, useApi, useCall, useHostEvent, useWrite } from '../../api/index.ts';
import { keysOf, shownKeysFrom, shownKeysOf } from '../../common/commands/command-keys.ts';
import { runCommand, useCommands, type Command } from '../../common/commands/registry.ts';
import { FilterChoice, useCategoryChoices } from '../../common/choices/FilterChoice.tsx';
import { notify, notifyDone, notifyError } from '../../common/notices/notices.ts';
import { useNoteUse } from '../../common/passages/pins.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Flyout } from '../../ui/Flyout.tsx';
import { keepFocusSomewhere } from '../../ui/focus-memory.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { GradeDialog } from './GradeDialog.tsx';
import { NumberKeys } from './NumberKeys.tsx';
import { useSelectionFacts, type SelectionFacts } from './selection-facts.ts';
import { countSelected, selectAll, selectMany, selectNone, useAsked, useEvidence } from './state.ts';

type Change = Omit<CallInput<'evidence.change'>, 'passages' | 'query' | 'within'>;
type Refused = CallOutput<'evidence.change'>['refused'];

/** The actions on the selected rows, below the table. Each action is one edit, so one undo takes it back. */
export function BatchBar({ toTable }: { toTable: () => void }) {
  const { t } = useTranslation();
  const evidence = useEvidence();
  const { selected, isAllSelected, leftOut } = evidence;
  const asked = useAsked();
  const total = useCall('evidence.rows', { ...asked, count: 0 }).data?.total ?? 0;
  const change = useWrite('evidence.change');
  const api = useApi();
  const [refused, setRefused] = useState<Refused>([]);
  const bar = useRef<HTMLDivElement>(null);
  const isReadOnly = useReadOnly();
  const noteUse = useNoteUse();
  const run = (what: Change): void => {
    // One action at a time. The buttons stay enabled meanwhile: a disabled button would lose the keyboard focus.
    if (change.isPending) return;
    const which = isAllSelected ? { ...asked, total, except: [...leftOut] } : { passages: [...selected] };
    change.mutate(
      { ...which, ...what },
      {
        onSuccess: (done) => {
          setRefused(done.refused);
          noteUse((what.add ?? []).map((id) => categoryId.parse(id)));
          void tell(done);
        },
        onError: (thrown) => {
          const error = errorDataOf(thrown);
          // The selection stays, so that the action can be tried again.
          if (error.code === 'CANCELLED') notify('plain', error.message);
          else notifyError(error);
        },
      },
    );
  };
  const tell = async ({ changed }: CallOutput<'evidence.change'>): Promise<void> => {
    const { undo } = await api.read('history.state', {});
    if (changed > 0 && undo !== null) notifyDone(t('evidence.changed', { count: changed }), undo);
  };
  const count = countSelected(evidence, total);
  const facts = useSelectionFacts();
  const fit = useFit(bar, count > 0);
  return (
    <>
      {count === 0 ? null : (
        <div ref={bar} className="bar evidence-batch" data-fit={fit} role="toolbar" aria-label={t('evidence.batch')}>
          <span className="strong">{t('evidence.selected', { count })}</span>
          {fit === 'least' ? null : <InSources facts={facts} />}
          <Hidden />
          {count === total ? null : (
            <Button
              size="small"
              kind="quiet"
              keys={shownKeysFrom('$mod+KeyA')}
              onPress={() => {
                selectAll();
                toTable();
              }}
            >
              {t('evidence.selectAll', { count: total })}
            </Button>
          )}
          {isReadOnly ? null : <BatchActs bar={bar} run={run} facts={facts} fit={fit} />}
          <span className="grow" />
          <Button
            size="small"
            kind="quiet"
            onPress={() => {
              selectNone();
              toTable();
            }}
          >
            {t('evidence.clear')}
          </Button>
        </div>
      )}
      {change.isPending ? <Changing /> : null}
      {refused.length === 0 ? null : <RefusedDialog refused={refused} onClose={() => setRefused([])} />}
    </>
  );
}

/** Progress of an action on many passages, with a stop button; stopping leaves all of them unchanged. Few passages are done before this shows. */
function Changing() {
  const { t } = useTranslation();
  const api = useApi();
  const [isStopping, setStopping] = useState(false);
  const [progress, setProgress] = useState<EventPayload<'evidence.progress'> | null>(null);
  useHostEvent('evidence.progress', setProgress);
  if (progress === null) return null;
  const text = t(isStopping ? 'evidence.changing.stopping' : `evidence.changing.${progress.phase}`, {
    done: progress.done,
    count: progress.total,
  });
  return (
    <div className="bar evidence-changing" role="group" aria-label={t('evidence.changing.label')}>
      <span className="number">{text}</span>
      <Progress label={t('evidence.changing.label')} value={progress.done} max={progress.total} text={text} />
      <span className="dim">{t('evidence.changing.oneEdit')}</span>
      <Button
        size="small"
        isDisabled={isStopping}
        onPress={() => {
          setStopping(true);
          void api.call('app.stopChange', {});
        }}
      >
        {t('evidence.changing.stop')}
      </Button>
    </div>
  );
}

function InSources({ facts: { sources } }: { facts: SelectionFacts }) {
  const { t } = useTranslation();
  return sources === null ? null : <span className="dim">{t('evidence.inSources', { count: sources })}</span>;
}

/** The number of selected passages that the filter no longer finds. Actions change these, too. */
function Hidden() {
  const { t } = useTranslation();
  const { selected, isAllSelected } = useEvidence();
  const asked = useAsked();
  const passages = useMemo(() => (isAllSelected ? [] : [...selected]), [isAllSelected, selected]);
  const { data } = useCall('evidence.count', { ...asked, passages });
  const hidden = passages.length - (data?.found ?? passages.length);
  if (hidden <= 0) return null;
  const words = t('evidence.hidden', { count: hidden });
  return (
    <span className="dim cut evidence-hidden" title={words}>
      {words}
    </span>
  );
}

/** The action buttons. Tagging is used most; the other actions are in menus. */
function BatchActs({
  bar,
  run,
  facts,
  fit,
}: {
  bar: RefObject<HTMLDivElement | null>;
  run: (what: Change) => void;
  facts: SelectionFacts;
  fit: Fit;
}) {
  const { t } = useTranslation();
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'tagSelected',
          title: t('evidence.commands.tag'),
          group: 'tagging',
          icon: 'tag',
          keys: keysOf('tagSelected'),
          run: () => bar.current?.querySelector<HTMLElement>('.search-filter')?.click(),
        },
      ],
      [t, bar],
    ),
  );
  const categories = useCategoryChoices();
  const [isGrading, setGrading] = useState(false);
  return (
    <>
      <FilterChoice label={t('evidence.tag')} all={categories} chosen={[]} onChange={(add) => run({ add })} />
      <Kbd keys={shownKeysOf('tagSelected')} />
      <NumberKeys on={facts.on} shown={KEYS_SHOWN[fit]} onTag={(category) => run({ add: [category] })} />
      {fit === 'all' || fit === 'fewKeys' ? (
        <OtherActs run={run} onDone={() => undefined} onGrade={() => setGrading(true)} />
      ) : (
        <Flyout label={t('evidence.moreActs')}>
          {(close) => (
            <OtherActs
              run={(what) => {
                close();
                run(what);
              }}
              onDone={close}
              onGrade={() => setGrading(true)}
            />
          )}
        </Flyout>
      )}
      {isGrading ? <GradeDialog sources={facts.sources} onClose={() => setGrading(false)} /> : null}
    </>
  );
}

/** The menu of the actions that are used less often than tagging. */
function OtherActs({
  run,
  onDone,
  onGrade,
}: {
  run: (what: Change) => void;
  /** Called before an action that opens a dialog. */
  onDone: () => void;
  onGrade: () => void;
}) {
  const { t } = useTranslation();
  const categories = useCategoryChoices();
  const dimensions = useCall('codebook.get', {}).data?.dimensions.filter(({ on }) => on === 'passage') ?? [];
  return (
    <>
      <FilterChoice label={t('evidence.untag')} all={categories} chosen={[]} onChange={(remove) => run({ remove })} />
      <FilterChoice
        label={t('evidence.dimension')}
        all={dimensions.flatMap(({ name, values }) =>
          values.map(({ id, label, names }) => ({ id, name: `${name}: ${label}`, also: names.join(' ') })),
        )}
        chosen={[]}
        onChange={(values) => {
          const dimension = dimensions.find((one) => one.values.some(({ id }) => id === values[0]));
          if (dimension !== undefined) run({ set: { dimension: dimension.id, values } });
        }}
      />
      <Menu
        label={t('evidence.state')}
        trigger={
          <Button size="small">
            {t('evidence.state')}
            <Icon name="collapse" size="small" />
          </Button>
        }
        entries={REVIEW_ORDER.map((to) => ({
          id: to,
          label: t(`review.states.${to}`),
          run: () => run({ move: { to } }),
        }))}
      />
      <Button
        size="small"
        onPress={() => {
          onDone();
          onGrade();
        }}
      >
        {t('evidence.grade.act')}
      </Button>
      <Menu
        label={t('evidence.useIn')}
        trigger={
          <Button size="small">
            {t('evidence.useIn')}
            <Icon name="collapse" size="small" />
          </Button>
        }
        entries={(['linkToClaim', 'addToDossier'] as const).map((id) => ({
          id,
          label: id === 'linkToClaim' ? t('claims.linkTo') : t('addToDossier.command'),
          icon: id === 'linkToClaim' ? ('link' as const) : ('folder' as const),
          ...(id === 'linkToClaim' ? { keys: shownKeysOf(id) } : {}),
          run: () => {
            onDone();
            runCommand(id);
          },
        }))}
      />
    </>
  );
}

/** Layouts of the bar, widest first. They differ in the number keys shown, in whether the other actions are in a menu, and in the count of sources. */
const FITS = ['all', 'fewKeys', 'menu', 'oneKey', 'least'] as const;
type Fit = (typeof FITS)[number];
const KEYS_SHOWN: Readonly<Record<Fit, number>> = { all: 4, fewKeys: 2, menu: 2, oneKey: 1, least: 0 };

/** Returns the widest layout that fits on one line. It is chosen again when the bar’s width changes. */
function useFit(bar: RefObject<HTMLElement | null>, isShown: boolean): Fit {
  const [at, setAt] = useState(0);
  useEffect(() => {
    const element = bar.current;
    if (element === null) return undefined;
    let width = -1;
    const fold = (): void => {
      if (element.scrollWidth <= element.clientWidth) return;
      setAt((before) => Math.min(before + 1, FITS.length - 1));
      // The button that had the focus may have moved into the menu.
      keepFocusSomewhere();
    };
    const sizes = new ResizeObserver(() => {
      if (element.clientWidth === width) return;
      width = element.clientWidth;
      setAt(0);
      fold();
    });
    sizes.observe(element);
    // Fit again after each step, and when labels arrive late.
    const changes = new MutationObserver(fold);
    changes.observe(element, {
      childList: true,
      subtree: true,
      characterData: true,
      attributes: true,
      attributeFilter: ['data-fit'],
    });
    return () => {
      sizes.disconnect();
      changes.disconnect();
    };
  }, [bar, isShown]);
  return FITS[at] ?? 'least';
}

/** Lists the passages that the change was refused for, by reason. */
function RefusedDialog({ refused, onClose }: { refused: Refused; onClose: () => void }) {
  const { t } = useTranslation();
  const byReason = [...Map.groupBy(refused, ({ why }) => why)];
  return (
    <Dialog
      title={t('evidence.refused', { count: refused.length })}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button
            onPress={() => {
              selectNone();
              selectMany(
                refused.map(({ passage }) => passage),
                true,
              );
              onClose();
            }}
          >
            {t('evidence.selectRefused', { count: refused.length })}
          </Button>
          <Button kind="primary" onPress={onClose}>
            {t('evidence.understood')}
          </Button>
        </>
      }
    >
      <ul>
        {byReason.map(([why, all]) => (
          <li key={why}>
            {why} <span className="dim">{t('evidence.passages', { count: all.length })}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
