import { useMemo, type KeyboardEvent, type RefObject } from 'react';
import { formatNumber } from '../../common/format.ts';
import { goToRow, leaveComparison, useComparing } from '../../common/reader/comparison.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { handleListKey } from '../../ui/keys.ts';
import { tokenPixels } from '../../ui/token.ts';
import { ListRow } from '../../ui/VirtualList.tsx';
import { useVirtualRows } from '../../ui/virtual-rows.ts';
import { FATE_ICONS, isFate, isPlace, type GroupRow, type PlaceRow, type Row, type OpenComparison } from './rows.ts';
import { WordPieces } from '../../common/review/MarkedWords.tsx';

interface Props {
  readonly open: OpenComparison;
  readonly list: RefObject<HTMLDivElement | null>;
  readonly onChoose: () => void;
}

/**
 * The passages and the places where the texts differ, as one tab stop. Both versions scroll to the current row.
 */
export function DifferenceList({ open, list, onChoose }: Props) {
  const { t } = useTranslation();
  const { rows, fold } = open;
  const at = useComparing((state) => state.at);
  const current = useMemo(() => rows.findIndex((row) => row.id === at), [rows, at]);
  const { items, style, idOf, activeId, placeOf } = useVirtualRows({
    scroller: () => list.current,
    count: rows.length,
    current,
    keyOf: (index) => rows[index]?.id ?? index,
    height: () => tokenPixels('--s-7') * 1.2,
    overscan: 8,
  });
  const goTo = (row: Row | undefined): void => {
    if (row === undefined) return;
    if (isPlace(row)) goToRow(row, open.found?.differences ?? []);
    else useComparing.setState({ at: row.id });
  };
  const keyDown = (event: KeyboardEvent): void =>
    handleListKey(event, {
      current,
      count: rows.length,
      ignoresModifiers: true,
      onMove: (next) => goTo(rows[next]),
      onKey: () => {
        const { key } = event;
        const row = rows[current];
        if (key === 'Escape') leaveComparison();
        else if (key === 'Enter') {
          if (row?.kind === 'group') fold(row.group);
          else onChoose();
        } else if ((key === 'ArrowLeft' || key === 'ArrowRight') && row?.kind === 'group') {
          if (open.folded.has(row.group) === (key === 'ArrowRight')) fold(row.group);
        } else return false;
        return true;
      },
    });
  return (
    <div
      ref={list}
      className="versions-list scroll"
      role="listbox"
      aria-label={t('versions.title')}
      aria-activedescendant={activeId}
      tabIndex={0}
      onKeyDown={keyDown}
    >
      <div role="presentation" className="virtual-rows" style={style}>
        {items.map((item) => {
          const { index, key } = item;
          const row = rows[index];
          return row === undefined ? null : (
            <div key={key} role="presentation" className="virtual-place" {...placeOf(item)}>
              <RowOption
                id={idOf(index)}
                row={row}
                open={open}
                isCurrent={index === current}
                onPress={() => goTo(row)}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface RowOptionProps {
  readonly id: string;
  readonly row: Row;
  readonly open: OpenComparison;
  readonly isCurrent: boolean;
  readonly onPress: () => void;
}

function RowOption({ id, row, open, isCurrent, onPress }: RowOptionProps) {
  return (
    <ListRow
      id={id}
      isCurrent={isCurrent}
      className="versions-row"
      data-kind={row.kind}
      onClick={() => {
        if (row.kind === 'group') open.fold(row.group);
        onPress();
      }}
    >
      {row.kind === 'group' ? <Group row={row} open={open} /> : <Place row={row} open={open} />}
    </ListRow>
  );
}

function Group({ row: { group, count }, open }: { row: GroupRow; open: OpenComparison }) {
  const { t } = useTranslation();
  const isFolded = open.folded.has(group);
  return (
    <>
      <Icon name={isFolded ? 'expand' : 'collapse'} size="small" />
      {isFate(group) ? <FateIcon fate={group} /> : null}
      <span className="grow strong">{t(`versions.groups.${group}`, { count })}</span>
      <span className="dim">{formatNumber(count)}</span>
      <span className="unseen">{t(isFolded ? 'versions.folded' : 'versions.unfolded')}</span>
    </>
  );
}

const FateIcon = ({ fate }: { fate: keyof typeof FATE_ICONS }) => (
  <span className="versions-fate" data-fate={fate}>
    <Icon name={FATE_ICONS[fate]} size="small" />
  </span>
);

function Place({ row, open }: { row: PlaceRow; open: OpenComparison }) {
  const { t } = useTranslation();
  const isCarried = row.kind === 'passage' && row.fate.carried !== null;
  const pieces = open.wordsOf(row);
  const language = open.older?.language ?? null;
  return (
    <>
      {/* For screen readers; on screen, the group’s heading shows it. */}
      {row.kind === 'passage' ? (
        <span className="unseen">{t(`versions.groups.${row.fate.fate}`, { count: 1 })}</span>
      ) : null}
      {pieces.length === 0 ? (
        <span className="dim">{t('versions.areaWords')}</span>
      ) : (
        <span className="source-words versions-words" dir="auto" {...(language === null ? {} : { lang: language })}>
          <WordPieces pieces={pieces.map(({ kind, text }) => ({ kind, text: shortened(text), title: null }))} />
        </span>
      )}
      {isCarried ? (
        <Badge tone="ok" icon="check">
          {t('versions.carried')}
        </Badge>
      ) : null}
    </>
  );
}

/** The longest text that a row shows whole, in characters. Of a longer one, MOST / 2 from its start and MOST / 3 from its end are shown. */
const MOST = 90;

/** Shortens a text to its two ends, in scripts with spaces at word boundaries. */
export function shortened(text: string): string {
  const letters = [...text.replaceAll(/\s+/gu, ' ')];
  if (letters.length <= MOST) return letters.join('');
  const head = letters.slice(0, MOST / 2).join('');
  const tail = letters.slice(-MOST / 3).join('');
  return `${head.replace(/\s\S{0,15}$/u, '')} … ${tail.replace(/^\S{0,15}\s/u, '')}`;
}
