import { useMemo } from 'react';
import { create } from 'zustand';
import { useTranslation } from '../strings/use-translation.ts';
import { DEFAULT_SETTINGS } from '../../../shared/contract/settings.ts';
import { errorDataOf, useApi, useCall, useWrite } from '../../api/index.ts';
import { textSizeBeside, useSettings } from '../appearance.ts';
import { formatNumber } from '../format.ts';
import { announce, dismissNotice, notifyError, useNotice, notify } from '../notices/notices.ts';
import { runPending, saveEverything } from '../drafts/pending-commits.ts';
import { openDialog } from '../workbench/workbench.ts';
import { hostKeysOf, keysOf } from './command-keys.ts';
import { useCommands, type Command } from './registry.ts';
import { openRecent } from '../files/encrypted-file.ts';

/** The commands that are available everywhere. The host’s menu calls them by these ids. */
export function useCoreCommands(switchTheme: () => void): void {
  useDialogCommands(switchTheme);
  useTextSizeCommands();
  useFocusCommands();
  useRecentCommands();
  useNoticeCommand();
  useWindowCommand();
  useLockCommand();
}

function useDialogCommands(switchTheme: () => void): void {
  const { t } = useTranslation();
  const host = useCall('app.state', {}).data?.host ?? 'browser';
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'commands',
          title: t('commands.commands'),
          group: 'anywhere',
          icon: 'search',
          keys: keysOf('commands'),
          inFields: true,
          run: () => openDialog('commands'),
        },
        {
          id: 'shortcuts',
          title: t('commands.shortcuts'),
          group: 'anywhere',
          icon: 'key',
          also: [t('commands.also.shortcuts')],
          keys: keysOf('shortcuts'),
          run: () => openDialog('shortcuts'),
        },
        {
          id: 'diagnostics',
          title: t('commands.diagnostics'),
          group: 'anywhere',
          icon: 'copy',
          also: [t('commands.also.diagnostics')],
          inFields: true,
          run: () => openDialog('diagnostics'),
        },
        {
          id: 'about',
          title: t('commands.about'),
          group: 'anywhere',
          icon: 'info',
          also: [t('commands.also.about')],
          inFields: true,
          run: () => openDialog('about'),
        },
        {
          id: 'settings',
          title: t('commands.settings'),
          group: 'anywhere',
          icon: 'settings',
          also: [t('commands.also.settings')],
          keys: keysOf('settings'),
          inFields: true,
          run: () => openDialog('settings'),
        },
        {
          id: 'theme',
          title: t('commands.theme'),
          group: 'anywhere',
          icon: 'half',
          also: [t('commands.also.theme')],
          keys: keysOf('theme'),
          inFields: true,
          run: switchTheme,
        },
        {
          id: 'newProject',
          title: t('commands.newProject'),
          group: 'anywhere',
          icon: 'add',
          keys: hostKeysOf('newProject', host),
          inFields: true,
          run: () => openDialog('newProject'),
        },
      ],
      [t, host, switchTheme],
    ),
  );
}

function useTextSizeCommands(): void {
  const { t } = useTranslation();
  const { textSize } = useSettings();
  const { mutate } = useWrite('app.settings');
  useCommands(
    useMemo<Command[]>(() => {
      const set = (next: number): void => {
        if (next !== textSize) mutate({ textSize: next });
        announce(t('commands.textSizeIs', { size: formatNumber(next) }));
      };
      const also = [t('commands.also.textSize')];
      const more = { group: 'anywhere', icon: 'text', also, inFields: true } as const;
      return [
        {
          ...more,
          id: 'textLarger',
          title: t('commands.textLarger'),
          keys: keysOf('textLarger'),
          run: () => set(textSizeBeside(textSize, true)),
        },
        {
          ...more,
          id: 'textSmaller',
          title: t('commands.textSmaller'),
          keys: keysOf('textSmaller'),
          run: () => set(textSizeBeside(textSize, false)),
        },
        {
          ...more,
          id: 'textUsual',
          title: t('commands.textUsual'),
          keys: keysOf('textUsual'),
          run: () => set(DEFAULT_SETTINGS.textSize),
        },
      ];
    }, [t, textSize, mutate]),
  );
}

