/**
 * What a frozen page may contain. These are allow-lists: an element or attribute that is not named here is never copied,
 * whatever it is and whenever it was invented. They were tried on 732 real pages.
 */
const words = (...lists: string[]): ReadonlySet<string> => new Set(lists.join(' ').split(' '));

/** HTML elements that are copied as they are. */
export const HTML_ELEMENTS = words(
  'html head body style title a abbr acronym address article aside b bdi bdo big blockquote br button caption center cite',
  'code col colgroup data dd del details dfn dialog dir div dl dt em fieldset figcaption figure font footer',
  'h1 h2 h3 h4 h5 h6 header hgroup hr i img input ins kbd label legend li main mark menu meter nav nobr ol optgroup',
  'option output p picture pre progress q rb rp rt rtc ruby s samp search section select small span strike strong sub',
  'summary sup table tbody td tfoot th thead time tr tt u ul var wbr',
);

/** HTML elements dropped with everything in them: those that act, load, or are not shown by browsers. */
export const DROPPED_ELEMENTS = words(
  'script noscript template base meta link applet param noframes noembed fencedframe datalist track source area',
  'bgsound keygen command xml isindex',
);

/** HTML elements that stay visible under another name, without behaviour. Our own names begin with `fz-`. */
export const RENAMED_ELEMENTS: ReadonlyMap<string, string> = new Map([
  ['form', 'fz-form'],
  ['marquee', 'div'],
  ['layer', 'div'],
  ['map', 'div'],
  ['portal', 'div'],
  ['xmp', 'pre'],
  ['listing', 'pre'],
  ['plaintext', 'pre'],
  ['blink', 'span'],
  ['selectedcontent', 'span'],
  ['slot', 'fz-slot'],
]);
/** The name given to unknown HTML elements. */
export const UNKNOWN_ELEMENT = 'fz-unknown';

/** Elements with a hyphen: without scripts they are plain boxes. The exceptions are names of SVG and MathML. */
export const CUSTOM_ELEMENT =
  /^(?!(?:font-face|missing-glyph|color-profile|annotation-xml)$)[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/;

/** Without `script`, `a`, `foreignObject`, `animate*`, `set`, `feImage`: each of them acts, loads, or leads back to HTML. */
export const SVG_ELEMENTS = words(
  'svg g path rect circle ellipse line polyline polygon text tspan textPath defs clipPath mask pattern linearGradient',
  'radialGradient stop symbol use image marker filter feBlend feColorMatrix feComponentTransfer feComposite',
  'feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG',
  'feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile',
  'feTurbulence switch',
);

/** Without `annotation-xml` and `mglyph`, which lead back to HTML, and `maction`, which acts. */
export const MATH_ELEMENTS = words(
  'math mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle merror mpadded mphantom menclose msub msup msubsup munder',
  'mover munderover mmultiscripts mprescripts none mtable mtr mtd semantics',
);

/** Attributes of HTML elements that are copied as they are: none holds an address, a script, or a name a script could use. */
export const HTML_ATTRIBUTES = words(
  'class id dir lang title align valign width height border cellpadding cellspacing bgcolor color face size colspan',
  'rowspan span headers scope abbr alt start reversed type value checked selected multiple open datetime role label',
  'nowrap clear hspace vspace noshade compact hidden low high min max optimum cols rows placeholder char charoff rules',
  'frame summary bordercolor text leftmargin topmargin marginwidth marginheight inert wrap',
);

/** Attributes of SVG and MathML elements: geometry, paint and type. A paint may contain `url(#id)`; css.ts rewrites it. */
const FOREIGN_ATTRIBUTES = words(
  'class id lang dir',
  'x y x1 y1 x2 y2 cx cy r rx ry fx fy fr d points width height viewBox preserveAspectRatio transform version baseProfile',
  'fill fill-opacity fill-rule stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin',
  'stroke-miterlimit stroke-opacity stroke-width opacity offset stop-color stop-opacity gradientUnits gradientTransform',
  'spreadMethod clip-path clip-rule clipPathUnits mask maskUnits maskContentUnits patternUnits patternContentUnits',
  'patternTransform marker-start marker-mid marker-end markerWidth markerHeight markerUnits refX refY orient filter',
  'filterUnits primitiveUnits flood-color flood-opacity lighting-color in in2 result stdDeviation values type mode',
  'operator k1 k2 k3 k4 dx dy scale rotate radius order kernelMatrix divisor bias targetX targetY edgeMode seed',
  'baseFrequency numOctaves stitchTiles surfaceScale specularConstant specularExponent diffuseConstant azimuth',
  'elevation pointsAtX pointsAtY pointsAtZ limitingConeAngle tableValues slope intercept amplitude exponent',
  'xChannelSelector yChannelSelector font-family font-size font-size-adjust font-stretch font-style font-variant',
  'font-weight text-anchor text-decoration text-rendering textLength lengthAdjust startOffset letter-spacing',
  'word-spacing dominant-baseline alignment-baseline baseline-shift writing-mode direction unicode-bidi display',
  'visibility overflow color color-interpolation color-interpolation-filters shape-rendering image-rendering',
  'vector-effect paint-order pathLength',
  'mathvariant mathsize mathcolor mathbackground displaystyle scriptlevel stretchy symmetric largeop movablelimits',
  'fence separator lspace rspace minsize maxsize linethickness columnalign rowalign columnspacing rowspacing columnspan',
  'rowspan accent accentunder notation depth height voffset open close separators',
);

/** Attributes that may be long: a path's geometry, a field's content. */
export const LONG_ATTRIBUTES = words('d points value');

/** Whether the attribute of a foreign (SVG, MathML) element is copied. */
export const isForeignAttribute = (name: string): boolean => FOREIGN_ATTRIBUTES.has(name);
/** `aria-*` describes an element; it cannot act. */
export const ARIA_ATTRIBUTE = /^aria-[a-z]+$/;
/** Style sheets select by `data-*`. Ours (`data-fz-*`) are never copied from a page. */
export const DATA_ATTRIBUTE = /^data-(?!fz-)[a-z0-9-]+$/;

/** Kinds of field that are shown; `password`, `file` and `hidden` are not, and `submit` and `reset` become plain buttons. */
export const INPUT_TYPES = words(
  'text search url tel email number date month week time datetime-local range color checkbox radio button submit reset',
);

/** Schemes of addresses that a link may show (and “copy address” may copy). They are never opened. */
export const SHOWN_SCHEMES = words('http: https: ftp: mailto: tel:');

/*
 * What style sheets of a frozen page may use. Any other function or at-rule is renamed, so that browsers ignore the declaration or
 * rule it stands in, as they ignore one they don't know.
 */

/** At-rules; `@import` is resolved, `@charset` and `@namespace` are dropped. */
export const AT_RULES = words(
  'media supports font-face keyframes -webkit-keyframes -moz-keyframes -o-keyframes layer container page counter-style',
  'property scope starting-style font-feature-values font-palette-values position-try',
  // inside font-feature-values
  'stylistic styleset character-variant swash ornaments annotation historical-forms',
);

/** Functions that take an address, even as a plain string. `url` and `src` are handled separately. */
export const ADDRESS_FUNCTIONS = words('image-set -webkit-image-set image cross-fade -webkit-cross-fade');

/**
 * Functions whose value is not known here. Inside an {@link ADDRESS_FUNCTIONS | address function} they could return an
 * address.
 */
export const SUBSTITUTIONS = words('var env attr');

/** All other functions allowed. None takes an address. */
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

/** Identifiers that ran code in old browsers. */
export const BLOCKED_IDENTIFIERS = words('-moz-binding behavior');
