import { accessSync, constants, realpathSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/** Which of the two sets of options and preferences a browser takes. */
type BrowserFamily = 'chromium' | 'firefox';

export interface FoundBrowser {
  readonly family: BrowserFamily;
  /** Its program. */
  readonly path: string;
}

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
  'firefox-esr',
  'firefox',
];
const MAC = [
  'Chromium.app/Contents/MacOS/Chromium',
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'Firefox.app/Contents/MacOS/firefox',
];
const WINDOWS = [
  'Chromium\\Application\\chrome.exe',
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
  'Mozilla Firefox\\firefox.exe',
];

/** A browser of this computer: the one that `SOURCEBOOK_BROWSER` names, else the first that is installed. Null if none is. */
export function findBrowser(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): FoundBrowser | null {
  const named = env['SOURCEBOOK_BROWSER'] ?? '';
  const paths = named === '' ? usualPlaces(env, platform) : [named];
  const path = paths.find((one) => isAbsolute(one) && isProgram(one));
  if (path === undefined) return null;
  return { family: /firefox/i.test(path) ? 'firefox' : 'chromium', path };
}

function usualPlaces(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string[] {
  switch (platform) {
    case 'darwin':
      return MAC.flatMap((app) =>
        ['/Applications', join(env['HOME'] ?? '/', 'Applications')].map((in_) => join(in_, app)),
      );
    case 'win32': {
      const folders = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].map((name) => env[name] ?? '');
      return WINDOWS.flatMap((program) => folders.filter((folder) => folder !== '').map((in_) => join(in_, program)));
    }
    default: {
      const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
      return NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
    }
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    // A snap cannot read the profile: it sees neither hidden folders nor the system's folder for temporary files.
    return !realpathSync(path).endsWith('/snap') && !path.startsWith('/snap/');
  } catch {
    return false; // not there, or not ours to run
  }
}

/** Everything but this host: no name is resolved, and no address but 127.0.0.1 is reached. A proxy would resolve them itself. */
const CHROMIUM = [
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  '--no-proxy-server',
  '--no-first-run',
  '--no-default-browser-check',
  '--no-pings',
  '--disable-background-networking',
  '--disable-breakpad',
  '--disable-client-side-phishing-detection',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-extensions',
  '--disable-search-engine-choice-screen',
  '--disable-sync',
  '--dns-prefetch-disable',
  '--metrics-recording-only',
  '--safebrowsing-disable-auto-update',
  '--disable-features=AutofillServerCommunication,CertificateTransparencyComponentUpdater,MediaRouter,' +
    'OptimizationGuideModelDownloading,OptimizationHints,OptimizationHintsFetching,Translate',
];

/** What the flags leave on: Chromium reads it when it starts with a profile. */
const CHROMIUM_PREFERENCES = {
  alternate_error_pages: { enabled: false },
  autofill: { enabled: false, profile_enabled: false, credit_card_enabled: false },
  browser: { enable_spellchecking: false },
  credentials_enable_service: false,
  net: { network_prediction_options: 2 },
  payments: { can_make_payment_enabled: false },
  safebrowsing: { enabled: false, enhanced: false },
  search: { suggest_enabled: false },
  signin: { allowed: false },
  spellcheck: { dictionaries: [], use_spelling_service: false },
  translate: { enabled: false },
};

/** Firefox has no rules for names. Everything but this host goes to a proxy that isn't there. */
const FIREFOX_PREFERENCES: Readonly<Record<string, boolean | number | string>> = {
  'network.proxy.type': 1,
  'network.proxy.http': '127.0.0.1',
  'network.proxy.http_port': 9,
  'network.proxy.ssl': '127.0.0.1',
  'network.proxy.ssl_port': 9,
  'network.proxy.no_proxies_on': '127.0.0.1',
  'network.proxy.failover_direct': false,
  'network.proxy.allow_bypass': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'network.dns.disablePrefetch': true,
  'network.http.speculative-parallel-limit': 0,
  'network.predictor.enabled': false,
  'network.prefetch-next': false,
  'network.trr.mode': 5,
  'app.normandy.enabled': false,
  'app.update.auto': false,
  'app.update.enabled': false,
  'browser.formfill.enable': false,
  'browser.aboutwelcome.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.safebrowsing.downloads.remote.enabled': false,
  'browser.search.suggest.enabled': false,
  'browser.search.update': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.translations.enable': false,
  'datareporting.healthreport.uploadEnabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'dom.push.enabled': false,
  'extensions.blocklist.enabled': false,
  'extensions.formautofill.addresses.enabled': false,
  'extensions.formautofill.creditCards.enabled': false,
  'extensions.update.enabled': false,
  'layout.spellcheckDefault': 0,
  'services.settings.server': 'http://127.0.0.1:9',
  'signon.rememberSignons': false,
  'toolkit.telemetry.enabled': false,
  'toolkit.telemetry.unified': false,
};

/** The arguments to open `page` with a profile, and the files the profile begins with, by their path in it. */
export function startOf(
  family: BrowserFamily,
  profile: string,
  page: string,
): { readonly args: readonly string[]; readonly files: Readonly<Record<string, string>> } {
  switch (family) {
    case 'chromium':
      return {
        // A window of its own has no address bar, whose text Chromium sends to a search engine.
        args: [`--user-data-dir=${profile}`, ...CHROMIUM, `--app=${page}`],
        files: { 'Default/Preferences': JSON.stringify(CHROMIUM_PREFERENCES) },
      };
    case 'firefox': {
      const lines = Object.entries(FIREFOX_PREFERENCES).map(
        ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
      );
      return { args: ['--no-remote', '--profile', profile, page], files: { 'user.js': `${lines.join('\n')}\n` } };
    }
  }
}
