import { useEffect, useMemo, useRef, type ReactNode, type RefObject } from 'react';
import { keysOf, shownKeysOf } from '../../common/commands/command-keys.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { announce } from '../../common/notices/notices.ts';
import { SourceName } from '../../common/sources/SourceName.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Source, SourceId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import {
  closeLookThrough,
  decide,
  keyOfHit,
  nextOpen,
  setCurrentHit,
  stepUnit,
  useLook,
  useLookThrough,
  setCategories,
  setUnit,
  useSpan,
  type HitState,
  type Look,
  type LookActs,
  type LookHit,
} from './look-through.ts';
import { focusResults, searchFieldFocused, useSearch } from './search-state.ts';
import { useMakePassages, type MakePassages } from './useMakePassages.ts';
import { HIT_UNITS } from '../../../shared/text/clauses.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import { FilterChoice, useCategoryChoices } from '../../common/choices/FilterChoice.tsx';
import { formatNumber } from '../../common/format.ts';
import { Segments } from '../../ui/Choice.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { Note } from '../../ui/Note.tsx';

interface LookThroughProps {
  readonly isNarrow: boolean;
  /** The element with the list of hits. */
  readonly list: RefObject<HTMLDivElement | null>;
  /** The facets at the left, and the query above the hits; null if there is no room. */
  readonly facets: ReactNode;
  readonly top: ReactNode;
}

/** Goes through the hits of a search to include or skip each, beside the passage that it would become. */
export function LookThrough({ isNarrow, list, facets, top }: LookThroughProps) {
  const { t } = useTranslation();
  const look = useLook();
  const make = useMakePassages(look);
  const query = useSearch((state) => state.query);
  const { hits, isRead, isCut } = look;
  const key = useLookThrough((state) => state.current);
  const at = useMemo(() => hits.findIndex((hit) => keyOfHit(hit) === key), [hits, key]);
  const page = useRef<HTMLDivElement>(null);
  useFocus(list, isRead);
  useEffect(() => {
    const first = at < 0 && look.isRead ? nextOpen(look, -1) : undefined;
    if (first !== undefined) setCurrentHit(keyOfHit(first));
  }, [at, look]);
  const acts = useActs(look);
  useLookCommands(acts, make, page);
  return (
    <div ref={page} className="search-page look" data-narrow={isNarrow || undefined}>
      {facets}
      <div className="search-main">
        {top}
        <div className="bar">
          <Button size="small" icon="back" onPress={close}>
            {t('search.look.back')}
          </Button>
          {top === null ? <bdi className="strong cut grow">{query.trim()}</bdi> : null}
        </div>
        {isCut ? <p className="hint look-line">{t('search.look.first', { count: hits.length })}</p> : null}
        {isRead ? null : <p className="hint look-line">{t('search.look.reading')}</p>}
        {isRead && hits.length === 0 ? (
          <EmptyState title={t('search.look.none')} text={t('search.look.noneText')} />
        ) : null}
        {!isRead || hits.length === 0 ? null : (
          <div ref={list} className="look-hits">
            <HitList look={look} current={key} onInclude={() => acts.decide('included')} onMake={make.run} />
          </div>
        )}
      </div>
      <LookPane look={look} at={at} acts={acts} make={make} />
    </div>
  );
}

/** The list has the focus at first; the keys that lead to the search focus it again. */
function useFocus(list: { readonly current: HTMLElement | null }, isRead: boolean): void {
  const wantsFocus = useSearch((state) => state.wantsFocus);
  useEffect(() => {
    if (isRead) listIn(list)?.focus();
  }, [list, isRead]);
  useEffect(() => {
    if (!wantsFocus) return;
    searchFieldFocused();
    listIn(list)?.focus();
  }, [list, wantsFocus]);
}
const listIn = (list: { readonly current: HTMLElement | null }): HTMLElement | null =>
  list.current?.querySelector<HTMLElement>('[role="listbox"]') ?? null;

/** Closes the list of hits to decide about: the search results take the focus, at the current one. */
function close(): void {
  closeLookThrough();
  focusResults();
}

