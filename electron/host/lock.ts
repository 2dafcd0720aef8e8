import type { HostCallName } from '../../shared/contract/index.ts';
import { DEFAULT_LOCK_MINUTES, type Settings } from '../../shared/contract/settings.ts';
import { Fault } from '../../shared/errors.ts';
import type { Home } from './home.ts';
import type { Shell, WindowId } from './shell.ts';
import type { ShownState, WindowViews } from './window-views.ts';

/**
 * Hides everything from whoever sits down at an unlocked computer: no window shows a project, every project is closed, and the
 * opened signing key is dropped, until the passphrase of the key is entered. It is offered only where the key has one: a key
 * store opens for the whole account, so there would be nothing to ask for.
 */
export interface Lock {
  isLocked(): boolean;
  /** NOT_ALLOWED without a passphrase. Resolves once the windows are told; projects with a running import close when it ends. */
  lock(): Promise<void>;
  /** Opens the key, and again what the windows showed. PASSWORD_WRONG. */
  unlock(passphrase: string): Promise<void>;
  /** Locks if the acting person’s key is locked: another person was chosen. */
  check(): Promise<void>;
  /** Someone used a window. */
  active(): void;
  /** A window exists: it is told when the program is locked. */
  noted(window: WindowId): void;
  /** What a window showed when it was locked; it is shown again. */
  hidden(window: WindowId): ShownState | null;
  /** What a window is to show once it is unlocked. */
  hide(window: WindowId, shown: ShownState): void;
  forget(window: WindowId): void;
  /** Looks no more whether the program is in use: it ends. */
  end(): void;
}

/** What a page may call while it is locked. */
const WHILE_LOCKED: ReadonlySet<string> = new Set<HostCallName>([
  'app.state',
  'app.unlock',
  'app.waitingFile',
  'app.reportError',
  'app.active',
]);
export const mayCallWhileLocked = (name: string): boolean => WHILE_LOCKED.has(name);

export const windowsLocked = (): Fault =>
  new Fault('KEY_LOCKED', 'Sourcebook is locked. Enter the passphrase of your signing key.', { opens: 'passphrase' });

/** Milliseconds. How often idleness is looked at: a computer that slept is locked soon after it wakes. */
const LOOK = 5_000;
/** What was typed is saved in this time before the windows are hidden. */
const SAVING = 1_500;
const MINUTE = 60_000;

export interface LockOptions {
  readonly home: Pick<Home, 'actor' | 'settings' | 'unlockKey' | 'lockKeys' | 'ownPerson'>;
  readonly shell: Pick<Shell, 'tell' | 'locked'>;
  readonly views: Pick<WindowViews, 'shownIn' | 'closeWindow' | 'showAgain'>;
  /** The windows that show a project. */
  readonly windows: () => readonly WindowId[];
  /** Resolves when nothing runs in the project any more. */
  readonly idleIn: (folder: string) => Promise<void>;
  readonly now?: () => number;
}

export function createLock({ home, shell, views, windows, idleIn, now = Date.now }: LockOptions): Lock {
  const known = new Set<WindowId>();
  const hidden = new Map<WindowId, ShownState>();
  const hasPassphrase = (): boolean => home.ownPerson(home.settings().personName).protection === 'passphrase';
  const isKeyLocked = (): boolean => {
    const acting = home.actor();
    return acting.privateKey === null && acting.opens === 'passphrase';
  };
  let locked = isKeyLocked();
  let closing: Promise<unknown> = Promise.resolve();
  let unlocking = Promise.withResolvers<void>();
  let lastUsed = now();

  const tell = (event: 'app.locked' | 'app.unlocked' | 'app.lockDue'): void => {
    for (const window of known) shell.tell(window, event, {});
  };
  const hideWindow = async (window: WindowId): Promise<void> => {
    const shown = views.shownIn(window);
    if (shown.folder === null) return;
    hidden.set(window, shown);
    await Promise.race([idleIn(shown.folder), unlocking.promise]);
    if (locked) return views.closeWindow(window);
    // Unlocked while something ran in it: the project is still open.
    hidden.delete(window);
  };
  const hideAll = async (): Promise<void> => {
    if (locked) return;
    locked = true;
    tell('app.locked');
    shell.locked?.();
    home.lockKeys();
    unlocking = Promise.withResolvers<void>();
    closing = Promise.allSettled([...new Set([...known, ...windows()])].map(hideWindow));
  };

  let due = false;
  const look = (): void => {
    const after = limitOf(home.settings());
    if (locked || due || after === null || now() - lastUsed < after || !hasPassphrase()) return;
    due = true;
    tell('app.lockDue');
    setTimeout(() => {
      due = false;
      void hideAll();
    }, SAVING).unref();
  };
  const looking = setInterval(look, LOOK).unref();

  return {
    isLocked: () => locked,
    async lock() {
      if (!hasPassphrase())
        throw new Fault('NOT_ALLOWED', 'Locking needs a passphrase for your signing key. Set one in Settings.');
      await hideAll();
    },
    async unlock(passphrase) {
      await home.unlockKey(home.settings().personName, passphrase);
      if (!locked) return;
      locked = false;
      lastUsed = now();
      unlocking.resolve();
      await closing;
      const shown = [...hidden];
      hidden.clear();
      await Promise.all(shown.map(([window, what]) => views.showAgain(window, what)));
      tell('app.unlocked');
    },
    async check() {
      if (isKeyLocked()) await hideAll();
    },
    active: () => void (lastUsed = now()),
    noted: (window) => void known.add(window),
    hidden: (window) => hidden.get(window) ?? null,
    hide: (window, shown) => void hidden.set(window, shown),
    forget(window) {
      known.delete(window);
      hidden.delete(window);
    },
    end: () => clearInterval(looking),
  };
}

/** Milliseconds without use until the windows are locked; null: never. */
function limitOf({ lockAfter }: Pick<Settings, 'lockAfter'>): number | null {
  const minutes = lockAfter ?? DEFAULT_LOCK_MINUTES;
  return minutes === 0 ? null : minutes * MINUTE;
}
