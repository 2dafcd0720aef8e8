import { useEffect, useMemo, useRef } from 'react';
import type { RelationCard } from '../../../shared/contract/relations.ts';
import type { SourceId } from '../../../shared/model/index.ts';
import type { Grouping } from '../../common/relations/state.ts';
import { showRelation } from '../../common/relations/state.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { NumberLine } from '../../common/figures/NumberLine.tsx';
import { lineOf } from './line-of.ts';
import { Verdict } from '../../common/relations/Verdict.tsx';
import { followedOf } from '../../../shared/figures/followed.ts';
import { groupOf, GROUPS, isConflict, lookOf, needsReading } from '../../common/relations/verdicts.ts';
import { computedWords, signOf, percentSign } from '../../common/relations/words.ts';

type T = ReturnType<typeof useTranslation>['t'];

export interface Group {
  readonly key: string;
  readonly title: string;
  readonly hint: string;
  readonly relations: readonly RelationCard[];
}

/** Groups relations by verdict, those that a person has to check first; otherwise by source, in the order of titles. */
export function grouped(
  relations: readonly RelationCard[],
  by: Grouping,
  titles: ReadonlyMap<SourceId, string>,
  t: T,
): Group[] {
  if (by === 'verdict')
    return GROUPS.map((key) => ({
      key,
      title: t(`relations.group.${key}`),
      hint: t(`relations.hint.${key}`),
      relations: relations.filter((one) => groupOf(lookOf(one)) === key),
    })).filter((group) => group.relations.length > 0);
  return [...Map.groupBy(relations, (one) => one.inputs[0]?.sourceId)].map(([source, own]) => ({
    key: source ?? '',
    title: (source === undefined ? undefined : titles.get(source)) ?? t('relations.noSource'),
    hint: '',
    relations: own,
  }));
}

interface Row {
  readonly relation: RelationCard;
  /** Set on the first row of a group. */
  readonly group: Group | null;
}
const keyOfRow = ({ relation }: Row): string => relation.id;

/** All relations in groups. Each row draws the printed and the computed value on a line. */
export function RelationTable({
  groups,
  current,
  titles,
  onOpen,
}: {
  groups: readonly Group[];
  current: string | null;
  titles: ReadonlyMap<SourceId, string>;
  onOpen: (relation: RelationCard) => void;
}) {
  const { t } = useTranslation();
  const rows = useMemo(
    () =>
      groups.flatMap((group) =>
        group.relations.map((relation, at): Row => ({ relation, group: at === 0 ? group : null })),
      ),
    [groups],
  );
  const table = useRef<HTMLDivElement>(null);
  // Suggestions arrive source by source. Before the list exists the first control has the focus, so move it to the list now.
  useEffect(() => {
    const { activeElement } = document;
    if (activeElement === document.body || activeElement?.closest('.relations-head') !== null)
      table.current?.querySelector<HTMLElement>('[role="listbox"]')?.focus();
  }, []);
  return (
    <div className="relations-table" ref={table}>
      <div className="relation-row relation-heads" aria-hidden="true">
        <span>{t('relations.one')}</span>
        <span className="number">{t('relations.printed')}</span>
        <span className="number relation-computed">{t('relations.computed')}</span>
        <span className="relation-drawn">
          {t('relations.printedMark')} · {t('relations.computedMark')}
        </span>
        <span>{t('relations.verdictHead')}</span>
      </div>
      <VirtualList
        label={t('relations.title')}
        rows={rows}
        keyOf={keyOfRow}
        current={current}
        rowHeight="--review-row"
        onCurrent={(key) => showRelation(rows.find((row) => row.relation.id === key)?.relation.id ?? null)}
        onOpen={({ relation }) => onOpen(relation)}
      >
        {({ relation, group }) => (
          <div className="relation-place">
            {group === null ? null : (
              <div className="relation-group">
                <span className="strong">{group.title}</span>
                <span>{group.relations.length}</span>
                <span className="dim cut">{group.hint}</span>
              </div>
            )}
            <RelationRow relation={relation} titles={titles} />
          </div>
        )}
      </VirtualList>
    </div>
  );
}

function RelationRow({ relation, titles }: { relation: RelationCard; titles: ReadonlyMap<SourceId, string> }) {
  const { t } = useTranslation();
  const { inputs, printed, check, operation, kind, warnings, state, missing } = relation;
  const line = lineOf(printed, check);
  const [first] = inputs;
  return (
    <div className="relation-row">
      <div className="two-lines">
        <span className="cut">
          <bdi lang="zh">{inputs.map(({ text }) => text).join(` ${signOf(operation)} `)}</bdi>,{' '}
          {t(`relations.kind.${kind}`)}
        </span>
        {warnings.length > 0 ? (
          <span className="cut relation-warning">
            <Icon name="alert" size="small" />
            {warnings.map((one) => t(`relations.warning.${one}`)).join(', ')}
          </span>
        ) : (
          <span className="cut">
            {first === undefined ? t('relations.missing', { count: missing }) : null}
            <bdi>{first === undefined ? null : titles.get(first.sourceId)}</bdi>
            {first === undefined ? null : `, ${t('relations.page', { page: first.page })}`}
          </span>
        )}
      </div>
      <span className="number strong">{printed === null ? '–' : printed.text}</span>
      <span className="number dim relation-computed">
        {computedWords(check)}
        {check.computed === null ? null : percentSign(operation)}
      </span>
      <span className="relation-drawn">
        {line === null ? (
          <span className="dim">{t('relations.nothingDrawn')}</span>
        ) : (
          <NumberLine line={line} label={t('relations.drawn', drawnWords(relation))} tone={toneOf(relation)} />
        )}
      </span>
      <span className="stack-tight">
        <Verdict relation={relation} />
        {isConflict(relation) ? <Conflict relation={relation} /> : null}
        {needsReading(relation) ? <Badge tone="warn">{t('relations.twoReadings')}</Badge> : null}
        {state === 'found' ? null : <Badge>{t(`relations.state.${state}`)}</Badge>}
      </span>
    </div>
  );
}

/** Says that two sources differ; after a decision, which figure is followed. */
function Conflict({ relation }: { relation: RelationCard }) {
  const { t } = useTranslation();
  const { figure } = followedOf(relation.checks);
  const followed = relation.inputs.find(({ id }) => id === figure);
  return followed === undefined ? (
    <Badge tone="bad" icon="alert">
      {t('relations.follow.differ')}
    </Badge>
  ) : (
    <Badge icon="check">
      <bdi className="cut">{t('relations.follow.followed', { figure: followed.text })}</bdi>
    </Badge>
  );
}

export function toneOf(relation: RelationCard, check = relation.check): 'plain' | 'bad' | 'warn' {
  const look = lookOf({ check, warnings: relation.warnings });
  return look === 'fails' ? 'bad' : look === 'wide' ? 'warn' : 'plain';
}

/** The ends of the drawn interval, in words. */
export function drawnWords(relation: RelationCard, check = relation.check): Record<'printed' | 'computed', string> {
  const { printed } = relation;
  const range = (low: string | null, high: string | null, value: string): string =>
    low === null || high === null || low === high ? value : `${low} – ${high}`;
  return {
    printed: printed === null ? '' : range(printed.interval.low, printed.interval.high, printed.value),
    computed: check.computed === null ? '' : range(check.low, check.high, check.computed),
  };
}
