import { openHome } from '../../electron/host/home.ts';

/** Who works on an installation of the tests, unless a test is about the first run. */
export const TEST_PERSON = 'Nour';

/** Enters the name of the person who works there, as people are asked to on the first run. */
export function nameHome(home: string): void {
  const opened = openHome({ SOURCEBOOK_HOME: home });
  if (opened.settings().personName === 'Analyst') opened.changeSettings({ personName: TEST_PERSON });
}
