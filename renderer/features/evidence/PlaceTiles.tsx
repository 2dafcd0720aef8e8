import { useMemo, useState, type KeyboardEvent } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { useCall } from '../../api/index.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { tilesOf, type Tile } from './place-tiles.ts';
import { openDrawer } from './state.ts';

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Counties under their prefectures, shaded by their passages. One tab stop: arrows go from tile to tile. */
export function PlaceTiles({ places }: { places: CallOutput<'evidence.places'>['places'] }) {
  const { t } = useTranslation();
  const all = useCall('places.list', {}).data?.places;
  const groups = useMemo(() => (all === undefined ? [] : tilesOf(places, all)), [places, all]);
  const [current, setCurrent] = useState<string | null>(null);
  const tiles = groups.flatMap((group) => group.tiles);
  const at = tiles.some(({ place }) => place === current) ? current : (tiles[0]?.place ?? null);
  if (groups.length === 0) return null;
  const goAlong = (event: KeyboardEvent<HTMLElement>): void => {
    const step = STEPS[event.key];
    if (step === undefined || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const next = tiles[tiles.findIndex(({ place }) => place === at) + step];
    if (next === undefined) return;
    event.currentTarget.parentElement
      ?.closest('.evidence-tiles')
      ?.querySelector<HTMLElement>(`[data-tile="${CSS.escape(next.place)}"]`)
      ?.focus();
  };
  return (
    <div className="evidence-tiles">
      <h2>{t('evidence.places.tiles')}</h2>
      <p className="hint">{t('evidence.places.tilesNote')}</p>
      {groups.map(({ place, name, tiles: own }) => (
        <section key={place} aria-label={name}>
          <h3>
            <bdi>{name}</bdi>
          </h3>
          <div className="evidence-tile-row">
            {own.map((tile) => (
              <TileButton
                key={tile.place}
                tile={tile}
                isCurrent={tile.place === at}
                onFocus={() => setCurrent(tile.place)}
                onKeyDown={goAlong}
              />
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}

function TileButton({
  tile: { place, name, chinese, count, is, step },
  isCurrent,
  onFocus,
  onKeyDown,
}: {
  tile: Tile;
  isCurrent: boolean;
  onFocus: () => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}) {
  const { t } = useTranslation();
  const words = is === 'some' ? String(count) : t(is === 'none' ? 'evidence.noneHere' : 'evidence.places.noSourceAll');
  return (
    <button
      type="button"
      className="evidence-tile"
      data-tile={place}
      data-is={is}
      data-step={step}
      tabIndex={isCurrent ? 0 : -1}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
      onClick={() => openDrawer({ title: name, marks: [{ by: 'placesWithin', value: place }] })}
    >
      <bdi className="cut" lang="zh-Hans">
        {chinese}
      </bdi>
      <bdi className="cut">{name}</bdi>
      <span className="strong">{words}</span>
    </button>
  );
}