/** The actions on the current hit. It is looked up when a key is pressed, since the next key may come before the page is redrawn. */
function useActs(look: Look): LookActs {
  const { t } = useTranslation();
  const latest = useRef(look);
  useEffect(() => {
    latest.current = look;
  });
  return useMemo(() => {
    const here = (): number => {
      const { current } = useLookThrough.getState();
      return latest.current.hits.findIndex((hit) => keyOfHit(hit) === current);
    };
    const go = (hit: LookHit | undefined): void => {
      if (hit !== undefined) setCurrentHit(keyOfHit(hit));
    };
    return {
      step: (by) => go(latest.current.hits[here() + by]),
      decide: (decision) => {
        const at = here();
        const hit = latest.current.hits[at];
        if (hit === undefined) return;
        const isPassage = latest.current.stateOf(hit) === 'passage';
        if (!isPassage) decide(keyOfHit(hit), decision);
        announce(t(`search.look.states.${isPassage ? 'passage' : decision}`));
        go(nextOpen(latest.current, at));
      },
    };
  }, [t]);
}

function useLookCommands(acts: LookActs, make: MakePassages, page: { readonly current: HTMLElement | null }): void {
  const { t } = useTranslation();
  const { run } = make;
  useCommands(
    useMemo<Command[]>(() => {
      const group = 'search';
      const mark = (by: 1 | -1) => () => announce(t(`search.look.units.${stepUnit(by)}`));
      return [
        {
          id: 'lookNext',
          title: t('search.look.next'),
          group,
          keys: keysOf('lookNext'),
          repeats: true,
          run: () => acts.step(1),
        },
        {
          id: 'lookPrevious',
          title: t('search.look.previous'),
          group,
          keys: keysOf('lookPrevious'),
          repeats: true,
          run: () => acts.step(-1),
        },
        {
          id: 'lookSkip',
          title: t('search.look.skipIt'),
          group,
          keys: keysOf('lookSkip'),
          run: () => acts.decide('skipped'),
        },
        {
          id: 'lookNarrower',
          title: t('search.look.narrower'),
          group,
          keys: keysOf('lookNarrower'),
          run: mark(-1),
        },
        { id: 'lookWider', title: t('search.look.wider'), group, keys: keysOf('lookWider'), run: mark(1) },
        {
          id: 'lookCategory',
          title: t('search.look.chooseCategory'),
          group,
          keys: keysOf('lookCategory'),
          run: () => page.current?.querySelector<HTMLElement>('.look-category button')?.click(),
        },
        { id: 'makePassages', title: t('search.look.makeNone'), group, keys: keysOf('makePassages'), run },
        { id: 'closeLook', title: t('search.look.back'), group, keys: keysOf('closeLook'), run: close },
      ];
    }, [t, acts, run, page]),
  );
}

interface HitListProps {
  readonly look: Look;
  readonly current: string | null;
  readonly onInclude: () => void;
  readonly onMake: () => void;
}

function HitList({ look: { hits, stateOf }, current, onInclude, onMake }: HitListProps) {
  const { t } = useTranslation();
  const all = useCall('sources.list', { deleted: true }).data?.sources;
  const sources = useMemo(() => new Map(all?.map((one) => [one.id, one])), [all]);
  const firsts = useMemo(
    () => new Set(hits.filter(({ source }, at) => hits[at - 1]?.source !== source).map(keyOfHit)),
    [hits],
  );
  return (
    <VirtualList
      label={t('search.look.list')}
      rows={hits}
      keyOf={keyOfHit}
      current={current}
      onCurrent={setCurrentHit}
      onKey={(key) => {
        if (key === ' ') onInclude();
        else if (key === 'Enter') onMake();
        else return false;
        return true;
      }}
    >
      {(hit) => <HitRow hit={hit} state={stateOf(hit)} sources={sources} isFirst={firsts.has(keyOfHit(hit))} />}
    </VirtualList>
  );
}

interface HitRowProps {
  readonly hit: LookHit;
  readonly state: HitState;
  readonly sources: ReadonlyMap<SourceId, Source>;
  /** Whether it is the first hit of its source: then the source is named above it. */
  readonly isFirst: boolean;
}

