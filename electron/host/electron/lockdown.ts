import { join } from 'node:path';
import { app, crashReporter, protocol, session, type Session } from 'electron';
import { SCHEME } from './channels.ts';

/** Chromium's own traffic, off; names resolve to nothing, and no proxy can resolve them for us. */
const SWITCHES: readonly (readonly [string, string?])[] = [
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
  ['no-proxy-server'],
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-domain-reliability'],
  ['no-pings'],
];

/**
 * What must be set before Electron is ready: a sandbox for every process, no network, all files in the user's data
 * folder, crash dumps that stay there.
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

/** Sources may be shown, never asked for: everything but our own scheme is cancelled. */
const ALLOWED = /^(app|blob|data):/;

/**
 * The one session all windows have: in memory, so that nothing of what was read stays on the disk; no permission but
 * putting text on the clipboard; no spell checker (it downloads dictionaries); no downloads; no request that leaves.
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

/** Every page that ever exists: it opens no window, embeds no other, and goes nowhere. */
export function lockDownContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => {
      if (!mayGo(event.url, contents.getURL(), event.isMainFrame)) event.preventDefault();
    });
  });
}

/** Pages without scripts: a source as it is read, and one that waits for its styles (shared/contract/bytes.ts). */
const FRAMED = /^\/(frozen|pending)\//;

/** A window may be loaded again; a frame in it may show such pages of the same window. Nothing else. */
function mayGo(to: string, current: string, isMainFrame: boolean): boolean {
  const [wanted, page] = [URL.parse(to), URL.parse(current)];
  if (wanted === null || page === null || wanted.protocol !== `${SCHEME}:` || wanted.host !== page.host) return false;
  return isMainFrame ? wanted.pathname === page.pathname : FRAMED.test(wanted.pathname);
}