function useFocusCommands(): void {
  const { t } = useTranslation();
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'nextRegion',
          title: t('commands.nextRegion'),
          group: 'anywhere',
          keys: keysOf('nextRegion'),
          inFields: true,
          run: () => void focusNextRegion(true),
        },
        {
          id: 'previousRegion',
          title: t('commands.previousRegion'),
          group: 'anywhere',
          keys: keysOf('previousRegion'),
          inFields: true,
          run: () => void focusNextRegion(false),
        },
      ],
      [t],
    ),
  );
}

/** A command for each recent project that can be opened, and commands that remove one or all from the list. */
function useRecentCommands(): void {
  const { t } = useTranslation();
  const api = useApi();
  const state = useCall('app.state', {}).data;
  const place = state?.project?.place ?? null;
  const recents = state?.recents;
  useCommands(
    useMemo<Command[]>(() => {
      const withErrorNotice = (work: Promise<unknown>): void => {
        work.catch((thrown: unknown) => notifyError(errorDataOf(thrown)));
      };
      const all = recents ?? [];
      const opening = all
        .filter((recent) => !recent.missing && recent.place !== place)
        .map((recent): Command => ({
          id: `openRecent ${recent.key}`,
          title: t('commands.openRecent', { title: recent.title }),
          group: 'anywhere',
          icon: 'open',
          also: [recent.place],
          run: () => withErrorNotice(runPending().then(() => openRecent(api, recent.key))),
        }));
      const forgetting = all.map(({ key, title, place: where }): Command => ({
        id: `forgetRecent ${key}`,
        title: t('commands.forgetRecent', { title }),
        group: 'anywhere',
        icon: 'close',
        also: [where],
        run: () => withErrorNotice(api.call('app.forgetRecent', { key })),
      }));
      const clearing: Command = {
        id: 'clearRecents',
        title: t('commands.clearRecents'),
        group: 'anywhere',
        icon: 'close',
        run: () => withErrorNotice(api.call('app.clearRecents', {})),
      };
      return all.length === 0 ? opening : [...opening, ...forgetting, clearing];
    }, [t, api, recents, place]),
  );
}

/** A notice can be dismissed without a pointer. */
function useNoticeCommand(): void {
  const { t } = useTranslation();
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'dismissNotice',
          title: t('commands.dismissNotice'),
          group: 'anywhere',
          icon: 'close',
          when: () => useNotice.getState().notice !== null,
          run: dismissNotice,
        },
      ],
      [t],
    ),
  );
}

/** Set when somebody wants to lock without a passphrase: Settings opens with the form that sets one. */
export const useLockAsked = create<{ readonly isAsked: boolean }>()(() => ({ isAsked: false }));

/** Hides everything until the key’s passphrase is entered. If the key has none, opens Settings to set one. */
function useLockCommand(): void {
  const { t } = useTranslation();
  const api = useApi();
  const state = useCall('app.state', {}).data;
  const isOffered = state !== undefined && !state.locked;
  const canLock = state?.key.protection === 'passphrase';
  useCommands(
    useMemo<Command[]>(
      () =>
        isOffered
          ? [
              {
                id: 'lock',
                title: t('commands.lock'),
                group: 'anywhere',
                icon: 'lock',
                also: [t('commands.also.lock')],
                keys: keysOf('lock'),
                inFields: true,
                run: () => {
                  if (!canLock) {
                    useLockAsked.setState({ isAsked: true });
                    openDialog('settings');
                    announce(t('commands.lockNeeds'));
                    return;
                  }
                  saveEverything()
                    .then(() => api.call('app.lock', {}))
                    .catch((thrown: unknown) => notifyError(errorDataOf(thrown)));
                },
              },
            ]
          : [],
      [t, api, isOffered, canLock],
    ),
  );
}