function HitRow({ hit: { source, snippet, page }, state, sources, isFirst }: HitRowProps): ReactNode {
  const { t } = useTranslation();
  const known = sources.get(source);
  return (
    <>
      {isFirst ? (
        <span className="search-head">
          <SourceName source={known} />
        </span>
      ) : null}
      <span className="look-row" data-state={state}>
        <span className="look-box" aria-hidden>
          {state === 'included' || state === 'passage' ? <Icon name="check" size="small" /> : null}
          {state === 'skipped' ? <Icon name="minus" size="small" /> : null}
        </span>
        <span className="look-page hint">
          {page === null || known?.pages === 1 ? null : t('search.page', { page })}
        </span>
        <bdi className="source-words search-words column-words" lang={known?.language ?? undefined} dir="auto">
          {snippet.before}
          <mark>{snippet.match}</mark>
          {snippet.after}
        </bdi>
        <span className={state === 'open' || state === 'included' ? 'unseen' : 'hint'}>
          {t(`search.look.states.${state}`)}
        </span>
      </span>
    </>
  );
}

const COUNTED = ['included', 'skipped', 'open', 'passage'] as const satisfies readonly HitState[];

interface LookPaneProps {
  readonly look: Look;
  /** The position of the current hit; -1 for none. */
  readonly at: number;
  readonly acts: LookActs;
  readonly make: MakePassages;
}

