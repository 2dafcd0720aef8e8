import { dressFrozenPage } from '../../../renderer/viewer/print/print-page.ts';

declare global {
  interface Window {
    /** Makes the document it is in what the printer is given. */
    toPaper(text: string, foot: Parameters<typeof dressFrozenPage>[3]): Promise<void>;
  }
}

window.toPaper = (text, foot) => dressFrozenPage({ document, window }, text, [], foot);
