import { useState, type CSSProperties, type KeyboardEvent } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { type CountedUnit, PAIR_LEVELS, PLACE_ORDERS } from '../../../shared/contract/view-figures.ts';
import { PrintKey, TableToggle } from '../../common/charts/ChartView.tsx';
import { SaveMenu, usePrintChart } from '../../common/charts/SaveMenu.tsx';
import { AddPlaceDialog } from '../../common/places/PlaceDialog.tsx';
import { formatNumber } from '../../common/format.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Segments } from '../../ui/Choice.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { CountProgress, useCounted } from './CountProgress.tsx';
import { AskedNames } from './AskedNames.tsx';
import { countOf } from './place-tiles.ts';
import { PlaceTiles } from './PlaceTiles.tsx';
import { PlacePairs } from './PlacePairs.tsx';
import { usePlacesNote } from './note.ts';
import type { PairLevel } from './place-pairs-chart.ts';
import { placesChart } from './places-chart.ts';
import { UnitChoice } from './UnitChoice.tsx';
import { openDrawer, openPlace, setPlaces, useAsked, useEvidence } from './state.ts';

type Answer = CallOutput<'evidence.places'>;
type Place = Answer['places'][number];
type Order = (typeof PLACE_ORDERS)[number];

/** Passages by place in the administrative tree, and pairs of counties and provinces. Positions are not geographic. */
export function Places() {
  const { t } = useTranslation();
  const asked = useAsked();
  const { order, level, unit } = useEvidence((state) => state.places);
  const { data, error, of } = useCounted('evidence.places', { ...asked, level, unit });
  return (
    <>
      <div className="bar evidence-tools">
        <UnitChoice unit={unit} onChange={(value) => setPlaces({ unit: value })} />
        <Segments
          label={t('evidence.places.order')}
          value={order}
          options={PLACE_ORDERS.map((value) => ({ value, label: t(`evidence.places.orders.${value}`) }))}
          onChange={(value) => setPlaces({ order: value })}
        />
        <Segments
          label={t('evidence.places.level')}
          value={level}
          options={PAIR_LEVELS.map((value) => ({
            value,
            label: t(`evidence.places.levels.${value}`),
          }))}
          onChange={(value) => setPlaces({ level: value })}
        />
        <span className="grow" />
        <AddPlace />
        <TableToggle />
      </div>
      {error === null ? null : <EmptyState title={t('evidence.failed')} text={error.message} />}
      {data === undefined ? (
        <CountProgress />
      ) : data.faults.length > 0 ? null : data.places.length === 0 ? (
        <EmptyState
          title={t('evidence.places.none.title')}
          text={t('evidence.places.none.text', { count: data.total })}
        />
      ) : (
        <Charts data={data} order={order} level={of.level} unit={of.unit} />
      )}
    </>
  );
}

