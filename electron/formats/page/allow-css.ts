/**
 * What style sheets of a frozen page may use. A function or at-rule that is not named here is renamed, which makes a
 * browser ignore the declaration or rule it stands in, as it ignores one that it does not know.
 */
const words = (...lists: string[]): ReadonlySet<string> => new Set(lists.join(' ').split(' '));

/** At-rules; `@import` is resolved, `@charset` and `@namespace` are dropped. */
export const AT_RULES = words(
  'media supports font-face keyframes -webkit-keyframes -moz-keyframes -o-keyframes layer container page counter-style',
  'property scope starting-style font-feature-values font-palette-values position-try',
  // inside font-feature-values
  'stylistic styleset character-variant swash ornaments annotation historical-forms',
);

/** Functions that take an address, also as a mere string. `url` and `src` are handled whole. */
export const ADDRESS_FUNCTIONS = words('image-set -webkit-image-set image cross-fade -webkit-cross-fade');

/** Functions whose value is not known here: inside an {@link ADDRESS_FUNCTIONS | address function} they could smuggle one in. */
export const SUBSTITUTIONS = words('var env attr');

/** All other functions that pass. None takes an address. */
export const FUNCTIONS = words(
  // our own mark
  'fz-blocked',
  // selectors
  'not is where has matches any host host-context slotted nth-child nth-last-child nth-of-type nth-last-of-type nth-col',
  'nth-last-col lang dir state part cue highlight -webkit-any -moz-any',
  // conditions
  'selector font-tech font-format style scroll-state',
  // colours
  'rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix light-dark color-contrast device-cmyk alpha',
  // numbers
  'calc -webkit-calc -moz-calc calc-size min max clamp round mod rem sin cos tan asin acos atan atan2 pow sqrt hypot log',
  'exp abs sign progress',
  // gradients
  'linear-gradient radial-gradient conic-gradient repeating-linear-gradient repeating-radial-gradient',
  'repeating-conic-gradient -webkit-linear-gradient -webkit-radial-gradient -webkit-repeating-linear-gradient',
  '-webkit-repeating-radial-gradient -moz-linear-gradient -moz-radial-gradient -o-linear-gradient -webkit-gradient from to',
  'color-stop',
  // transforms, filters, shapes, easing
  'matrix matrix3d translate translatex translatey translatez translate3d scale scalex scaley scalez scale3d rotate',
  'rotatex rotatey rotatez rotate3d skew skewx skewy perspective blur brightness contrast drop-shadow grayscale',
  'hue-rotate invert opacity saturate sepia circle ellipse inset polygon path rect xywh shape ray cubic-bezier steps',
  'linear view scroll',
  // layout, lists, type
  'minmax repeat fit-content anchor anchor-size counter counters symbols target-counter target-counters target-text',
  'format local tech stylistic styleset character-variant swash ornaments annotation layer supports',
);

/** Identifiers that ran code in browsers of the past. */
export const BLOCKED_IDENTIFIERS = words('-moz-binding behavior');
