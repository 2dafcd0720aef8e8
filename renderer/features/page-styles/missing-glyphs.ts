import { FALLBACK_FAMILIES, type Frame, secretName } from '../../viewer/page/frame-style.ts';
import { holds, spansOf, type Span } from './character-ranges.ts';
import { nextTurn } from './probe.ts';

/** How many pairs of character and font are checked at most. Any others are drawn as the system draws them. */
const MAX_CHECKS = 40_000;
/** How many sets of characters get fonts of their own at most. Each set embeds its fonts again, at most 8 MB of base64. */
const MAX_GROUPS = 4;
const CHECKS_AT_A_TIME = 100;
const STAMPS_AT_A_TIME = 1000;
/** The size at which a character is drawn to be checked, pixels. */
const SIDE = 32;
/** No font has this code point, so it is drawn as a missing character is. */
const UNASSIGNED = '\u0378';
/** Letters of this script join. A word set in two fonts would break, so either all of them or none are set in our font. */
const JOINING = /[\p{Script_Extensions=Arabic}\u200c-\u200e]/u;

/** One combination of font properties on the page, and the characters that are set in it. */
interface Setting {
  /** As a CSS `font` value. */
  readonly font: string;
  /** The page's list of families, without ours. */
  readonly families: string;
  readonly characters: Set<string>;
}
interface Face {
  readonly rule: CSSFontFaceRule;
  readonly spans: readonly Span[];
}
interface Group {
  readonly missing: Set<string>;
  readonly present: Set<string>;
  readonly members: number[];
}

/**
 * Style rules for `clone`, a copy of the frame’s document, that set characters in the fonts we ship if no font of the page
 * or this machine has them. Each element gets an attribute with the number of its rule. The rules name our fonts first, for
 * these characters alone: an image cannot wait for fonts to load, and when they do, Chromium 153 replaces only the shapes
 * of the first font in the list. Empty if nothing is missing. `generated` is the text that comes from style rules.
 */
export async function fontsInFront(frame: Frame, clone: Element, generated: string): Promise<string> {
  const faces = shippedFaces(frame);
  const ours = charactersOf(faces);
  const stamp = `data-${secretName('font')}`;
  const settings = await settingsOf(frame, clone, stamp, ours, ours(generated));
  const groups = await groupsOf(frame, settings);
  const rules = groups.map(({ missing, members }) => {
    const family = secretName('front');
    const lists = members.map(
      (index) => `[${stamp}="${index}"] { font-family: ${family}, ${settings[index]?.families} !important }`,
    );
    return [...facesFor(faces, missing, family), `@layer ${stamp} { ${lists.join('\n')} }`].join('\n');
  });
  return rules.join('\n');
}

/** The font faces that `addFallbackFonts` added to the frame. */
const shippedFaces = ({ document, window }: Frame): Face[] =>
  document.adoptedStyleSheets
    .flatMap((sheet) => [...sheet.cssRules])
    .filter((rule) => rule instanceof window.CSSFontFaceRule)
    .map((rule) => ({ rule, spans: spansOf(rule.cssText) }));

/** The characters of a text that one of the faces has. Latin letters are left out, since every machine has them. */
function charactersOf(faces: readonly Face[]): (text: string) => string[] {
  const known = new Map<string, boolean>();
  return (text) =>
    [...new Set(text.match(/[^\u0000-\u024f]/gu) ?? [])].filter((character) => {
      const held = known.get(character) ?? faces.some(({ spans }) => holds(spans, character));
      known.set(character, held);
      return held;
    });
}

/**
 * The font settings of elements with characters that we have a font for. The copy of each such element gets an attribute
 * with the number of its setting.
 */
async function settingsOf(
  { document, window }: Frame,
  clone: Element,
  stamp: string,
  ours: (text: string) => readonly string[],
  generated: readonly string[],
): Promise<Setting[]> {
  const settings = new Map<string, Setting & { readonly index: number }>();
  const copies = clone.querySelectorAll('*');
  for (const [index, element] of [...document.documentElement.querySelectorAll('*')].entries()) {
    if (index % STAMPS_AT_A_TIME === 0) await nextTurn();
    const characters = [...ours(ownTextOf(element)), ...generated];
    if (characters.length === 0) continue;
    const { fontStyle, fontWeight, fontFamily } = window.getComputedStyle(element);
    const families = withoutOurs(fontFamily);
    const font = `${fontStyle} ${fontWeight} ${SIDE / 2}px ${families}`;
    const setting = settings.get(font) ?? { font, families, characters: new Set<string>(), index: settings.size };
    settings.set(font, setting);
    for (const character of characters) setting.characters.add(character);
    copies[index]?.setAttribute(stamp, String(setting.index));
  }
  return [...settings.values()];
}

