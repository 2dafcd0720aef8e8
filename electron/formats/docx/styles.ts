import type { ZipPart } from '../zip/read.ts';
import { readXmlPart } from './xml.ts';

/** The levels of headings, from 1, by the ids of styles. */
export type Headings = ReadonlyMap<string, number>;

interface Style {
  name: string;
  basedOn: string | null;
  outline: number | null;
}

/** Word numbers levels of the outline from 0; 9 means text. */
export const levelOf = (outline: number | null): number | null =>
  outline !== null && outline < 9 ? outline + 1 : null;

export const numberOf = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null;

/** The styles that make headings. */
export async function headingsIn(part: ZipPart | undefined): Promise<Headings> {
  const styles = new Map<string, Style>();
  let current: Style | null = null;
  if (part !== undefined)
    await readXmlPart(part, {
      open: (name, attributes) => {
        const value = attributes.get('val');
        if (name === 'w:style') {
          current = { name: '', basedOn: null, outline: null };
          styles.set(attributes.get('styleId') ?? '', current);
        } else if (current === null) return;
        else if (name === 'w:name') current.name = (value ?? '').toLowerCase();
        else if (name === 'w:basedOn') current.basedOn = value ?? null;
        else if (name === 'w:outlineLvl') current.outline = numberOf(value);
      },
      close: (name) => {
        if (name === 'w:style') current = null;
      },
      text: () => undefined,
    });
  return new Map(
    [...styles.keys()].flatMap((id): [string, number][] => {
      const level = headingOf(id, styles);
      return level === null ? [] : [[id, level]];
    }),
  );
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
