import { useState } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { fieldName } from '../../../shared/changes/fields.ts';
import type { IncomingItem, MergePreview } from '../../../shared/contract/merge.ts';
import { formatMoment } from '../../common/format.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FamilySign, restOf } from '../../ui/FamilySign.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { showItems, useMerging } from './merge-state.ts';
import { useIncomingItems } from './useIncomingItems.ts';
import { useWords } from './words.ts';

const keyOf = ({ entity, record }: IncomingItem): string => `${entity} ${record}`;

/** What comes in, item by item: of everything, or of what was chosen among the counts. Arrows, Home and End go through it. */
export function IncomingItems({ preview }: { preview: MergePreview }) {
  const { t } = useTranslation();
  const shown = useMerging((state) => state.shown);
  const look = useMerging((state) => state.look);
  const { items, error, complete, more } = useIncomingItems(shown?.filter ?? {}, look);
  const [current, setCurrent] = useState<string | null>(null);
  const count = t(complete ? 'team.items.count' : 'team.items.sofar', { count: items.length });
  return (
    <div className="team-items">
      <header className="line team-items-head" data-wrap>
        <span className="strong">
          <bdi>{shown?.title ?? t('team.items.all')}</bdi>
        </span>
        <span className="hint grow" role="status">
          {count}
        </span>
        {shown === null ? (
          <Kinds preview={preview} />
        ) : (
          <Button size="small" onPress={() => showItems(null)}>
            {t('team.items.showAll')}
          </Button>
        )}
      </header>
      {error === null ? null : <InlineError message={error.message} />}
      {complete && items.length === 0 ? (
        <EmptyState title={t('team.items.none')} text={t('team.items.noneText')} />
      ) : (
        <VirtualList
          label={shown?.title ?? t('team.items.all')}
          rows={items}
          keyOf={keyOf}
          current={current}
          onCurrent={setCurrent}
          onEnd={more}
          rowHeight="--review-row"
        >
          {(item) => <Item item={item} />}
        </VirtualList>
      )}
    </div>
  );
}

/** The kinds there are, each a way to its own items. */
function Kinds({ preview: { byKind } }: { preview: MergePreview }) {
  const words = useWords();
  if (byKind.length < 2) return null;
  return byKind.map(({ entity }) => (
    <Button
      key={entity}
      kind="quiet"
      size="small"
      onPress={() => showItems({ filter: { kind: entity }, title: words.many(entity) })}
    >
      {words.many(entity)}
    </Button>
  ));
}

function Item({ item }: { item: IncomingItem }) {
  const { t } = useTranslation();
  const words = useWords();
  const { entity, how, quote, sourceTitle, person, at, label } = item;
  return (
    <span className="team-item" data-how={how}>
      <span className="line team-item-what" data-wrap>
        <span className="team-item-how">{t(`team.how.${how}`, { what: words.single(entity) })}</span>
        <Says item={item} />
      </span>
      {item.fields.map(({ field, before, after }) => (
        <span key={field} className="team-item-field">
          <span className="dim">{fieldName(entity, field)}</span>
          <del>
            <bdi dir="auto">{before}</bdi>
          </del>
          <span aria-hidden className="dim">
            →
          </span>
          <ins>
            <bdi dir="auto">{after}</bdi>
          </ins>
        </span>
      ))}
      <span className="hint team-item-where">
        {quote === '' ? null : (
          <bdi className="cut" dir="ltr">
            {t('team.items.on', { quote })}
          </bdi>
        )}
        {sourceTitle === '' ? null : (
          <bdi className="cut" dir="auto">
            {sourceTitle}
          </bdi>
        )}
        <bdi>{person}</bdi>
        <span>{formatMoment(at)}</span>
        {label === '' ? null : (
          <bdi className="cut" dir="auto">
            {label}
          </bdi>
        )}
      </span>
    </span>
  );
}

/** What it says: of a tag its category. */
function Says({ item: { entity, tag, words } }: { item: IncomingItem }) {
  if (tag !== null)
    return (
      <span className="line">
        {tag.code === '' ? null : <FamilySign code={tag.code} colour={tag.colour} />}
        {restOf(tag.code) === '' ? null : <span className="code">{restOf(tag.code)}</span>}
        <bdi>{tag.name}</bdi>
      </span>
    );
  return (
    // A quotation comes with its page, in our words.
    <bdi className="team-item-words" dir={entity === 'passage' ? 'ltr' : 'auto'}>
      {words}
    </bdi>
  );
}