/** An element’s own text without that of its child elements, and the text of a form control. */
function ownTextOf(element: Element): string {
  let text = `${element.getAttribute('value') ?? ''}${element.getAttribute('placeholder') ?? ''}`;
  for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) text += node.nodeValue ?? '';
  return text;
}

const QUOTED = FALLBACK_FAMILIES.map((family) => `"${family}"`);
const withoutOurs = (families: string): string =>
  families
    .split(', ')
    .filter((family) => !QUOTED.includes(family))
    .join(', ') || 'serif';

/**
 * The settings by missing characters. Two settings share a group, and with it the embedded fonts, if neither has a
 * character that the other lacks.
 */
async function groupsOf(frame: Frame, settings: readonly Setting[]): Promise<Group[]> {
  const groups: Group[] = [];
  const isMissing = missingCheck(frame);
  let checks = 0;
  for (const [index, { font, characters }] of settings.entries()) {
    const missing = new Set<string>();
    for (const character of characters) {
      if (++checks > MAX_CHECKS) return groups;
      if (checks % CHECKS_AT_A_TIME === 0) await nextTurn();
      if (isMissing(font, character)) missing.add(character);
    }
    if (missing.size === 0) continue;
    if ([...missing].some((character) => JOINING.test(character))) {
      for (const character of characters) if (JOINING.test(character)) missing.add(character);
    }
    const present = new Set([...characters].filter((character) => !missing.has(character)));
    let group = groups.find((one) => areApart(one.missing, present) && areApart(one.present, missing));
    if (group === undefined) {
      if (groups.length === MAX_GROUPS) continue;
      group = { missing: new Set(), present: new Set(), members: [] };
      groups.push(group);
    }
    for (const character of missing) group.missing.add(character);
    for (const character of present) group.present.add(character);
    group.members.push(index);
  }
  return groups;
}

const areApart = (some: ReadonlySet<string>, others: ReadonlySet<string>): boolean =>
  [...some].every((character) => !others.has(character));

/** Whether a font lacks a character. Only the pixels show that. */
function missingCheck({ document }: Frame): (font: string, character: string) => boolean {
  const canvas = document.createElement('canvas');
  canvas.width = SIDE;
  canvas.height = SIDE;
  // A canvas of the frame's document, which knows the page's fonts.
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const draw = (font: string, character: string): Uint32Array => {
    if (context === null) return new Uint32Array();
    context.clearRect(0, 0, SIDE, SIDE);
    context.font = font;
    context.fillText(character, SIDE / 4, (SIDE * 3) / 4);
    return new Uint32Array(context.getImageData(0, 0, SIDE, SIDE).data.buffer);
  };
  let last: { readonly font: string; readonly box: Uint32Array } = { font: '', box: new Uint32Array() };
  return (font, character) => {
    if (context === null) return false;
    if (last.font !== font) last = { font, box: draw(font, UNASSIGNED) };
    return draw(font, character).every((pixel, index) => pixel === last.box[index]);
  };
}

/** The faces for these characters, as a family that has no other characters. */
function facesFor(faces: readonly Face[], characters: ReadonlySet<string>, family: string): string[] {
  const left = new Set(characters);
  return faces.flatMap(({ rule, spans }) => {
    const held = [...left].filter((character) => holds(spans, character));
    if (held.length === 0) return [];
    for (const character of held) left.delete(character);
    const range = held.map((character) => `U+${character.codePointAt(0)?.toString(16)}`).join(', ');
    const [weight, src] = ['font-weight', 'src'].map((name) => rule.style.getPropertyValue(name));
    return `@font-face { font-family: ${family}; font-weight: ${weight}; src: ${src}; unicode-range: ${range} }`;
  });
}
