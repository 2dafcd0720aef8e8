import type { Frame } from '../page/frame-style.ts';

/** The footer of every sheet. */
export interface Foot {
  readonly title: string;
  /** Of the original, in full. */
  readonly sha256: string;
}

/** How long a frame is kept after printing, ms: some print dialogs request its pages again when a setting changes. */
const KEPT = 10_000;

/**
 * A frame for the document to print: its window prints nothing else. It has no scripts. Opening one closes the one
 * before.
 */
export class PrintFrame {
  static #last: PrintFrame | null = null;
  readonly #iframe: HTMLIFrameElement;
  readonly #urls: string[] = [];

  private constructor(sandbox: string, src: string | null) {
    this.#iframe = document.createElement('iframe');
    this.#iframe.className = 'print-frame';
    this.#iframe.setAttribute('sandbox', sandbox);
    this.#iframe.setAttribute('aria-hidden', 'true');
    this.#iframe.tabIndex = -1;
    if (src !== null) this.#iframe.src = src;
  }

  /** Opens a frame with a page of our own host, or an empty one. */
  static async open(sandbox: string, src: string | null = null): Promise<PrintFrame> {
    PrintFrame.#last?.close();
    const made = new PrintFrame(sandbox, src);
    PrintFrame.#last = made;
    await new Promise<void>((loaded) => {
      made.#iframe.addEventListener('load', () => loaded(), { once: true });
      document.body.append(made.#iframe);
    });
    return made;
  }

  get frame(): Frame {
    const window = this.#iframe.contentDocument?.defaultView;
    if (!window) throw new Error('Couldn’t open the page to print.');
    return { document: window.document, window };
  }

  /** An address for bytes shown in the frame, valid until it is closed. */
  address(bytes: Blob): string {
    const url = URL.createObjectURL(bytes);
    this.#urls.push(url);
    return url;
  }

  print(): void {
    const { window } = this.frame;
    window.addEventListener('afterprint', () => setTimeout(() => this.close(), KEPT), { once: true });
    // The frame does not get the focus: it is invisible and handles no shortcuts.
    window.print();
  }

  close(): void {
    this.#iframe.remove();
    for (const url of this.#urls.splice(0)) URL.revokeObjectURL(url);
    if (PrintFrame.#last === this) PrintFrame.#last = null;
  }
}

/** The fonts of the footer; a page’s own fonts must not use these names. */
export const FOOT_FONTS = ['Noto Sans Variable', 'Noto Sans SC Variable', 'Noto Sans Arabic Variable'] as const;

/** A CSS string of any text. */
const quoted = (text: string): string =>
  `"${text.replace(/["\\<\p{Cc}]/gu, (sign) => `\\${(sign.codePointAt(0) ?? 0).toString(16)} `)}"`;

/** The longest title in the footer, graphemes; the hash below it is never cut. */
const TITLE_LENGTH = 70;

export function shortTitle(title: string): string {
  const letters = [...new Intl.Segmenter().segment(title)].map(({ segment }) => segment);
  return letters.length <= TITLE_LENGTH ? title : `${letters.slice(0, TITLE_LENGTH - 1).join('')}…`;
}

/**
 * Margin boxes inherit from the page’s root (Chromium 140: `html { visibility: hidden }` removed the footer, a vertical
 * root cut the hash), so everything is reset. What `all` does not reset is handled on the root itself (print-page.ts).
 */
const FOOT_STYLE = `all: initial !important; direction: ltr !important; unicode-bidi: plaintext !important;
  font: 7pt/1.35 ${FOOT_FONTS.map((family) => `'${family}'`).join(', ')}, sans-serif !important; color: #444 !important; background: #fff !important; white-space: pre !important;`;

/**
 * Margins, and a footer with the source’s title, the original’s hash and the page number. All `!important`: no page
 * decides about its own paper.
 */
export const paperRules = ({ title, sha256 }: Foot): string => `
  @page {
    margin: 14mm 14mm 18mm !important;
    @bottom-left { ${FOOT_STYLE} content: ${quoted(shortTitle(title))} "\\a sha256 ${sha256}" !important; text-align: left !important; vertical-align: middle !important; }
    @bottom-right { ${FOOT_STYLE} content: counter(page) " / " counter(pages) !important; text-align: right !important; vertical-align: middle !important; }
  }`;

/** Margins for sheets that contain their own footer. */
export const BARE_PAPER = '@page { margin: 10mm } @page lying { size: landscape; margin: 10mm }';

/** Adds the app’s style sheets to a document that is to be printed, with light paper whatever the theme. */
export async function dressDocument({ document: own, window }: Frame, title: string, css: string): Promise<void> {
  own.documentElement.dataset['theme'] = 'light';
  own.documentElement.className = 'printed';
  own.title = title;
  const links = [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')];
  const inline = [...document.querySelectorAll('style')];
  const loading = links.map(
    ({ href }) =>
      new Promise<void>((loaded) => {
        const link = own.createElement('link');
        link.rel = 'stylesheet';
        link.href = href;
        // If a style sheet fails to load, the text is printed plain.
        link.addEventListener('load', () => loaded());
        link.addEventListener('error', () => loaded());
        own.head.append(link);
      }),
  );
  for (const style of inline) own.head.append(own.importNode(style, true));
  const sheet = new window.CSSStyleSheet();
  sheet.replaceSync(css);
  own.adoptedStyleSheets = [sheet];
  await Promise.all(loading);
}

/** Creates an element with attributes and children; strings become text. */
export function made(
  { document }: Frame,
  name: string,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly (Node | string)[]
): HTMLElement {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** Resolves when the document’s fonts are loaded. */
export async function fontsReady({ document }: Frame): Promise<void> {
  document.documentElement.getBoundingClientRect();
  await document.fonts.ready;
}
