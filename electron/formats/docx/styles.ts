import type { ZipPart } from '../zip/read.ts';
import { readXmlPart } from './xml.ts';

/** How letters look, where that is said; null: it isn’t. */
export interface Look {
  vanish: boolean | null;
  color: string | null;
  /** Half points. */
  size: number | null;
}
export const plainLook = (): Look => ({ vanish: null, color: null, size: null });

/** What the styles of a document say, by their ids. */
export interface Styles {
  /** Levels of headings, from 1. */
  readonly headings: ReadonlyMap<string, number>;
  /** Of those that say anything of it. */
  readonly looks: ReadonlyMap<string, Look>;
}

interface Style extends Look {
  name: string;
  basedOn: string | null;
  outline: number | null;
}

const OFF = new Set(['0', 'false', 'off']);
export const isOn = (attributes: ReadonlyMap<string, string>): boolean => !OFF.has(attributes.get('val') ?? '');

/** Takes in one property of letters. */
export function addToLook(look: Look, name: string, attributes: ReadonlyMap<string, string>): void {
  if (name === 'w:vanish') look.vanish = isOn(attributes);
  else if (name === 'w:color') look.color = attributes.get('val') ?? null;
  else if (name === 'w:sz') look.size = numberOf(attributes.get('val'));
}

/** Half points: letters of three points can’t be read. */
const TINY = 6;
/** Whether letters are white, which is shown on nothing but a dark ground, or too small to be read. */
export const isFaint = ({ color, size }: Look, onShade: boolean): boolean =>
  (size !== null && size <= TINY) || (!onShade && /^(?:f[0-9a-f]){3}$/i.test(color ?? ''));

/** Word numbers levels of the outline from 0; 9 means text. */
export const levelOf = (outline: number | null): number | null =>
  outline !== null && outline < 9 ? outline + 1 : null;

export const numberOf = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null;

export async function stylesIn(part: ZipPart | undefined): Promise<Styles> {
  const styles = new Map<string, Style>();
  let current: Style | null = null;
  if (part !== undefined)
    await readXmlPart(part, {
      open: (name, attributes) => {
        const value = attributes.get('val');
        if (name === 'w:style') {
          current = { name: '', basedOn: null, outline: null, ...plainLook() };
          styles.set(attributes.get('styleId') ?? '', current);
        } else if (current === null) return;
        else if (name === 'w:name') current.name = (value ?? '').toLowerCase();
        else if (name === 'w:basedOn') current.basedOn = value ?? null;
        else if (name === 'w:outlineLvl') current.outline = numberOf(value);
        else addToLook(current, name, attributes);
      },
      close: (name) => {
        if (name === 'w:style') current = null;
      },
      text: () => undefined,
    });
  const ids = [...styles.keys()];
  return {
    headings: new Map(
      ids.flatMap((id): [string, number][] => {
        const level = headingOf(id, styles);
        return level === null ? [] : [[id, level]];
      }),
    ),
    looks: new Map(
      ids.flatMap((id): [string, Look][] => {
        const look = lookOf(id, styles);
        return look.vanish === null && look.color === null && look.size === null ? [] : [[id, look]];
      }),
    ),
  };
}

/** Styles are based on each other, in a damaged file in a circle. */
const LONGEST_CHAIN = 20;

function headingOf(id: string, styles: ReadonlyMap<string, Style>): number | null {
  let style = styles.get(id);
  for (let steps = 0; style !== undefined && steps < LONGEST_CHAIN; steps++) {
    if (style.name === 'title') return 1;
    if (style.outline !== null) return levelOf(style.outline);
    const level = /^heading ([1-9])$/.exec(style.name)?.[1];
    if (level !== undefined) return Number(level);
    style = style.basedOn === null ? undefined : styles.get(style.basedOn);
  }
  return null;
}

function lookOf(id: string, styles: ReadonlyMap<string, Style>): Look {
  const look = plainLook();
  let style = styles.get(id);
  for (let steps = 0; style !== undefined && steps < LONGEST_CHAIN; steps++) {
    look.vanish ??= style.vanish;
    look.color ??= style.color;
    look.size ??= style.size;
    style = style.basedOn === null ? undefined : styles.get(style.basedOn);
  }
  return look;
}