/** A read-only project says why nothing can be added. */
function AddPlace() {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      {isReadOnly ? <span className="hint">{t('placePane.readOnly')}</span> : null}
      <Button size="small" icon="add" isDisabled={isReadOnly} onPress={() => setOpen(true)}>
        {t('placePane.addPlace')}
      </Button>
      {isOpen ? (
        <AddPlaceDialog
          onAdded={(id) => {
            setOpen(false);
            openPlace(id);
          }}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  );
}

interface ChartsProps {
  readonly data: Answer;
  readonly order: Order;
  readonly level: PairLevel;
  readonly unit: CountedUnit;
}

function Charts({ data, order, level, unit }: ChartsProps) {
  const { t } = useTranslation();
  const note = usePlacesNote(data, unit);
  const chart = placesChart(data.places, unit, t);
  const print = usePrintChart(chart, note);
  return (
    // Focusable, so that it can be scrolled by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="scroll evidence-places" role="region" aria-label={t('evidence.shapes.places')} tabIndex={0}>
      <section className="evidence-place-list">
        <div className="line">
          <h2 className="grow">{t('evidence.places.title', { what: t(`evidence.unit.of.${unit}`) })}</h2>
          <SaveMenu chart={chart} note={note} print={print} />
          <PrintKey print={print} />
        </div>
        <p className="hint">
          {t(`evidence.places.notes.${unit}`)} {t('evidence.places.without', { count: data.without })}{' '}
          {t('evidence.places.bySource', { count: data.bySource })} {t('evidence.places.unreadNote')}
        </p>
        <Tree places={data.places} order={order} unit={unit} />
        <p className="hint">{t('evidence.places.gazetteer', { version: data.gazetteer })}</p>
      </section>
      <section>
        <PlaceTiles data={data} unit={unit} />
        <PlacePairs data={data} level={level} unit={unit} />
        <AskedNames asked={data.asked} />
      </section>
    </div>
  );
}

/** The possible numbers of hidden columns. All are in the page, and the styles show the one that applies. */
const HIDDEN = ['one', 'three'] as const;
const PARTS = ['xinjiang', 'province', 'other'] as const;

function Tree({ places, order, unit }: { places: Answer['places']; order: Order; unit: CountedUnit }) {
  const { t } = useTranslation();
  const [isWhole, setWhole] = useState(false);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const fold = (id: string, isFolded: boolean): void => {
    const next = new Set(folded);
    if (isFolded) next.add(id);
    else next.delete(id);
    setFolded(next);
  };
  const most = Math.max(1, ...places.map((place) => countOf(place, unit)));
  return (
    <>
      <HiddenColumns isWhole={isWhole} onWhole={setWhole} />
      <div className="evidence-sideways">
        <table className="evidence-bars evidence-place-tree" data-whole={isWhole || undefined}>
          <thead>
            <tr>
              <th scope="col">{t('evidence.places.place')}</th>
              <th scope="col">{t('evidence.places.chinese')}</th>
              <th scope="col" className="evidence-uyghur">
                {t('evidence.places.uyghur')}
              </th>
              <th scope="col" className="evidence-place-bar">
                <span className="unseen">{t('evidence.share')}</span>
              </th>
              {(['passages', 'itself', 'sources', 'origins', 'unread'] as const).map((column) => (
                <th key={column} scope="col" className={column === 'itself' ? 'number evidence-itself' : 'number'}>
                  {t(`evidence.places.counts.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          {PARTS.map((part) => {
            const own = places.filter((place) => place.part === part);
            const rows =
              order === 'most' ? own.toSorted((a, b) => countOf(b, unit) - countOf(a, unit)) : unfolded(own, folded);
            if (rows.length === 0) return null;
            return (
              <tbody key={part}>
                {part === 'xinjiang' ? null : (
                  <tr>
                    <th scope="rowgroup" colSpan={9} className="evidence-place-part">
                      {t(`evidence.places.parts.${part}`)}
                    </th>
                  </tr>
                )}
                {rows.map((place) => (
                  <PlaceRow
                    key={place.place}
                    place={place}
                    depth={order === 'tree' ? depthOf(place, own) : 0}
                    share={countOf(place, unit) / most}
                    unit={unit}
                    isFolded={
                      order === 'tree' && own.some(({ parent }) => parent === place.place)
                        ? folded.has(place.place)
                        : null
                    }
                    onFold={fold}
                  />
                ))}
              </tbody>
            );
          })}
        </table>
      </div>
    </>
  );
}

/** Says which columns have no room, and has a button that shows them. */
function HiddenColumns({ isWhole, onWhole }: { isWhole: boolean; onWhole: (isWhole: boolean) => void }) {
  const { t } = useTranslation();
  return (
    <div className="line evidence-hidden-columns">
      {isWhole
        ? null
        : HIDDEN.map((count) => (
            <span key={count} className="hint" data-count={count}>
              {t(`evidence.places.hiddenColumns.${count}`)}
            </span>
          ))}
      <Button size="small" onPress={() => onWhole(!isWhole)}>
        {t(isWhole ? 'evidence.places.hideColumns' : 'evidence.places.showColumns')}
      </Button>
    </div>
  );
}

/** The rows that are not inside a folded place. */
function unfolded(places: readonly Place[], folded: ReadonlySet<string>): readonly Place[] {
  const parents = new Map(places.map(({ place, parent }) => [place, parent]));
  return places.filter(({ place, parent }) => {
    const seen = new Set([place]);
    for (let at = parent; at !== null && !seen.has(at); at = parents.get(at) ?? null) {
      if (folded.has(at)) return false;
      seen.add(at);
    }
    return true;
  });
}

function depthOf({ parent }: Place, places: readonly Place[]): number {
  const above = places.find(({ place }) => place === parent);
  return above === undefined || above.parent === above.place
    ? 0
    : Math.min(
        4,
        1 +
          depthOf(
            above,
            places.filter((one) => one !== above),
          ),
      );
}

interface RowProps {
  readonly place: Place;
  readonly depth: number;
  readonly share: number;
  /** The unit that the bar counts. */
  readonly unit: CountedUnit;
  /** Null if the place contains no other, or if places are not shown as a tree. */
  readonly isFolded: boolean | null;
  readonly onFold: (id: string, isFolded: boolean) => void;
}

/** Moves the focus to the row above or below for the arrow keys. */
function goAlong(event: KeyboardEvent<HTMLButtonElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const all = [...(event.currentTarget.closest('table')?.querySelectorAll<HTMLElement>('[data-place]') ?? [])];
  all[all.indexOf(event.currentTarget) + step]?.focus();
}

function PlaceRow({ place, depth, share, unit, isFolded, onFold }: RowProps) {
  const { t } = useTranslation();
  const { place: id, name, chinese, uyghur, total, own, sources, origins, ofPlace, unread } = place;
  return (
    <tr>
      <PlaceHead place={place} depth={depth} isFolded={isFolded} onFold={onFold} />
      <td lang="zh-Hans" className="evidence-name" title={chinese ?? undefined}>
        {chinese}
      </td>
      <td lang="ug" dir="rtl" className="evidence-name evidence-uyghur" title={uyghur ?? undefined}>
        {uyghur}
      </td>
      <td aria-hidden className="evidence-place-bar">
        <span
          className="evidence-bar"
          data-none={total === 0 || undefined}
          style={{ '--share': share } as CSSProperties}
        >
          {total === 0 ? null : <span data-part="0" style={{ flexGrow: 1 }} />}
        </span>
      </td>
      <td className="number">
        {total === 0 ? (
          <span className="dim">{t('evidence.noneHere')}</span>
        ) : (
          <Button
            size="small"
            kind="quiet"
            aria-label={t('evidence.places.within', { name, count: total })}
            onPress={() => openDrawer({ title: name, marks: [{ by: 'placesWithin', value: id }] })}
          >
            {formatNumber(total)}
          </Button>
        )}
      </td>
      <td className="number evidence-itself">
        {own === 0 || own === total ? (
          <span className="dim">{own === 0 ? '–' : ''}</span>
        ) : (
          <Button
            size="small"
            kind="quiet"
            aria-label={t('evidence.places.itself', { name, count: own })}
            onPress={() => openDrawer({ title: name, marks: [{ by: 'places', value: id }] })}
          >
            {formatNumber(own)}
          </Button>
        )}
      </td>
      <td className={unit === 'sources' ? 'number strong' : 'number'}>{formatNumber(sources)}</td>
      <td className={unit === 'origins' ? 'number strong' : 'number'}>{formatNumber(origins)}</td>
      <td className="number" data-thin={(total === 0 && unread > 0) || undefined}>
        {ofPlace === 0 ? <span className="dim">–</span> : formatNumber(unread)}
      </td>
    </tr>
  );
}

/** The name of a place. Enter opens its passages, F2 its names. */
function PlaceHead({ place: { place: id, name }, depth, isFolded, onFold }: Omit<RowProps, 'share' | 'unit'>) {
  const { t } = useTranslation();
  const keyDown = (event: KeyboardEvent<HTMLButtonElement>): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (event.key === 'F2') {
      event.preventDefault();
      openPlace(id);
      return;
    }
    if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      if (isFolded === null) return;
      event.preventDefault();
      onFold(id, event.key === 'ArrowLeft');
      return;
    }
    goAlong(event);
  };
  return (
    <th scope="row" style={{ '--level': depth } as CSSProperties}>
      <span className="line">
        {isFolded === null ? (
          <span className="evidence-fold" />
        ) : (
          <IconButton
            size="small"
            icon={isFolded ? 'expand' : 'collapse'}
            label={t(isFolded ? 'evidence.unfold' : 'evidence.fold', { name })}
            aria-expanded={!isFolded}
            onPress={() => onFold(id, !isFolded)}
          />
        )}
        <button
          type="button"
          data-place={id}
          className="evidence-category cut"
          title={name}
          onKeyDown={keyDown}
          onClick={() => openDrawer({ title: name, marks: [{ by: 'placesWithin', value: id }] })}
        >
          <bdi>{name}</bdi>
        </button>
        <IconButton
          size="small"
          icon="info"
          label={t('evidence.places.names', { name })}
          keys={['F2']}
          onPress={() => openPlace(id)}
        />
      </span>
    </th>
  );
}
