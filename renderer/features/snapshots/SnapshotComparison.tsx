import { useEffect, useMemo, useRef, useState } from 'react';
import { PersonName } from '../../common/people/PersonName.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { fieldName } from '../../../shared/changes/fields.ts';
import type { StateDifference } from '../../../shared/contract/snapshots.ts';
import { useCall } from '../../api/index.ts';
import { formatNumber } from '../../common/format.ts';
import { MarkedWords } from '../../common/review/MarkedWords.tsx';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Segments } from '../../ui/Choice.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { compare, differenceRows, type DifferenceRow, type Pair } from './snapshots.ts';
import { useRecordWords } from '../../common/strings/record-words.ts';

const SHOWN = ['all', 'added', 'changed', 'removed'] as const;
type Shown = (typeof SHOWN)[number];
const NONE: readonly StateDifference[] = [];
const keyOf = ({ key }: DifferenceRow): string => key;

/** The differences between two states, by kind of record. */
export function SnapshotComparison({ pair }: { pair: Pair }) {
  const { t } = useTranslation();
  const names = useNames(pair);
  const { data, error } = useCall('snapshots.compare', pair);
  const [shown, show] = useState<Shown>('all');
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  const all = data?.differences ?? NONE;
  const differences = useMemo(() => (shown === 'all' ? all : all.filter(({ how }) => how === shown)), [all, shown]);
  const counts = { all: all.length, added: data?.added ?? 0, changed: data?.changed ?? 0, removed: data?.removed ?? 0 };
  return (
    <>
      <header className="bar">
        <Button kind="quiet" size="small" icon="back" onPress={() => compare(null)}>
          {t('snapshots.title')}
        </Button>
        <h2 ref={head} className="strong cut" tabIndex={-1}>
          {t('snapshots.between', names)}
        </h2>
      </header>
      <div className="snapshot-filter">
        <Segments
          label={t('snapshots.show')}
          value={shown}
          options={SHOWN.map((value) => ({
            value,
            label: t(`snapshots.shown.${value}`, { count: counts[value] }),
          }))}
          onChange={show}
        />
      </div>
      {error === null ? null : <InlineError message={error.message} />}
      {data === undefined ? (
        <p className="team-block hint" role="status">
          {error === null ? t('snapshots.comparing') : ''}
        </p>
      ) : differences.length === 0 ? (
        <EmptyState
          title={t('snapshots.same')}
          text={t(all.length === 0 ? 'snapshots.sameText' : 'snapshots.sameOfKind')}
        />
      ) : (
        <Differences differences={differences} />
      )}
    </>
  );
}

function useNames({ a, b }: Pair): { readonly a: string; readonly b: string } {
  const { t } = useTranslation();
  const snapshots = useCall('snapshots.list', {}).data?.snapshots ?? [];
  const nameOf = (id: string): string => snapshots.find((one) => one.id === id)?.name ?? '';
  return { a: nameOf(a), b: b === null ? t('snapshots.now') : nameOf(b) };
}

function Differences({ differences }: { differences: readonly StateDifference[] }) {
  const { t } = useTranslation();
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [current, setCurrent] = useState<string | null>(null);
  const rows = useMemo(() => differenceRows(differences, folded), [differences, folded]);
  const fold = (entity: string): void => {
    const next = new Set(folded);
    if (!next.delete(entity)) next.add(entity);
    setFolded(next);
  };
  return (
    <VirtualList
      label={t('snapshots.differences')}
      rows={rows}
      keyOf={keyOf}
      current={current}
      onCurrent={setCurrent}
      onOpen={(row) => (row.kind === 'group' ? fold(row.entity) : undefined)}
      onKey={(key, row) => {
        if (row?.kind !== 'group' || (key !== 'ArrowLeft' && key !== 'ArrowRight')) return false;
        if (row.isFolded === (key === 'ArrowRight')) fold(row.entity);
        return true;
      }}
    >
      {(row) => (row.kind === 'group' ? <Group row={row} /> : <Difference difference={row.difference} />)}
    </VirtualList>
  );
}

function Group({ row }: { row: DifferenceRow & { readonly kind: 'group' } }) {
  const { t } = useTranslation();
  const words = useRecordWords();
  return (
    <div className="line snapshot-group">
      <Icon name={row.isFolded ? 'expand' : 'collapse'} size="small" />
      <span className="strong grow">{words.many(row.entity)}</span>
      <span className="dim">{formatNumber(row.count)}</span>
      <span className="unseen">{t(row.isFolded ? 'snapshots.folded' : 'snapshots.unfolded')}</span>
    </div>
  );
}

const SIGNS = { added: 'add', changed: 'edit', removed: 'minus' } as const;
const TONES = { added: 'ok', changed: 'plain', removed: 'bad' } as const;

function Difference({ difference }: { difference: StateDifference }) {
  const { t } = useTranslation();
  const words = useRecordWords();
  const { how, label, by, fields } = difference;
  return (
    <div className="snapshot-difference">
      <p className="line">
        <Badge tone={TONES[how]} icon={SIGNS[how]}>
          {t(`records.hows.${how}`)}
        </Badge>
        <bdi className="cut grow" dir="auto">
          {label === '' ? words.one(difference.entity) : label}
        </bdi>
        {by === '' ? null : (
          <span className="line hint snapshot-by">
            <PersonName id={null} name={by} initials="small" isInRow />
          </span>
        )}
      </p>
      {how === 'changed' ? (
        <dl className="snapshot-fields">
          {fields.map(({ field, before, after }) => (
            <div key={field}>
              <dt>{fieldName(difference.entity, field)}</dt>
              <dd>
                <BeforeAndAfter before={before} after={after} />
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
    </div>
  );
}

/** Shorter values are shown whole, before and after, which is faster to read. In UTF-16 code units. */
const SENTENCE = 32;

/** A short value before and after; for sentences, the removed and added words. */
function BeforeAndAfter({ before, after }: { before: string; after: string }) {
  const { t } = useTranslation();
  if (before.length >= SENTENCE && after.length >= SENTENCE)
    return (
      <span className="review-words" dir="auto">
        <MarkedWords text={after} before={before} />
      </span>
    );
  return (
    <>
      <del dir="auto">{before === '' ? t('records.empty') : before}</del>
      <Icon name="go" size="small" />
      <span className="unseen">{t('snapshots.became')}</span>
      <ins dir="auto">{after === '' ? t('records.empty') : after}</ins>
    </>
  );
}