/** The current hit in its text with the range that would become a passage, and how many hits are included, skipped and undecided. */
function LookPane({ look, at, acts, make }: LookPaneProps) {
  const { t } = useTranslation();
  const { hits, stateOf } = look;
  const counts = useMemo(() => Map.groupBy(hits.map(stateOf), (state) => state), [hits, stateOf]);
  const count = (state: HitState): number => counts.get(state)?.length ?? 0;
  const hit = hits[at];
  return (
    <aside className="pane look-pane" aria-label={t('search.look.title')}>
      <header className="pane-head">
        <h2 className="grow cut">{t('search.look.title')}</h2>
        <span className="dim">
          {hit === undefined ? '' : t('search.look.position', { at: at + 1, count: hits.length })}
        </span>
        <IconButton
          icon="back"
          label={t('search.look.previous')}
          keys={shownKeysOf('lookPrevious')}
          isDisabled={at <= 0}
          onPress={() => acts.step(-1)}
        />
        <IconButton
          icon="forward"
          label={t('search.look.next')}
          keys={shownKeysOf('lookNext')}
          isDisabled={at < 0 || at >= hits.length - 1}
          onPress={() => acts.step(1)}
        />
      </header>
      <dl className="look-counts">
        {COUNTED.map((state) => (
          <div key={state}>
            <dt>{t(`search.look.counts.${state}`)}</dt>
            <dd>{formatNumber(count(state))}</dd>
          </div>
        ))}
      </dl>
      {/* Focusable, so that it can be scrolled by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="scroll look-body" role="region" aria-label={t('search.look.place')} tabIndex={0}>
        {hit === undefined ? null : <InPlace look={look} hit={hit} at={at} />}
        <Choices />
        <Note>{t('search.look.note')}</Note>
      </div>
      <LookFoot included={count('included')} open={count('open')} acts={acts} make={make} />
      {make.refused.length === 0 ? null : <RefusedDialog make={make} />}
    </aside>
  );
}

/** The text around the hit, with the range that would become a passage. */
function InPlace({ look, hit, at }: { look: Look; hit: LookHit; at: number }) {
  const { t } = useTranslation();
  const unit = useLookThrough((state) => state.unit);
  const span = useSpan(look.hits, at, unit);
  const source = useCall('sources.list', { deleted: true }).data?.sources.find(({ id }) => id === hit.source);
  return (
    <>
      <p className="line">
        <span className="cut grow">
          <SourceName source={source} />
        </span>
        {span && source?.pages !== 1 ? <span className="dim">{t('search.page', { page: span.page })}</span> : null}
      </p>
      {span === null ? <p className="hint">{t('search.look.gone')}</p> : null}
      {span ? <Words span={span} hit={hit} source={source} /> : null}
    </>
  );
}

/** How many characters are shown before and after that range: enough to judge the hit, with the buttons still in view. */
const AROUND = 90;
const lastOf = (text: string): string => {
  const all = Array.from(text);
  return all.length <= AROUND ? text : `…${all.slice(-AROUND).join('').trimStart()}`;
};
const firstOf = (text: string): string => {
  const all = Array.from(text);
  return all.length <= AROUND ? text : `${all.slice(0, AROUND).join('').trimEnd()}…`;
};

type Span = NonNullable<ReturnType<typeof useSpan>>;

function Words({ span, hit, source }: { span: Span; hit: LookHit; source: Source | undefined }) {
  const shown = (text: string): string => quotedWords(text, source?.kind ?? 'text');
  const [from, to] = [hit.start - span.start, hit.end - span.start];
  return (
    <p className="look-words source-words" dir="auto" lang={source?.language ?? undefined}>
      <span className="dim">{shown(lastOf(span.before))}</span>
      <mark className="look-marked">
        {shown(span.text.slice(0, from))}
        <mark className="look-hit">{shown(span.text.slice(from, to))}</mark>
        {shown(span.text.slice(to))}
      </mark>
      <span className="dim">{shown(firstOf(span.after))}</span>
    </p>
  );
}

function Choices() {
  const { t } = useTranslation();
  const { unit, categories } = useLookThrough();
  const all = useCategoryChoices();
  return (
    <>
      <div className="line" data-wrap>
        <span className="hint">{t('search.look.mark')}</span>
        <Segments
          label={t('search.look.mark')}
          value={unit}
          options={HIT_UNITS.map((value) => ({ value, label: t(`search.look.units.${value}`) }))}
          onChange={setUnit}
        />
        <span className="grow" />
        <Kbd keys={[...shownKeysOf('lookNarrower'), ...shownKeysOf('lookWider')]} />
      </div>
      <div className="line look-category">
        <span className="hint">{t('search.look.forAll')}</span>
        <FilterChoice label={t('search.look.category')} all={all} chosen={categories} onChange={setCategories} />
        <span className="grow" />
        <Kbd keys={shownKeysOf('lookCategory')} />
      </div>
    </>
  );
}

interface FootProps {
  readonly included: number;
  readonly open: number;
  readonly acts: LookActs;
  readonly make: MakePassages;
}

function LookFoot({ included, open, acts, make }: FootProps) {
  const { t } = useTranslation();
  return (
    <footer className="look-foot">
      <div className="line" data-wrap>
        <Button size="small" keys={[t('search.look.space')]} onPress={() => acts.decide('included')}>
          {t('search.look.include')}
        </Button>
        <Button size="small" keys={shownKeysOf('lookSkip')} onPress={() => acts.decide('skipped')}>
          {t('search.look.skip')}
        </Button>
        <span className="line hint">
          <Kbd keys={[...shownKeysOf('lookNext'), ...shownKeysOf('lookPrevious')]} />
          {t('search.look.step')}
        </span>
      </div>
      <div className="line" data-wrap>
        <Button
          kind="primary"
          keys={shownKeysOf('makePassages')}
          isDisabled={included === 0}
          isPending={make.isPending}
          onPress={make.run}
        >
          {included === 0 ? t('search.look.makeNone') : t('search.look.make', { count: included })}
        </Button>
        {open === 0 ? null : <span className="hint">{t('search.look.stay', { count: open })}</span>}
      </div>
    </footer>
  );
}

/** The hits that could not become passages, by reason. */
function RefusedDialog({ make: { refused, forget } }: { make: MakePassages }) {
  const { t } = useTranslation();
  return (
    <Dialog
      title={t('search.look.refused', { count: refused.length })}
      isOpen
      onClose={forget}
      footer={
        <Button kind="primary" onPress={forget}>
          {t('search.look.understood')}
        </Button>
      }
    >
      <ul>
        {[...Map.groupBy(refused, ({ why }) => why)].map(([why, all]) => (
          <li key={why}>
            {why} <span className="dim">{t('search.look.hits', { count: all.length })}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
