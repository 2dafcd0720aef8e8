import { fitFrozenPage } from '../../../renderer/viewer/print/print-page.ts';

declare global {
  interface Window {
    /** Makes its document the one that is printed. */
    toPaper(text: string, footer: Parameters<typeof fitFrozenPage>[3]): Promise<void>;
  }
}

window.toPaper = (text, footer) => fitFrozenPage({ document, window }, text, [], footer);