/** Another window with the same project: two sources on two screens. */
export function useWindowCommand(): void {
  const { t } = useTranslation();
  const api = useApi();
  const host = useCall('app.state', {}).data?.host ?? 'browser';
  useCommands(
    useMemo<Command[]>(() => {
      const open = async (): Promise<void> => {
        const { address } = await api.call('app.newWindow', {});
        if (address === null || openTab(address)) return;
        notify('warn', t('newWindow.blocked'), [], { link: { href: address, label: t('newWindow.openHere') } });
      };
      return [
        {
          id: 'newWindow',
          title: t('commands.newWindow'),
          group: 'anywhere',
          icon: 'columns',
          also: [t('commands.also.newWindow')],
          keys: hostKeysOf('newWindow', host),
          inFields: true,
          run: () => {
            open().catch((thrown: unknown) => notifyError(errorDataOf(thrown)));
          },
        },
      ];
    }, [t, api, host]),
  );
}

/**
 * Opens an address of the app in a new tab. Returns false if the browser blocked it, which it reports only to an
 * opener.
 */
function openTab(address: string): boolean {
  const tab = window.open(address, '_blank');
  if (tab === null) return false;
  tab.opener = null;
  return true;
}

/**
 * The regions that F6 moves through, in their order on the page. A region inside another one of these does not count.
 */
const REGIONS = [
  '.frame-top',
  '.rail',
  '.read-unfolded',
  '[data-panel]',
  '.one-pane > nav',
  '.one-pane-content',
  '.library-main',
  ':is(.evidence-page, .claims, .dossier, .relations, .drafting, .search-page) > *',
  '.figures-page',
  '.start > section',
  '.notices:has(*)',
  '.status-bar',
].join(', ');

/** The selectors of what takes the focus in a region: the source, the table or the tree; without them, its first control. */
const MEANT =
  '.pdf-view, .text-view, iframe, [role="grid"], [role="treegrid"], [role="tree"], [role="listbox"][tabindex="0"], [data-takes-focus]';
const CONTROLS = 'button, input, textarea, select, a[href], [tabindex="0"]';

const isShown = (element: Element): boolean =>
  element instanceof HTMLElement && element.checkVisibility() && element.closest('[inert]') === null;

/** The last focused element of each region: F6 returns to it. */
const last = new WeakMap<Element, HTMLElement>();

const regionsNow = (): Element[] =>
  [...document.querySelectorAll(REGIONS)].filter(
    (region) => isShown(region) && region.parentElement?.closest(REGIONS) === null,
  );

function entryOf(region: Element): HTMLElement | null {
  const before = last.get(region);
  if (before?.isConnected === true && isShown(before)) return before;
  const meant = [...region.querySelectorAll(MEANT)].find(isShown);
  if (meant instanceof HTMLElement) return meant;
  const control = [...region.querySelectorAll(CONTROLS)].find(
    (one) => isShown(one) && !one.hasAttribute('disabled') && one.getAttribute('tabindex') !== '-1',
  );
  return control instanceof HTMLElement ? control : null;
}

/** Focuses the region after the focused one, or before it if `on` is false. Returns the region’s element. */
export function focusNextRegion(on: boolean): Element | null {
  const { activeElement } = document;
  const regions = regionsNow();
  const at = regions.findIndex((region) => region.contains(activeElement));
  const here = regions[at];
  if (here !== undefined && activeElement instanceof HTMLElement) last.set(here, activeElement);
  // If no region has the focus: the first when moving on, the last when moving back.
  const from = at < 0 ? (on ? -1 : 0) : at;
  const count = regions.length;
  const ordered = regions.map((_, by) => regions[(from + (on ? by + 1 : -by - 1) + 2 * count) % count]);
  for (const region of ordered) {
    const entry = region === undefined ? null : entryOf(region);
    if (region === undefined || entry === null) continue;
    entry.focus();
    return region;
  }
  return null;
}
