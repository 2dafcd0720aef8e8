import { dimensionOf } from '../../../shared/contract/evidence-facets.ts';
import { useMemo, useState } from 'react';
import { EVIDENCE_COLUMNS, type EvidenceFacet } from '../../../shared/contract/evidence.ts';
import { errorDataOf, useApi, useCall, useHostEvent, useWrite } from '../../api/index.ts';
import { formatShare } from '../../common/format.ts';
import { announce, notifyError } from '../../common/notices/notices.ts';
import { useTellExported } from '../../common/files/exported.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { TABLE_ROWS } from '../../../shared/contract/view-figures.ts';
import { Button } from '../../ui/Button.tsx';
import { Segments } from '../../ui/Choice.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { countSelected, setColumns, setGroup, setRows, useAsked, useEvidence } from './state.ts';
import { useTableView } from './table-view.ts';
import { useDateOfDigits, useTypedDate, writtenDate } from './typed-date.ts';

const GROUPS: readonly EvidenceFacet[] = [
  'family',
  'category',
  'source',
  'publisher',
  'type',
  'actYear',
  'publishedYear',
  'state',
  'person',
  'tagger',
  'county',
  'prefecture',
  'province',
];

/** The tools above the table: grouping, lines for each row, and columns. */
export function TableTools() {
  const { t } = useTranslation();
  const { group, columns, rows } = useEvidence();
  const leftOut = useTableView((state) => state.leftOut);
  const dimensions = useCall('codebook.get', {}).data?.dimensions.filter(({ on }) => on === 'passage') ?? [];
  const all = [
    ...EVIDENCE_COLUMNS.filter((column) => column !== 'quote').map((id) => ({
      id,
      label: t(`evidence.columns.${id}`),
    })),
    ...dimensions.map(({ code, name }) => ({ id: `dimension:${code}` as const, label: name })),
  ];
  return (
    <div className="bar evidence-tools">
      <Menu
        label={t('evidence.groupBy')}
        trigger={
          <Button size="small" kind="quiet">
            {group === null ? t('evidence.ungrouped') : t('evidence.groupedBy', { by: labelOfFacet(t, group) })}
            <Icon name="collapse" size="small" />
          </Button>
        }
        entries={[
          {
            id: 'none',
            label: t('evidence.ungrouped'),
            ...(group === null ? { icon: 'check' as const } : {}),
            run: () => setGroup(null),
          },
          'line',
          ...GROUPS.map((id) => ({
            id,
            label: labelOfFacet(t, id),
            ...(id === group ? { icon: 'check' as const } : {}),
            run: () => setGroup(id),
          })),
        ]}
      />
      <TypedDate />
      <span className="grow" />
      <RowsInView />
      <Segments
        label={t('evidence.rows.label')}
        value={rows}
        options={TABLE_ROWS.map((value) => ({ value, label: t(`evidence.rows.${value}`) }))}
        onChange={setRows}
      />
      <Menu
        label={t('evidence.chooseColumns')}
        trigger={
          <Button size="small" kind="quiet" icon="columns">
            {t('evidence.columnsShown', { count: columns.length + 1, of: all.length + 1 })}
            {leftOut.length === 0 ? null : (
              <span className="dim" title={leftOut.map((column) => t(`evidence.columns.${column}`)).join(', ')}>
                {t('evidence.columnsLeftOut', { count: leftOut.length })}
              </span>
            )}
          </Button>
        }
        entries={all.map(({ id, label }) => ({
          id,
          label,
          ...(columns.includes(id) ? { icon: 'check' as const } : {}),
          run: () => setColumns(columns.includes(id) ? columns.filter((one) => one !== id) : [...columns, id]),
        }))}
      />
      <ExportButton />
    </div>
  );
}

/** Says which rows are in view. */
function RowsInView() {
  const { t } = useTranslation();
  const rows = useTableView((state) => state.rows);
  const total = useCall('evidence.rows', { ...useAsked(), count: 0 }).data?.total;
  if (rows === null || total === undefined || total === 0) return null;
  return <span className="dim number evidence-in-view">{t('evidence.rowsInView', { ...rows, count: total })}</span>;
}

