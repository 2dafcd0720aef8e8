import chromium from '@sparticuz/chromium';

/** `STANDIN_CHROMIUM`, or the Chromium that ships inside the package `@sparticuz/chromium`. */
export const chromiumBinary = async (): Promise<string> =>
  process.env['STANDIN_CHROMIUM'] ?? (await chromium.executablePath());

const OWN = [
  '--headless',
  '--disable-gpu',
  '--remote-debugging-pipe',
  '--no-startup-window',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--disable-extensions',
  '--disable-default-apps',
  '--password-store=basic',
  '--font-render-hinting=none',
  '--deny-permission-prompts',
];

/** Of Electron's switches, Chromium gets the sandbox's and, if a test asks for one, its debugging port. */
const PASSED_ON = ['no-sandbox', 'remote-debugging-port'];

export function chromiumArgs(
  profile: string,
  given: ReadonlyMap<string, string>,
  appended: ReadonlyMap<string, string>,
): string[] {
  const passed = [...given].filter(([name]) => PASSED_ON.includes(name));
  const all = [...passed, ...appended].map(([name, value]) => (value === '' ? `--${name}` : `--${name}=${value}`));
  return [...OWN, `--user-data-dir=${profile}`, ...all];
}
