/** Runs inside the Chromium of the tests, in the app's page: reads a page’s styles as a window of the app does. */
import { readStyles } from '../../../renderer/features/page-styles/read-styles.ts';

declare global {
  interface Window {
    readStyles: typeof readStyles;
  }
}
window.readStyles = readStyles;
