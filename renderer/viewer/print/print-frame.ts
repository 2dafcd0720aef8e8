import type { Frame } from '../page/frame-style.ts';

/** The footer of every sheet. */
export interface Footer {
  readonly title: string;
  /** The SHA-256 of the original, in full. */
  readonly sha256: string;
}

/** How long a frame is kept after printing, ms: some print dialogs request its pages again when a setting changes. */
const KEPT_MS = 10_000;

/**
 * A frame with the document to print, so that nothing else is printed. It has no scripts. Opening one closes the last
 * one.
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
    const opened = new PrintFrame(sandbox, src);
    PrintFrame.#last = opened;
    await new Promise<void>((loaded) => {
      opened.#iframe.addEventListener('load', () => loaded(), { once: true });
      document.body.append(opened.#iframe);
    });
    return opened;
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
    window.addEventListener('afterprint', () => setTimeout(() => this.close(), KEPT_MS), { once: true });
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
export const FOOTER_FONTS = ['Noto Sans Variable', 'Noto Sans SC Variable', 'Noto Sans Arabic Variable'] as const;

/** A text as a CSS string. */
const quoted = (text: string): string =>
  `"${text.replace(/["\\<\p{Cc}]/gu, (sign) => `\\${(sign.codePointAt(0) ?? 0).toString(16)} `)}"`;

/** The longest title in the footer, graphemes; the hash below it is never cut. */
const TITLE_LENGTH = 70;

/** A title cut to {@link TITLE_LENGTH}. */
export function shortTitle(title: string): string {
  const letters = [...new Intl.Segmenter().segment(title)].map(({ segment }) => segment);
  return letters.length <= TITLE_LENGTH ? title : `${letters.slice(0, TITLE_LENGTH - 1).join('')}…`;
}

/**
 * Margin boxes inherit from the page’s root (in Chromium 140, `html { visibility: hidden }` removed the footer, and a
 * root with vertical text cut the hash), so everything is reset. What `all` does not reset is reset on the root
 * (print-page.ts).
 */
const FOOTER_STYLE = `all: initial !important; direction: ltr !important; unicode-bidi: plaintext !important;
  font: 7pt/1.35 ${FOOTER_FONTS.map((family) => `'${family}'`).join(', ')}, sans-serif !important; color: #444 !important; background: #fff !important; white-space: pre !important;`;

/**
 * Margins, and a footer with the source’s title, the original’s hash and the page number; all `!important`, so that a
 * page cannot change them. `what` the hash is of stands before it.
 */
export const paperRules = ({ title, sha256 }: Footer, what = 'sha256'): string => `
  @page {
    margin: 14mm 14mm 18mm !important;
    @bottom-left { ${FOOTER_STYLE} content: ${quoted(shortTitle(title))} "\\a " ${quoted(`${what} ${sha256}`)} !important; text-align: left !important; vertical-align: middle !important; }
    @bottom-right { ${FOOTER_STYLE} content: counter(page) " / " counter(pages) !important; text-align: right !important; vertical-align: middle !important; }
  }`;

/** Margins of sheets whose content includes a footer. */
export const PLAIN_PAPER = '@page { margin: 10mm } @page landscape { size: landscape; margin: 10mm }';

/** Adds the app’s style sheets and `css` to a document to be printed, with light paper in every theme. */
export async function addAppStyles({ document: own, window }: Frame, title: string, css: string): Promise<void> {
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
export function createElement(
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
