/** Runs inside the Chromium of the tests, in the app's page: settles a page as a window of the app does. */
import { settleHere } from '../../../renderer/features/page-styles/read-styles.ts';

declare global {
  interface Window {
    settleHere: typeof settleHere;
  }
}
window.settleHere = settleHere;
