import { useEffect, useRef, type ReactNode } from 'react';
import type { CategoryId, SourceId } from '../../../shared/model/index.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import { useCall } from '../../api/index.ts';
import { shownKeysOf } from '../../common/commands/command-keys.ts';
import { formatWhen } from '../../common/format.ts';
import { useNow } from '../../common/now.ts';
import { useCategories } from '../../common/passages/source-passages.ts';
import { PersonName } from '../../common/people/PersonName.tsx';
import { useReadOnly } from '../../common/read-only.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { goToItem, itemKey, useCurrentItem, useSuggestions, type Item } from '../../common/suggestions/suggestions.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FamilySign, restOf } from '../../ui/FamilySign.tsx';
import { LikeThis } from './LikeThis.tsx';
import { LearnedSection } from './LearnedSection.tsx';
import { useSuggestionActs } from './acts.ts';

/** The suggestions in a source in text order, and the decisions on them. `tabs`: the tabs that lead to the current passage. */
export function SuggestionsPane({ source, tabs }: { source: SourceId; tabs: ReactNode }) {
  const { t } = useTranslation();
  const { items, decided, terms, isBlind, isRead } = useSuggestions(source);
  const current = useCurrentItem(items);
  return (
    <aside className="pane suggestions" aria-label={t('terms.title')}>
      <header className="pane-head">
        {tabs}
        <span className="dim grow suggestions-note">{items.length === 0 ? null : t('terms.note')}</span>
      </header>
      {/* Focusable, so that it can be scrolled by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="scroll" role="region" aria-label={t('terms.title')} tabIndex={0}>
        {isRead && items.length === 0 ? (
          <EmptyState
            title={t(isBlind ? 'terms.blind.title' : 'terms.none.title')}
            text={isBlind ? t('terms.blind.text') : t('terms.none.text', { count: terms })}
          />
        ) : null}
        {items.length === 0 ? null : (
          <ul className="suggestion-list">
            {items.map((item) => (
              <Row
                key={itemKey(item)}
                item={item}
                items={items}
                isCurrent={current !== null && itemKey(current) === itemKey(item)}
              />
            ))}
          </ul>
        )}
        {decided.length === 0 ? null : <Decisions decided={decided} />}
        {isBlind ? null : <LearnedSection />}
        {isBlind ? null : <p className="pane-section hint">{t('terms.log')}</p>}
      </div>
    </aside>
  );
}

function CategoryCode({ id }: { id: CategoryId }) {
  const category = useCategories().get(id);
  if (category === undefined) return null;
  return (
    <>
      <span className="suggestion-sign">
        <FamilySign code={category.code} colour={category.colour} />
      </span>
      <span className="code">{restOf(category.code)}</span>
    </>
  );
}

function Row({ item, items, isCurrent }: { item: Item; items: readonly Item[]; isCurrent: boolean }) {
  const { t } = useTranslation();
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isCurrent) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isCurrent]);
  return (
    <li ref={row} className="suggestion-row" data-current={isCurrent || undefined}>
      <button
        type="button"
        className="suggestion-words"
        aria-current={isCurrent || undefined}
        onClick={() => goToItem(item)}
      >
        <CategoryCode id={item.category} />
        <bdi className="source-words cut grow">{quotedWords(item.text, 'pdf')}</bdi>
        {item.learned === null ? null : (
          <span className="dim">{t('terms.learned.sure', { sure: item.learned.sure })}</span>
        )}
      </button>
      {isCurrent ? <CurrentItem item={item} items={items} /> : null}
    </li>
  );
}

/** The reason for a suggestion, and the buttons that decide on it. */
function CurrentItem({ item, items }: { item: Item; items: readonly Item[] }) {
  const { t } = useTranslation();
  const acts = useSuggestionActs(items);
  const isReadOnly = useReadOnly();
  const name = useCategories().get(item.category)?.name ?? '';
  const counts = useCall('suggestions.terms', { category: item.category }).data?.terms.find(
    ({ term }) => term === item.term,
  );
  return (
    <div className="suggestion-why">
      {item.learned === null ? (
        <p className="hint">
          {name}.{' '}
          {item.over === 0
            ? t('terms.why', { term: item.term })
            : t('terms.whyLongest', { term: item.term, count: item.over })}{' '}
          {counts === undefined || counts.accepted + counts.rejected === 0
            ? null
            : t('terms.counts', {
                accepted: t('terms.accepted', { count: counts.accepted }),
                rejected: t('terms.rejected', { count: counts.rejected }),
              })}
        </p>
      ) : (
        <LikeThis category={item.category} name={name} learned={item.learned} />
      )}
      <div className="line">
        <Button
          size="small"
          kind="primary"
          keys={shownKeysOf('acceptSuggestion')}
          isDisabled={isReadOnly}
          onPress={() => void acts.decide(item, 'accepted')}
        >
          {t('terms.accept')}
        </Button>
        <Button
          size="small"
          keys={shownKeysOf('rejectSuggestion')}
          isDisabled={isReadOnly}
          onPress={() => void acts.decide(item, 'rejected')}
        >
          {t('terms.reject')}
        </Button>
        <Button
          size="small"
          keys={shownKeysOf('neverSuggest')}
          isDisabled={isReadOnly}
          onPress={() => void acts.decide(item, 'never')}
        >
          {t(item.learned === null ? 'terms.never' : 'terms.learned.never')}
        </Button>
      </div>
    </div>
  );
}

function Decisions({ decided }: { decided: ReturnType<typeof useSuggestions>['decided'] }) {
  const { t } = useTranslation();
  const now = useNow();
  const people = useCall('project.info', {}).data?.people ?? [];
  return (
    <section className="pane-section" aria-label={t('terms.decided')}>
      <h3>{t('terms.decided')}</h3>
      <ul className="suggestion-list">
        {decided.map(({ id, category, term, model, sure, verdict, person, at }) => (
          <li key={id} className="suggestion-decided line">
            <CategoryCode id={category} />
            {model === null ? (
              <bdi className="source-words cut grow">{term}</bdi>
            ) : (
              <span className="dim grow">{t('terms.learned.decided', { sure: sure ?? 0 })}</span>
            )}
            <span className="dim">
              {t(`terms.verdicts.${verdict}`)} ·{' '}
              <PersonName id={person} name={people.find((one) => one.id === person)?.name ?? '?'} /> ·{' '}
              {formatWhen(at, now)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
