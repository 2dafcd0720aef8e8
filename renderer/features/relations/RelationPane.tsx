import type { RelationCard, RelationChecked, RelationFigure } from '../../../shared/contract/relations.ts';
import type { SourceId } from '../../../shared/model/index.ts';
import { shownKeysOf } from '../../common/commands/command-keys.ts';
import { runCommand } from '../../common/commands/registry.ts';
import { unitBesideWords } from '../../common/figures/words.ts';
import { useNames } from '../../common/people/use-names.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { openRange } from '../../common/workbench/workbench.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button, IconButton, LinkButton } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { Note } from '../../ui/Note.tsx';
import { NumberLine } from '../../common/figures/NumberLine.tsx';
import { lineOf } from './line-of.ts';
import { editOf } from './edit-of.ts';
import { drawnWords, toneOf } from './RelationTable.tsx';
import { ofRelation, type RelationActs } from './useRelationActs.ts';
import { FollowedSource } from '../../common/relations/FollowedSource.tsx';
import { Verdict } from '../../common/relations/Verdict.tsx';
import { hasTwoReadings, isConflict, isReturnable } from '../../common/relations/verdicts.ts';
import { computedWords, percentSign, signOf } from '../../common/relations/words.ts';

interface PaneProps {
  readonly relation: RelationCard;
  readonly number: number;
  readonly count: number;
  readonly titles: ReadonlyMap<SourceId, string>;
  readonly acts: RelationActs;
  readonly onDismiss: () => void;
  readonly onReturn: () => void;
}

/** The current relation: its formula, both readings, its inputs, and the reasons to doubt it. */
export function RelationPane({ relation, number, count, titles, acts, onDismiss, onReturn }: PaneProps) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const { state, check } = relation;
  return (
    <aside className="pane relation-pane" aria-label={t('relations.one')}>
      <header className="pane-head">
        <h2>{t('relations.one')}</h2>
        <span className="dim grow">{t('relations.position', { number, count })}</span>
        <Badge>{t(`relations.state.${state}`)}</Badge>
        <IconButton
          icon="back"
          label={t('relations.previous')}
          keys={shownKeysOf('previousRelation')}
          isDisabled={number === 1}
          onPress={() => runCommand('previousRelation')}
        />
        <IconButton
          icon="forward"
          label={t('relations.next')}
          keys={shownKeysOf('nextRelation')}
          isDisabled={number === count}
          onPress={() => runCommand('nextRelation')}
        />
      </header>
      <div className="grow scroll">
        <Formula relation={relation} />
        <Readings relation={relation} acts={acts} />
        <Inputs relation={relation} titles={titles} />
        {isConflict(relation) ? <Follow relation={relation} titles={titles} /> : null}
        <Companions relation={relation} />
        <Decisions relation={relation} />
        <section className="pane-section">
          <Note tone={check.verdict === 'fails' ? 'bad' : 'plain'}>
            {t(
              check.verdict === 'fails'
                ? 'relations.conflict'
                : check.verdict === 'not-checkable'
                  ? 'relations.notChecked'
                  : 'relations.noConflict',
            )}
          </Note>
        </section>
      </div>
      {isReadOnly ? null : (
        <footer className="pane-foot relation-acts">
          <Button
            kind="primary"
            keys={shownKeysOf('confirmRelation')}
            isPending={acts.isPending}
            onPress={() => acts.confirm(relation, relation.reading)}
          >
            {t('relations.confirm')}
          </Button>
          <Button keys={shownKeysOf('editRelation')} onPress={() => editOf(relation)}>
            {t('relations.otherPair')}
          </Button>
          {state === 'dismissed' ? (
            <Button onPress={() => acts.withdraw(relation)}>{t('relations.withdraw')}</Button>
          ) : (
            <Button keys={shownKeysOf('dismissRelation')} onPress={onDismiss}>
              {t('relations.dismiss')}
            </Button>
          )}
          {isReturnable(relation) ? (
            <Button kind="quiet" keys={shownKeysOf('returnRelation')} onPress={onReturn}>
              {t('relations.return')}
            </Button>
          ) : null}
        </footer>
      )}
    </aside>
  );
}

