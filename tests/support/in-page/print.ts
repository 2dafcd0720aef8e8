import { dressFrozenPage } from '../../../renderer/viewer/print/print-page.ts';

declare global {
  interface Window {
    /** Makes its document the one that is printed. */
    toPaper(text: string, foot: Parameters<typeof dressFrozenPage>[3]): Promise<void>;
  }
}

window.toPaper = (text, foot) => dressFrozenPage({ document, window }, text, [], foot);
