import { FROZEN_PRINT_SANDBOX } from '../../../shared/model/frozen-csp.ts';
import { PrintFrame } from '../../viewer/print/print-frame.ts';

/** The page’s own policy, which also forbids the program’s fonts. Inside the program’s frame, the program’s policy applies instead. */
const OWN_POLICY = /<meta http-equiv="Content-Security-Policy"[^>]*>/u;

/**
 * A page that the engine made, with the program’s fonts under the names that its styles use: so every script is shown and printed, whatever
 * fonts the machine has. The page still runs no script and loads nothing from elsewhere.
 */
export const withOwnFonts = (html: string): string =>
  html.replace(OWN_POLICY, '').replace('</head>', () => `<style>${fontFaces()}</style></head>`);

function fontFaces(): string {
  const faces: string[] = [];
  for (const sheet of document.styleSheets) {
    const base = sheet.href ?? document.baseURI;
    for (const rule of sheet.cssRules) {
      if (!(rule instanceof CSSFontFaceRule)) continue;
      const absolute = rule.cssText.replaceAll(
        /url\("([^"]+)"\)/gu,
        (_, address: string) => `url("${new URL(address, base).href}")`,
      );
      faces.push(absolute.replace(' Variable', ''));
    }
  }
  return faces.join('\n');
}

/** Prints a page that the engine made, once its pictures and fonts are loaded. The system’s dialog can also save it as PDF. */
export async function printOwnPage(html: string): Promise<void> {
  const printed = await PrintFrame.open(FROZEN_PRINT_SANDBOX);
  const { document: own } = printed.frame;
  own.open();
  own.write(withOwnFonts(html));
  own.close();
  await Promise.all([...own.images].map((image) => image.decode().catch(() => undefined)));
  await own.fonts.ready;
  printed.print();
}