/** People’s decisions on the relation, oldest first. */
function Decisions({ relation: { checks } }: { relation: RelationCard }) {
  const { t } = useTranslation();
  const names = useNames();
  if (checks.length === 0) return null;
  return (
    <section className="pane-section">
      <h3>{t('relations.said')}</h3>
      <ul className="relation-inputs">
        {checks.map((one) => (
          <li key={one.person}>
            <bdi>{names?.get(one.person) ?? t('relations.somebody')}</bdi>: {t(`relations.did.${one.verdict}`)}
            {one.current ? null : ` (${t('relations.ofEarlier')})`}
            {one.reason === '' ? null : (
              <span className="hint">
                <bdi>{one.reason}</bdi>
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Formula({ relation }: { relation: RelationCard }) {
  const { t } = useTranslation();
  const { inputs, printed, operation, kind, check, by } = relation;
  return (
    <section className="pane-section">
      <h3>
        <span className="grow relation-kind">{t(`relations.kind.${kind}`)}</span>
        <span className="dim">{t(by === null ? 'relations.byHand' : `relations.suggestedBy.${by}`)}</span>
      </h3>
      <p className="relation-formula">
        {inputs.map((one, at) => (
          <span key={one.id} className="line">
            {at === 0 ? null : <span className="dim">{signOf(operation)}</span>}
            <bdi className="relation-figure">{one.text}</bdi>
          </span>
        ))}
        <span className="dim">=</span>
        <span>
          {computedWords(check)}
          {check.computed === null ? null : percentSign(operation)}
        </span>
      </p>
      <p className="hint">{relation.formula}</p>
      <p className="line">
        <span className="dim">{t('relations.printed')}</span>
        {printed === null ? t('relations.noPrinted') : <bdi className="source-words">{printed.text}</bdi>}
      </p>
    </section>
  );
}

function Readings({ relation, acts }: { relation: RelationCard; acts: RelationActs }) {
  const { t } = useTranslation();
  const { exact, rounded, reading, check } = relation;
  if (exact === null || rounded === null || !hasTwoReadings(relation))
    return (
      <section className="pane-section">
        <h3>{t('relations.oneReading')}</h3>
        <Reading relation={relation} check={check} />
      </section>
    );
  return (
    <section className="pane-section">
      <h3>{t('relations.twoReadings')}</h3>
      <div className="relation-readings">
        {(
          [
            { name: 'exact', own: exact, keys: 'firstReading' },
            { name: 'rounded', own: rounded, keys: 'secondReading' },
          ] as const
        ).map(({ name, own, keys }) => (
          <button
            key={name}
            type="button"
            className="relation-reading"
            aria-pressed={reading === name}
            onClick={() => acts.confirm(relation, name)}
          >
            <span className="line">
              <span className="strong grow">{t(`relations.reading.${name}`)}</span>
              <Kbd keys={shownKeysOf(keys)} />
            </span>
            <Reading relation={relation} check={own} />
          </button>
        ))}
      </div>
      {reading === 'printed' ? <p className="hint">{t('relations.chooseReading')}</p> : null}
    </section>
  );
}

function Reading({ relation, check }: { relation: RelationCard; check: RelationChecked }) {
  const { t } = useTranslation();
  const line = lineOf(relation.printed, check);
  return (
    <span className="stack-tight">
      <Verdict relation={relation} check={check} />
      {line === null ? null : (
        <NumberLine
          line={line}
          label={t('relations.drawn', drawnWords(relation, check))}
          tone={toneOf(relation, check)}
        />
      )}
      {check.wide ? <span className="hint">{t('relations.wideHint')}</span> : null}
      {check.verdict === 'truncates' ? <span className="hint">{t('relations.cutHint')}</span> : null}
    </span>
  );
}

function Inputs({ relation, titles }: { relation: RelationCard; titles: ReadonlyMap<SourceId, string> }) {
  const { t } = useTranslation();
  const { inputs, printed, missing } = relation;
  return (
    <section className="pane-section">
      <h3>{t('relations.inputs')}</h3>
      <ul className="relation-inputs">
        {(printed === null ? inputs : [...inputs, printed]).map((one) => (
          <Input key={one.id} figure={one} title={titles.get(one.sourceId) ?? ''} />
        ))}
      </ul>
      {missing === 0 ? null : <Note tone="warn">{t('relations.missing', { count: missing })}</Note>}
    </section>
  );
}

function Input({ figure, title }: { figure: RelationFigure; title: string }) {
  const { t } = useTranslation();
  const names = useNames();
  const { state, kind, period, sourceId, start, end, page, checks } = figure;
  const isConfirmed = state === 'confirmed' || state === 'reviewed';
  const by = checks.filter(({ verdict, current }) => verdict === 'confirmed' && current);
  return (
    <li className="relation-input">
      <Icon name={isConfirmed ? 'check' : 'suggestion'} size="small" />
      <span className="grow">
        <bdi className="strong">{figure.text}</bdi>{' '}
        <span className="dim">
          {[unitBesideWords(figure, t), t(`relations.figureKind.${kind}`), period?.text].filter(Boolean).join(', ')}
        </span>
        <span className="hint">
          <LinkButton onPress={() => openRange(sourceId, { start, end })}>
            <bdi>{title}</bdi>, {t('relations.page', { page })}
          </LinkButton>
        </span>
      </span>
      <span className="dim relation-who">
        {isConfirmed
          ? by.map(({ person }) => names?.get(person) ?? t('relations.somebody')).join(', ')
          : t('relations.unconfirmed')}
      </span>
    </li>
  );
}

/** Chooses which of two sources to follow that cannot both be right. */
function Follow({ relation, titles }: { relation: RelationCard; titles: ReadonlyMap<SourceId, string> }) {
  const { t } = useTranslation();
  const { id, inputs, checks } = relation;
  const [one, other] = inputs;
  if (one === undefined || other === undefined) return null;
  const sideOf = ({ id: figure, sourceId }: RelationFigure) => ({ figure, title: titles.get(sourceId) ?? '' });
  return (
    <section className="pane-section" aria-label={t('relations.follow.title')}>
      <h3>{t('relations.follow.title')}</h3>
      <FollowedSource key={id} id={id} of={ofRelation(relation)} sides={[sideOf(one), sideOf(other)]} said={checks} />
    </section>
  );
}

/** The checks beside the numbers: units, periods and plans agree, and a part is not larger than its whole. */
function Companions({ relation }: { relation: RelationCard }) {
  const { t } = useTranslation();
  const { warnings, conversions } = relation;
  return (
    <section className="pane-section">
      <h3>{t('relations.companions')}</h3>
      <ul className="relation-inputs">
        {warnings.map((one) => (
          <li key={one} className="line relation-warning">
            <Icon name="alert" size="small" />
            {t(`relations.warning.${one}`)}
          </li>
        ))}
        {warnings.length === 0 ? <li className="dim">{t('relations.noWarning')}</li> : null}
        {conversions.map(({ figure, from, to, factor }) => (
          <li key={figure} className="dim">
            {t('relations.converted', { from, to, factor })}
          </li>
        ))}
      </ul>
    </section>
  );
}
