import type { Frame } from '../page/frame-style.ts';

/** The app's style sheets in a document of ours that is to be printed, on light paper whatever the theme. */
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
        // A style sheet that cannot be had leaves plain text, which still says what it says.
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

/** An element with its attributes and what is in it; text stays text. */
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

/** Resolves when the fonts that the document's text needs are there. */
export async function fontsReady({ document }: Frame): Promise<void> {
  document.documentElement.getBoundingClientRect();
  await document.fonts.ready;
}