/** The date that is being typed into the table, and whether any passage has it. */
function TypedDate() {
  const { t } = useTranslation();
  const { digits, isMissing } = useTypedDate();
  const date = useDateOfDigits();
  if (digits === '') return null;
  const written = writtenDate(digits);
  return (
    <span className="line evidence-typed" role="status">
      <span className="dim">{t(`evidence.facets.${date}`)}</span>
      <span className="code strong">{written}</span>
      {isMissing ? <span className="dim">{t('evidence.noSuchDate')}</span> : null}
    </span>
  );
}

type Translate = ReturnType<typeof useTranslation>['t'];
const labelOfFacet = (t: Translate, facet: EvidenceFacet): string => {
  switch (facet) {
    case 'category':
    case 'below':
    case 'family':
    case 'source':
    case 'collection':
    case 'origin':
    case 'publisher':
    case 'type':
    case 'language':
    case 'grade':
    case 'state':
    case 'person':
    case 'tagger':
    case 'act':
    case 'published':
    case 'captured':
    case 'actYear':
    case 'publishedYear':
    case 'capturedYear':
    case 'actMonth':
    case 'publishedMonth':
    case 'capturedMonth':
    case 'places':
    case 'placesWithin':
    case 'county':
    case 'prefecture':
    case 'province':
      return t(`evidence.facets.${facet}`);
    default:
      return dimensionOf(facet);
  }
};

/** Saves the selected rows of the table, or all rows, in the order and columns shown; with progress and a stop button. */
function ExportButton() {
  const { t } = useTranslation();
  const api = useApi();
  const evidence = useEvidence();
  const { sort, group, columns, selected, isAllSelected, leftOut } = evidence;
  const asked = useAsked();
  const total = useCall('evidence.rows', { ...asked, count: 0 }).data?.total ?? 0;
  const passages = useMemo(() => [...selected], [selected]);
  const found = useCall('evidence.count', { ...asked, passages }).data?.found ?? 0;
  const isPart = countSelected(evidence, total) > 0;
  const which = !isPart ? {} : isAllSelected ? { except: [...leftOut] } : { passages };
  const count = !isPart ? total : isAllSelected ? total - leftOut.size : found;
  const write = useWrite('app.writeEvidence');
  const tellExported = useTellExported();
  const [share, setShare] = useState<number | null>(null);
  useHostEvent('export.progress', (event) => setShare(event.total === 0 ? null : event.done / event.total));
  const start = (format: 'csv' | 'xlsx'): void => {
    setShare(null);
    write.mutate(
      { ...asked, ...which, sort: sort === null ? [] : [sort], group, columns: ['quote', ...columns], format },
      {
        onSuccess: ({ done, name, bytes, download }) => {
          if (done) tellExported({ name, bytes, download });
        },
        onError: (thrown) => {
          const error = errorDataOf(thrown);
          if (error.code === 'CANCELLED') announce(error.message);
          else notifyError(error);
        },
      },
    );
  };
  if (write.isPending)
    return (
      <>
        <span className="dim" role="status">
          {share === null ? t('evidence.exporting') : t('evidence.exportingShare', { share: formatShare(share) })}
        </span>
        <Button size="small" onPress={() => void api.call('app.cancelExport', {})}>
          {t('evidence.stopExport')}
        </Button>
      </>
    );
  return (
    <Menu
      label={t('evidence.exportAs')}
      trigger={
        <Button size="small" icon="export" isDisabled={count === 0}>
          {isPart ? t('evidence.exportSelected', { count }) : t('evidence.export', { count })}
        </Button>
      }
      entries={[
        { id: 'xlsx', label: t('evidence.asXlsx'), run: () => start('xlsx') },
        { id: 'csv', label: t('evidence.asCsv'), run: () => start('csv') },
      ]}
    />
  );
}
