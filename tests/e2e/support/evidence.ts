import { browserHost } from './hosts.ts';
import { Journey } from './journey.ts';

/** The sample’s evidence, reached by key. */
export async function atEvidence(): Promise<Journey> {
  const journey = new Journey(browserHost);
  await journey.startInSample();
  await journey.page.keyboard.press('Alt+8');
  await rows(journey).first().locator('.source-words').waitFor();
  return journey;
}
/** A tree grid where it is grouped. */
export const table = (journey: Journey) => journey.page.locator('.evidence-grid');
export const rows = (journey: Journey) => table(journey).locator('.grid-body > .grid-row:not(.evidence-group)');
export const filter = (journey: Journey) => journey.page.getByRole('searchbox', { name: 'Filter of the evidence' });
export const counts = (journey: Journey) => journey.page.locator('.evidence-counts');
