import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { shownState } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { isComposing } from '../../common/commands/keys.ts';
import { languageName } from '../../common/review/languages.ts';
import { setFilter, useReviewing, type ReviewFilter } from '../../common/review/state.ts';
import { SHOWN_STATES } from '../../common/review/steps.ts';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/Select.tsx';

/** What the queue is narrowed by. Escape closes it, and what was chosen stays. */
export function Filters({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const filter = useReviewing((state) => state.filter);
  const options = useOptions();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector('button')?.focus(), []);
  const choose = <K extends keyof ReviewFilter>(key: K, value: ReviewFilter[K] | null): void => {
    const { [key]: _, ...others } = filter;
    setFilter(value === null || value === undefined ? others : { ...others, [key]: value });
  };
  const any = t('review.filter.any');
  return (
    // Escape closes it from anywhere in it; the button and F do, too.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      ref={box}
      className="review-filters stack"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || isComposing(event.nativeEvent)) return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      <Select
        label={t('review.filter.state')}
        value={filter.state ?? null}
        options={SHOWN_STATES.map((value) => ({ value, label: t(`review.states.${value}`) }))}
        none={any}
        noneIsFine
        onChange={(value) => choose('state', value === null ? null : shownState.parse(value))}
      />
      <Select
        label={t('review.filter.source')}
        value={filter.source ?? null}
        options={options.sources}
        none={any}
        noneIsFine
        onChange={(value) => choose('source', value)}
      />
      <Select
        label={t('review.filter.category')}
        value={filter.category ?? null}
        options={options.categories}
        none={any}
        noneIsFine
        onChange={(value) => choose('category', value)}
      />
      <Select
        label={t('review.filter.person')}
        value={filter.person ?? null}
        options={options.people}
        none={any}
        noneIsFine
        onChange={(value) => choose('person', value)}
      />
      <Select
        label={t('review.filter.language')}
        value={filter.language ?? null}
        options={options.languages}
        none={any}
        noneIsFine
        onChange={(value) => choose('language', value)}
      />
      <div className="line">
        <Button size="small" isDisabled={Object.keys(filter).length === 0} onPress={() => setFilter({})}>
          {t('review.filter.clear')}
        </Button>
        <span className="grow" />
        <Button size="small" kind="quiet" keys={['Esc']} onPress={onClose}>
          {t('app.close')}
        </Button>
      </div>
    </div>
  );
}

function useOptions() {
  const sources = useCall('sources.list', {}).data?.sources;
  const categories = useCall('codebook.get', {}).data?.categories;
  const people = useCall('people.list', {}).data?.people;
  return useMemo(() => {
    const languages = [...new Set((sources ?? []).flatMap(({ language }) => language ?? []))];
    return {
      sources: (sources ?? []).map(({ id, title, fileName }) => ({ value: id, label: title ?? fileName })),
      categories: (categories ?? [])
        .filter(({ deleted, archived }) => !deleted && !archived)
        .map(({ id, code, name }) => ({ value: id, label: name, hint: code })),
      people: (people ?? []).map(({ id, name }) => ({ value: id, label: name })),
      languages: languages.map((value) => ({ value, label: languageName(value), hint: value })),
    };
  }, [sources, categories, people]);
}
