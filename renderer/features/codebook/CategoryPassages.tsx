import { useState } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Category, Passage, Source } from '../../../shared/model/index.ts';
import { useApi, useCall } from '../../api/index.ts';
import { formatNumber } from '../../app/format.ts';
import { openPassage } from '../../app/state/workbench.ts';
import { Button } from '../../ui/Button.tsx';
import { InlineError } from '../../ui/Note.tsx';

/** Enough for a look; a category of a large project has tens of thousands. */
const STEP = 100;
const NO_SOURCES: readonly Source[] = [];

/** Every passage that carries a category or one below it, over all sources: one click from its place. */
export function CategoryPassages({ category }: { category: Category }) {
  const { t } = useTranslation();
  const [limit, setLimit] = useState(STEP);
  const list = usePassagesOf(category, limit);
  const sources = useCall('sources.list', { deleted: true }).data?.sources ?? NO_SOURCES;
  const nameOf = new Map(sources.map((source) => [source.id, source]));
  const { passages, total } = list.data ?? { passages: [], total: 0 };
  return (
    <div className="stack">
      <h4 className="section-head">
        <span className="grow">{t('codebook.passages')}</span>
        <span>{list.data === undefined ? '' : formatNumber(total)}</span>
      </h4>
      {list.error === null ? null : <InlineError message={list.error.message} />}
      {list.isSuccess && total === 0 ? <p className="hint">{t('codebook.noPassages')}</p> : null}
      <ul className="category-passages" aria-label={t('codebook.passagesOf', { name: category.name })}>
        {passages.map((passage) => (
          <li key={passage.id}>
            <PassageButton passage={passage} source={nameOf.get(passage.source)} />
          </li>
        ))}
      </ul>
      {passages.length < total ? (
        <Button size="small" isPending={list.isFetching} onPress={() => setLimit(limit + STEP)}>
          {t('codebook.morePassages', { count: Math.min(STEP, total - passages.length) })}
        </Button>
      ) : null}
    </div>
  );
}

/** As useCall, but the shorter list stays in sight while a longer one is read. */
function usePassagesOf(category: Category, limit: number) {
  const api = useApi();
  const input = { category: category.id, deep: true, limit };
  return useQuery({
    queryKey: ['passages.list', input],
    queryFn: () => api.call('passages.list', input),
    placeholderData: keepPreviousData,
  });
}

function PassageButton({ passage, source }: { passage: Passage; source: Source | undefined }) {
  const { t } = useTranslation();
  const { anchor } = passage;
  const title = source === undefined ? '' : (source.title ?? source.fileName);
  return (
    <AriaButton
      className="category-passage"
      onPress={() => openPassage({ source: passage.source, passage: passage.id })}
    >
      <bdi className="source-words column-words" lang={source?.language ?? undefined} dir="auto">
        {anchor.kind === 'text' ? anchor.exact : t('codebook.area')}
      </bdi>
      <span className="hint line">
        <bdi className="cut">{title}</bdi>
        <span>{t('codebook.page', { page: anchor.page })}</span>
      </span>
    </AriaButton>
  );
}
