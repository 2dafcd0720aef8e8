import { useMemo, useState } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Dimension } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { usePassageActs } from '../../common/passages/passage-acts.ts';
import { closePalette, retargetPalette, setPaletteMode, type OpenPalette } from '../../common/reader/reading-state.ts';
import { OthersOn } from './OthersOn.tsx';
import { PaletteBox } from './PaletteBox.tsx';
import { rankValues, toggledValues, type FoundValue } from './rank-values.ts';
import { usePaletteTarget } from './usePaletteTarget.ts';

const NO_DIMENSIONS: readonly Dimension[] = [];

/** Sets a passage's dimensions: the same list, the same keys. */
export function DimensionPalette({ palette }: { palette: OpenPalette }) {
  const { t } = useTranslation();
  const acts = usePassageActs();
  const dimensions = useCall('codebook.get', {}).data?.dimensions ?? NO_DIMENSIONS;
  const { passage, quote, language, person, othersOn } = usePaletteTarget(palette.target);
  const [query, setQuery] = useState('');
  const groups = useMemo(() => rankValues(dimensions, query), [dimensions, query]);
  const found = new Map(groups.flatMap(({ values }) => values).map((one) => [String(one.value.id), one]));
  const settings = (passage?.settings ?? []).filter((setting) => setting.person === person);
  const isSet = (one: FoundValue): boolean => settings.some(({ value }) => value === one.value.id);

  const choose = async ({ dimension, value }: FoundValue, stay: boolean): Promise<void> => {
    const now = settings.filter((setting) => setting.dimension === dimension.id).map((setting) => setting.value);
    if (!stay) closePalette();
    const done = await acts.set(palette.target, dimension.id, toggledValues(dimension, now, value.id));
    if (done !== null && stay) retargetPalette({ kind: 'passage', passage: done });
  };
  return (
    <PaletteBox
      box={palette.box}
      icon="list"
      label={t('palette.dimensions')}
      listLabel={t('palette.values')}
      placeholder={t('palette.findDimension')}
      query={query}
      onQuery={setQuery}
      quote={quote}
      quoteLang={language}
      groups={groups.map(({ dimension, values }) => ({
        id: dimension.id,
        label: dimension.name,
        options: values.map((one) => ({
          id: one.value.id,
          on: isSet(one),
          content: <ValueOption found={one} others={othersOn(one.value.id)} />,
        })),
      }))}
      none={t('palette.noneDimension')}
      preview={(id) => <ValuePreview found={found.get(id)} />}
      feet={[
        { keys: ['↑', '↓'], text: t('palette.keys.choose') },
        { keys: ['Enter'], text: t('palette.keys.set') },
        { keys: ['Shift', 'Enter'], text: t('palette.keys.setStay') },
        { keys: ['Tab'], text: t('palette.keys.tags') },
        { keys: ['Esc'], text: t('palette.keys.close') },
      ]}
      onChoose={(id, stay) => {
        const one = found.get(id);
        if (one !== undefined) void choose(one, stay);
      }}
      onTab={() => setPaletteMode('tags')}
    />
  );
}

function ValueOption({ found: { value, name }, others }: { found: FoundValue; others: readonly string[] }) {
  const shown = name ?? value.names[0];
  return (
    <>
      <span className="palette-name palette-value">
        <span className="cut">{value.label}</span>
        {shown === undefined ? null : <bdi className="dim cut">{shown}</bdi>}
      </span>
      <OthersOn names={others} />
    </>
  );
}

function ValuePreview({ found }: { found: FoundValue | undefined }) {
  const { t } = useTranslation();
  if (found === undefined) return null;
  const { dimension, value } = found;
  return (
    <div className="stack">
      <div className="hint">{dimension.name}</div>
      <div className="strong">{value.label}</div>
      {value.names.length === 0 ? null : <bdi className="mid">{value.names.join(' · ')}</bdi>}
      {value.note === '' ? null : <p className="mid">{value.note}</p>}
      {dimension.note === '' ? null : <p>{dimension.note}</p>}
      <div className="hint">{dimension.single ? t('palette.single') : t('palette.several')}</div>
    </div>
  );
}
