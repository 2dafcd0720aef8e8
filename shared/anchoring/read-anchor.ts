import { layerId, type Anchor, type AreaAnchor, type LayerId, type Quad, type TextAnchor } from '../model/index.ts';

/**
 * Parses an anchor from JSON; null if it is invalid, as in a damaged project file. Equivalent to the schema `anchor` in
 * shared/model, which takes six times as long, and lists hold thousands.
 */
export function readAnchor(json: string): Anchor | null {
  const value: unknown = JSON.parse(json);
  if (!isRecord(value)) return null;
  switch (value['kind']) {
    case 'text':
      return textAnchor(value);
    case 'area':
      return areaAnchor(value);
    default:
      return null;
  }
}

function textAnchor(value: Record<string, unknown>): TextAnchor | null {
  const { start, end, exact, prefix, suffix, page, quads } = value;
  if (!isWhole(start, 0) || !isWhole(end, 1) || !isWhole(page, 1)) return null;
  if (typeof exact !== 'string' || exact === '' || typeof prefix !== 'string' || typeof suffix !== 'string')
    return null;
  if (!Array.isArray(quads) || !quads.every(isPageOfQuads)) return null;
  const layer = ownLayer(value);
  if (layer === null) return null;
  return { kind: 'text', start, end, exact, prefix, suffix, page, quads, ...layer };
}

function areaAnchor(value: Record<string, unknown>): AreaAnchor | null {
  const { page, area } = value;
  const layer = ownLayer(value);
  return isWhole(page, 1) && isArea(area) && layer !== null ? { kind: 'area', page, area, ...layer } : null;
}

/** The layer that the anchor names, if any (most do not); null if it is invalid. */
function ownLayer({ layer }: Record<string, unknown>): { layer?: LayerId } | null {
  if (layer === undefined) return {};
  const named = layerId.safeParse(layer);
  return named.success ? { layer: named.data } : null;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isWhole = (value: unknown, least: number): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= least;
const areNumbers = (value: unknown, length: number): boolean =>
  Array.isArray(value) && value.length === length && value.every((one) => Number.isFinite(one));
const isArea = (value: unknown): value is AreaAnchor['area'] => areNumbers(value, 4);
const isQuad = (value: unknown): value is Quad => areNumbers(value, 8);
const isPageOfQuads = (value: unknown): value is TextAnchor['quads'][number] =>
  isRecord(value) && isWhole(value['page'], 1) && Array.isArray(value['quads']) && value['quads'].every(isQuad);
