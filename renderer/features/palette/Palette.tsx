import { useReading } from '../../common/reader/reading-state.ts';
import { DimensionPalette } from './DimensionPalette.tsx';
import { TagPalette } from './TagPalette.tsx';

/** The palette, while it is open. */
export function Palette() {
  const palette = useReading((state) => state.palette);
  if (palette === null) return null;
  return palette.mode === 'tags' ? <TagPalette palette={palette} /> : <DimensionPalette palette={palette} />;
}
