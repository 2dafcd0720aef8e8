import { join } from 'node:path';
import { app, crashReporter, protocol, session, type Session } from 'electron';
import { SCHEME } from './channels.ts';

/** Turns off Chromium's own traffic. Host names don't resolve, and no proxy is used that could resolve them. */
const SWITCHES: readonly (readonly [string, string?])[] = [
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
  ['no-proxy-server'],
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-domain-reliability'],
  ['no-pings'],
];

/**
 * What must be set before Electron is ready: a sandbox for every process, no network, all files in the user's data folder,
 * crash dumps never uploaded.
 */
export function lockDownProcess(homeFolder: string): void {
  for (const [name, value] of SWITCHES) {
    if (value === undefined) app.commandLine.appendSwitch(name);
    else app.commandLine.appendSwitch(name, value);
  }
  app.enableSandbox();
  app.setPath('userData', join(homeFolder, 'electron'));
  app.setPath('sessionData', join(homeFolder, 'electron'));
  app.setPath('crashDumps', join(homeFolder, 'crashes'));
  crashReporter.start({ uploadToServer: false });
  protocol.registerSchemesAsPrivileged([
    {
      scheme: SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: false },
    },
  ]);
}

/** Every request to another scheme is cancelled. */
const ALLOWED = /^(app|blob|data):/;

/**
 * The session of all windows. In memory, so that nothing that was read stays on the disk. No permission except writing to
 * the clipboard, no spell checker (it downloads dictionaries), no downloads, no requests to the network.
 */
export function lockedSession(): Session {
  const own = session.fromPartition('workbench', { cache: false });
  own.setSpellCheckerEnabled(false);
  own.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(permission === 'clipboard-sanitized-write'),
  );
  own.setPermissionCheckHandler((_contents, permission) => permission === 'clipboard-sanitized-write');
  own.setDevicePermissionHandler(() => false);
  own.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !ALLOWED.test(details.url) }));
  own.on('will-download', (event) => event.preventDefault());
  return own;
}

/** For every page: no new windows, no webviews, no navigation. */
export function lockDownContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => {
      if (!mayNavigate(event.url, contents.getURL(), event.isMainFrame)) event.preventDefault();
    });
  });
}

/** Frozen pages, and pages whose styles are being read (shared/contract/bytes.ts). Neither runs scripts. */
const FRAMED = /^\/(frozen|pending)\//;

/** A window may reload its page, and frames in it may show framed pages of the same window. Nothing else. */
function mayNavigate(to: string, current: string, isMainFrame: boolean): boolean {
  const [wanted, page] = [URL.parse(to), URL.parse(current)];
  if (wanted === null || page === null || wanted.protocol !== `${SCHEME}:` || wanted.host !== page.host) return false;
  return isMainFrame ? wanted.pathname === page.pathname : FRAMED.test(wanted.pathname);
}
