import type { FigureInText } from '../../../shared/contract/figure-cards.ts';
import { numberWords } from '../../../shared/figures/reading-words.ts';
import type { PersonId, SourceId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { shownKeysOf } from '../../common/commands/command-keys.ts';
import { runCommand } from '../../common/commands/registry.ts';
import { useFigureActs } from '../../common/figures/acts.ts';
import { useFigures, useListedFigures } from '../../common/figures/figures.ts';
import { askAbout, setReading, useFiguring } from '../../common/figures/mode.ts';
import { KindSign } from '../../common/figures/KindSign.tsx';
import { intervalWords, periodWords, printedUnitWords, valueWords } from '../../common/figures/words.ts';
import { formatNumber } from '../../common/format.ts';
import { useNames } from '../../common/people/use-names.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useReading } from '../../common/reader/reading-state.ts';
import { useTranslation, type Words } from '../../common/strings/use-translation.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Radios } from '../../ui/Choice.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { InRelations } from './InRelations.tsx';
import { TooLarge } from './TooLarge.tsx';
import { IntervalLine } from './IntervalLine.tsx';
import { iconOf, toneOf } from './StateSign.tsx';

/** The current figure: its readings with the words they come from, people’s decisions, and the actions. */
export function FigureCardPane({ source }: { source: SourceId }) {
  const { t } = useTranslation();
  const { figures } = useFigures(source);
  const listed = useListedFigures(source);
  const current = useFiguring((state) => state.current);
  const figure = figures.find(({ id }) => id === current);
  const at = listed.findIndex(({ id }) => id === current);
  return (
    <aside className="pane figure-card" aria-label={t('figureCards.card')}>
      <header className="pane-head">
        <h2>{t('figureCards.card')}</h2>
        <span className="dim grow">{at < 0 ? null : t('figureCards.of', { at: at + 1, count: listed.length })}</span>
        {figure === undefined ? null : (
          <Badge tone={toneOf(figure.state)} icon={iconOf(figure.state)}>
            {t(`figureCards.states.${figure.state}`)}
          </Badge>
        )}
        <IconButton
          icon="back"
          label={t('figureCards.previous')}
          keys={shownKeysOf('previousFigure')}
          isDisabled={at <= 0}
          onPress={() => runCommand('previousFigure')}
        />
        <IconButton
          icon="forward"
          label={t('figureCards.next')}
          keys={shownKeysOf('nextFigure')}
          isDisabled={listed.length === 0 || at === listed.length - 1}
          onPress={() => runCommand('nextFigure')}
        />
      </header>
      <Selected />
      {figure === undefined ? (
        <p className="pane-section mid grow">{t('figureCards.pick')}</p>
      ) : (
        <Card source={source} figure={figure} />
      )}
      <Foot figures={figures} />
    </aside>
  );
}

/** The selected words, with a button that makes a card of them. */
function Selected() {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const selected = useReading((state) => state.selected);
  if (isReadOnly || selected?.marked.kind !== 'text') return null;
  return (
    <section className="pane-section stack" aria-label={t('inspector.selected')}>
      <h3>{t('inspector.selected')}</h3>
      <bdi className="source-words cut">{selected.exact}</bdi>
      <div className="line">
        <Button size="small" keys={shownKeysOf('makeFigure')} onPress={() => runCommand('makeFigure')}>
          {t('figureCards.makeOf')}
        </Button>
      </div>
    </section>
  );
}

function Foot({ figures }: { figures: readonly FigureInText[] }) {
  const { t } = useTranslation();
  const count = (...states: readonly FigureInText['state'][]): number =>
    figures.filter(({ state }) => states.includes(state)).length;
  return (
    <footer className="pane-foot">
      {t('figureCards.foot', {
        confirmed: count('confirmed', 'reviewed'),
        open: count('found', 'returned', 'reopened', 'disputed'),
        dismissed: count('dismissed'),
      })}
    </footer>
  );
}

function Card({ source, figure }: { source: SourceId; figure: FigureInText }) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const { state } = figure;
  const hint =
    state === 'confirmed' || state === 'reopened' || state === 'disputed' ? t(`figureCards.stateHints.${state}`) : null;
  return (
    <>
      {/* Focusable, so that it can be scrolled by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="grow scroll" role="region" aria-label={t('figureCards.readings')} tabIndex={0}>
        <section className="pane-section stack">
          <blockquote className="source-words figure-words" dir="auto">
            <span className="dim">{figure.before}</span>
            {figure.text}
          </blockquote>
          <p className="line" data-wrap>
            <span className="figure-value">{valueWords(figure)}</span>
            <bdi className="strong grow">{printedUnitWords(figure, t)}</bdi>
            {figure.edited ? <span className="hint">{t('figureCards.edited')}</span> : null}
          </p>
          <StandsFor figure={figure} />
          {figure.outdated ? <p className="hint">{t('figureCards.outdated')}</p> : null}
          {hint === null ? null : <p className="hint">{hint}</p>}
        </section>
        <section className="pane-section">
          <Readings figure={figure} />
        </section>
        <TooLarge source={source} figure={figure} />
        <InRelations source={source} figure={figure} />
        <Checks figure={figure} />
      </div>
      {isReadOnly ? null : <Acts figure={figure} />}
    </>
  );
}

/** The interval. If there are two readings, a choice; confirming uses the chosen one. */
function StandsFor({ figure }: { figure: FigureInText }) {
  const { t } = useTranslation();
  const reading = useFiguring((one) => one.reading);
  const { interval, otherwise, value } = figure;
  const shown = reading === 'other' && otherwise !== null ? otherwise : interval;
  const words = intervalWords(shown, t);
  return (
    <>
      <IntervalLine
        value={value}
        interval={shown}
        label={t('figureCards.intervalLabel', { interval: words, value: numberWords(value) })}
      />
      {otherwise === null ? (
        <div>
          <p>{words}</p>
          <p className="hint">{t(`figureCards.reasons.${interval.reason}`)}</p>
        </div>
      ) : (
        <Radios
          label={t('figureCards.standsFor')}
          value={reading}
          options={[optionOf('first', interval, t), optionOf('other', otherwise, t)]}
          onChange={setReading}
        />
      )}
    </>
  );
}
const optionOf = <V extends string>(value: V, interval: FigureInText['interval'], t: Words) => ({
  value,
  label: intervalWords(interval, t),
  hint: t(`figureCards.reasons.${interval.reason}`),
});

function Readings({ figure }: { figure: FigureInText }) {
  const { t } = useTranslation();
  const { unit, qualifier, kind, period, place, source, subject, passages } = figure;
  const named = useCall('places.get', place === null ? null : { id: place }).data?.name ?? place;
  const none = <span className="unset">{t('figureCards.unset')}</span>;
  return (
    <dl className="definitions figure-readings">
      <dt>{t('figureCards.fields.unit')}</dt>
      <dd>
        {unit === null ? none : <bdi>{printedUnitWords(figure, t)}</bdi>}
        <From by={source.unit} />
      </dd>
      <dt>{t('figureCards.fields.qualifier')}</dt>
      <dd>
        {qualifier === 'exact' ? none : t(`figureCards.qualifiers.${qualifier}`)}
        <From by={source.qualifier} />
      </dd>
      <dt>{t('figureCards.fields.kind')}</dt>
      <dd>
        <KindSign kind={kind} words={t(`figureCards.kinds.${kind}`)} />
        <From by={source.kind} />
      </dd>
      <dt>{t('figureCards.fields.period')}</dt>
      <dd>
        {period === null ? none : periodWords(period)}
        {period === null || period.text === '' ? null : <bdi className="source-words dim"> {period.text}</bdi>}
        <From by={source.period} />
      </dd>
      <dt>{t('figureCards.fields.place')}</dt>
      <dd>
        {named === null ? none : <bdi>{named}</bdi>}
        <From by={source.place} />
      </dd>
      <dt>{t('figureCards.fields.subject')}</dt>
      <dd>{subject === '' ? none : <bdi>{subject}</bdi>}</dd>
      <dt>{t('figureCards.fields.passages')}</dt>
      <dd>{passages.length === 0 ? none : t('figureCards.inPassages', { count: passages.length })}</dd>
    </dl>
  );
}

/** The words that a reading comes from. Only words outside the figure’s clause need a check. */
function From({ by }: { by: FigureInText['source']['unit'] }) {
  const { t } = useTranslation();
  if (by === null) return null;
  const asks = by === 'outside-clause';
  return (
    <span className="figure-from" data-tone={asks ? 'warn' : 'plain'}>
      {asks ? <Icon name="alert" size="small" /> : null}
      {t(`figureCards.by.${by}`)}
    </span>
  );
}

function Checks({ figure: { checks } }: { figure: FigureInText }) {
  const { t } = useTranslation();
  const names = useNames();
  if (checks.length === 0) return null;
  const nameOf = (id: PersonId): string => names?.get(id) ?? '?';
  return (
    <section className="pane-section" aria-label={t('figureCards.checks')}>
      <h3>
        <span className="grow">{t('figureCards.checks')}</span>
        {formatNumber(checks.length)}
      </h3>
      <ul className="figure-checks">
        {checks.map(({ person, verdict, reason, current }) => (
          <li key={person}>
            <bdi>{t(`figureCards.said.${verdict}`, { name: nameOf(person), reason })}</bdi>
            {current ? null : <span className="hint"> {t('figureCards.before')}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Acts({ figure }: { figure: FigureInText }) {
  const { t } = useTranslation();
  const acts = useFigureActs();
  const own = useCall('app.state', {}).data?.person.id ?? null;
  const said = figure.checks.find(({ person }) => person === own);
  const others = figure.checks.some(({ person, verdict }) => person !== own && verdict === 'confirmed');
  const hasConfirmed = said?.verdict === 'confirmed' && said.current;
  const reading = useFiguring((state) => state.reading);
  return (
    <div className="figure-acts">
      <Button
        kind="primary"
        keys={shownKeysOf('confirmFigure')}
        isDisabled={hasConfirmed && reading === 'first'}
        onPress={() => runCommand('confirmFigure')}
      >
        {t(others ? 'figureCards.review' : 'figureCards.confirm')}
      </Button>
      <Button keys={shownKeysOf('editFigure')} onPress={() => runCommand('editFigure')}>
        {t('figureCards.edit')}
      </Button>
      <Button keys={shownKeysOf('dismissFigure')} onPress={() => runCommand('dismissFigure')}>
        {t('figureCards.dismiss')}
      </Button>
      {others ? (
        <Button kind="quiet" onPress={() => askAbout({ kind: 'return', figure })}>
          {t('figureCards.giveBack')}
        </Button>
      ) : null}
      {said === undefined ? null : (
        <Button kind="quiet" onPress={() => void acts.withdraw(figure)}>
          {t('figureCards.withdraw')}
        </Button>
      )}
    </div>
  );
}
