import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lookOf, passagePaths, strokeOf, written } from '../../../renderer/viewer/passages/shapes.ts';
import { seeded } from '../../support/seeded.ts';

const FAMILIES = ['sys', 'trf', 'trn', 'mon', 'lnd', 'man', 'plc', 'gra', 'grp', 'aim', 'rsk', 'fig', 'own'];

/** `--dash` and `--line` of each family's rule in the tokens. */
function tokens(): Map<string, { dash: string; line: string }> {
  const css = readFileSync(resolve(import.meta.dirname, '../../../renderer/styles/tokens.css'), 'utf8');
  const found = new Map<string, { dash: string; line: string }>();
  for (const [, family = '', body = ''] of css.matchAll(/^\.f-(\w+) \{([^}]*)\}/gmu)) {
    const value = (name: string): string => new RegExp(`--${name}: ([^;]+);`, 'u').exec(body)?.[1] ?? '';
    found.set(family, { dash: value('dash'), line: value('line') });
  }
  return found;
}

describe('strokes of the top-level categories', () => {
  it.each(FAMILIES)('%s looks the same under a passage and in lists', (family) => {
    const wanted = tokens().get(family);
    const [line] = strokeOf(family);
    expect(line?.dash.length === 0 ? 'none' : line?.dash.join(' ')).toBe(wanted?.dash);
    expect(`${line?.width ?? 0}px`).toBe(wanted?.line);
  });

  it('are told apart without colour', () => {
    const looks = FAMILIES.map((family) => JSON.stringify(strokeOf(family)));
    expect(new Set(looks).size).toBe(FAMILIES.length);
  });
});

it('a category of one’s own is drawn in its own colour, a passage without a tag in none', () => {
  expect(lookOf({ families: ['trf', 'man'] })).toEqual({ family: 'trf' });
  expect(lookOf({ families: ['harbour'], colour: '#123456' })).toEqual({ family: 'own', colour: '#123456' });
  expect(lookOf({ families: [] })).toEqual({ family: 'none' });
});

it('many passages of one top-level category are one path for fills and one for strokes', () => {
  const quad = [0, 10, 5, 10, 5, 0, 0, 0] as [number, number, number, number, number, number, number, number];
  const fills = Array.from({ length: 100 }, () => ({ family: 'trf', current: false, quads: [quad] }));
  const strokes = fills.map(() => ({ family: 'trf', lane: 0, quads: [quad] }));
  const paths = passagePaths(fills, strokes, 0.75);
  expect(paths.map(({ className }) => className)).toEqual(['passage-fill f-trf', 'passage-stroke f-trf']);
  expect(paths[0]?.d.split('M').length).toBe(101);
  // The stroke’s middle is half its width below the lower edge; a pixel is three quarters of a point.
  expect(paths[1]?.d.startsWith('M0 10.75H5')).toBe(true);
});

it('numbers of a drawing are written in hundredths, as JavaScript writes them', () => {
  const random = seeded(7);
  const some = Array.from({ length: 20_000 }, () => (random.next() - 0.1) * 10 ** random.int(0, 9));
  for (const value of [0, -0, -0.001, 0.005, 0.995, 7.1, 99.995, 100, 1e12, ...some])
    expect(written(value), String(value)).toBe(String(Math.round(value * 100) / 100));
});
