import { useState } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { MergePreview } from '../../../shared/contract/merge.ts';
import { sourceId, type SourceId } from '../../../shared/model/index.ts';
import { formatNumber } from '../../common/format.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Check } from '../../ui/Choice.tsx';
import { DataGrid, type Column, type Sort } from '../../ui/DataGrid.tsx';
import { Icon } from '../../ui/Icon.tsx';
import type { Selection } from '../../ui/selection.ts';
import { changeAddition, useMerging } from './merge-state.ts';

type Row = NonNullable<MergePreview['other']>['sources'][number];

/** The choice of sources to add from a different project, and of the work on them. */
export function OtherSources({ preview }: { preview: MergePreview }) {
  const { t } = useTranslation();
  const addition = useMerging((state) => state.addition);
  const [current, setCurrent] = useState<string | null>(null);
  const [sort, setSort] = useState<Sort>({ column: 'title', descending: false });
  const sources = preview.other?.sources ?? [];
  const columns = useColumns(addition.sources);
  const rows = sorted(sources, sort);
  return (
    <div className="merge-other">
      <div className="team-block">
        <p className="reading mid">{t('merge.other.text', { title: preview.project.title })}</p>
        <div className="line" data-wrap>
          <Check
            label={t('merge.other.passages')}
            selected={addition.passages}
            onChange={(passages) => changeAddition({ passages })}
          />
          <Check
            label={t('merge.other.memos')}
            selected={addition.memos}
            onChange={(memos) => changeAddition({ memos })}
          />
          <span className="grow" />
          <span className="hint" role="status">
            {t('merge.other.chosen', { chosen: addition.sources.size, count: sources.length })}
          </span>
        </div>
      </div>
      <DataGrid
        label={t('merge.tabs.sources', { count: sources.length })}
        columns={columns}
        rows={rows}
        keyOf={({ id }) => id}
        selection={{ selected: addition.sources, current, anchor: current }}
        onSelection={(next: Selection) => {
          setCurrent(next.current);
          changeAddition({ sources: new Set([...next.selected].map((id) => sourceId.parse(id))) });
        }}
        ticks
        onOpen={(id) => {
          const chosen = new Set<SourceId>(addition.sources);
          const one = sourceId.parse(id);
          if (!chosen.delete(one)) chosen.add(one);
          changeAddition({ sources: chosen });
        }}
        sort={sort}
        onSort={setSort}
      />
    </div>
  );
}

function useColumns(chosen: ReadonlySet<SourceId>): readonly Column<Row>[] {
  const { t } = useTranslation();
  return [
    {
      id: 'title',
      label: t('merge.columns.source'),
      width: '--col-source',
      grows: true,
      canSort: true,
      cell: ({ id, title, isHere }) => (
        <span className="line">
          <span className="check" data-selected={chosen.has(id) || undefined} aria-hidden>
            <span className="check-box">
              <Icon name="check" size="small" />
            </span>
          </span>
          <bdi className="cut" dir="auto">
            {title}
          </bdi>
          {isHere ? <Badge>{t('merge.other.isHere')}</Badge> : null}
        </span>
      ),
    },
    {
      id: 'passages',
      label: t('merge.columns.passages'),
      width: '--col-num',
      isNumber: true,
      canSort: true,
      cell: ({ passages }) => formatNumber(passages),
    },
    {
      id: 'tags',
      label: t('merge.columns.tags'),
      width: '--col-num',
      isNumber: true,
      canSort: true,
      cell: ({ tags }) => formatNumber(tags),
    },
  ];
}

function sorted(sources: readonly Row[], { column, descending }: Sort): readonly Row[] {
  const by = {
    title: (a: Row, b: Row) => a.title.localeCompare(b.title),
    passages: (a: Row, b: Row) => a.passages - b.passages,
    tags: (a: Row, b: Row) => a.tags - b.tags,
  };
  const compare = column === 'passages' ? by.passages : column === 'tags' ? by.tags : by.title;
  const rows = sources.toSorted(compare);
  return descending ? rows.toReversed() : rows;
}
