import { useMemo } from 'react';
import { HIT_UNITS } from '../../../shared/text/clauses.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import type { Source } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { FilterChoice, useCategoryChoices } from '../../common/choices/FilterChoice.tsx';
import { shownKeysOf } from '../../common/commands/command-keys.ts';
import { formatNumber } from '../../common/format.ts';
import { SourceName } from '../../common/sources/SourceName.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Segments } from '../../ui/Choice.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { Note } from '../../ui/Note.tsx';
import {
  setCategories,
  setUnit,
  useLookThrough,
  useSpan,
  type HitState,
  type Look,
  type LookActs,
  type LookHit,
} from './look-through.ts';
import type { MakePassages } from './useMakePassages.ts';

const COUNTED = ['included', 'skipped', 'open', 'passage'] as const satisfies readonly HitState[];

interface LookPaneProps {
  readonly look: Look;
  /** The position of the current hit; -1 for none. */
  readonly at: number;
  readonly acts: LookActs;
  readonly make: MakePassages;
}

/** The current hit in its text with the range that would become a passage, and how many hits are included, skipped and undecided. */
export function LookPane({ look, at, acts, make }: LookPaneProps) {
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
