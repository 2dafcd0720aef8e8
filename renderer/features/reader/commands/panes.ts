import { useMemo } from 'react';
import { useCall } from '../../../api/index.ts';
import { useCommands, type Command } from '../../../common/commands/registry.ts';
import { otherPane } from '../../../common/reader/panes.ts';
import { announce } from '../../../common/notices/notices.ts';
import { useTranslation } from '../../../common/strings/use-translation.ts';
import {
  activate,
  joinPanes,
  closeSource,
  moveTab,
  openSource,
  reopenClosed,
  paneOf,
  useWorkbench,
} from '../../../common/workbench/workbench.ts';
import { canOpenListed, openListed, whenListed } from '../../../common/workbench/listed-sources.ts';
import { focusPane } from '../panes.ts';
import { keysOf, hostKeysOf } from '../../../common/commands/command-keys.ts';
import type { CallOutput } from '../../../../shared/contract/index.ts';

const now = useWorkbench.getState;
const isSplit = (): boolean => now().panes.length > 1;
const hasTabs = (): boolean => now().place === 'read' && now().tabs.length > 1;

/** Opens the same source in a second pane; if the reader is split, joins the panes. */
function toggleSplit(): void {
  const { source } = now();
  if (isSplit()) joinPanes();
  else if (source !== null) openSource(source, 'beside');
}

/** Goes to the tab `step` places further, around the ends. */
function toTab(step: number): void {
  const { tabs, source } = now();
  const at = source === null ? -1 : tabs.indexOf(source);
  const next = tabs[(at + step + tabs.length) % tabs.length];
  if (next !== undefined) openSource(next);
}

/** Moves the current tab by `step` places. */
function shiftTab(step: number): void {
  const { tabs, source, active } = now();
  if (source === null) return;
  const to = tabs.indexOf(source) + step;
  if (to >= 0 && to < tabs.length) moveTab(source, active, active, to);
}

const group = 'reading' as const;
type Translate = ReturnType<typeof useTranslation>['t'];
type Host = CallOutput<'app.state'>['host'];

/** Commands for tabs and panes. */
export function useTabCommands(): void {
  const { t } = useTranslation();
  const host = useCall('app.state', {}).data?.host ?? 'browser';
  useCommands(
    useMemo(
      () => [...splitCommands(t), ...tabCommands(t, host), ...closingCommands(t, host), ...listCommands(t)],
      [t, host],
    ),
  );
}

function splitCommands(t: Translate): Command[] {
  return [
    { id: 'split', title: t('split.toggle'), group, keys: keysOf('split'), run: toggleSplit },
    {
      id: 'otherSide',
      title: t('split.other'),
      group,
      keys: keysOf('otherSide'),
      inFields: true,
      when: isSplit,
      run: () => {
        const other = otherPane(now().active);
        activate(other);
        focusPane(other);
      },
    },
    {
      id: 'moveToOtherSide',
      title: t('split.moveTab'),
      group,
      keys: keysOf('moveToOtherSide'),
      when: () => now().source !== null && (isSplit() || hasTabs()),
      run: () => {
        const { source, active } = now();
        const other = otherPane(active);
        if (source !== null) moveTab(source, active, other, paneOf(other)?.tabs.length ?? 0);
      },
    },
  ];
}

function tabCommands(t: Translate, host: Host): Command[] {
  const when = hasTabs;
  return [
    {
      id: 'nextTab',
      title: t('tabs.next'),
      group,
      keys: hostKeysOf('nextTab', host),
      when,
      run: () => toTab(1),
    },
    {
      id: 'previousTab',
      title: t('tabs.previous'),
      group,
      keys: hostKeysOf('previousTab', host),
      when,
      run: () => toTab(-1),
    },
    {
      id: 'tabForward',
      title: t('tabs.forward'),
      group,
      keys: keysOf('tabForward'),
      when,
      run: () => shiftTab(1),
    },
    { id: 'tabBack', title: t('tabs.back'), group, keys: keysOf('tabBack'), when, run: () => shiftTab(-1) },
  ];
}

function listCommands(t: Translate): Command[] {
  const go = (by: 1 | -1) => (): void =>
    whenListed(() => {
      const reached = openListed(by);
      if (reached !== null) announce(t('reader.listPlace', reached));
      focusPane(now().active);
    });
  return [
    {
      id: 'nextSource',
      title: t('reader.nextSource'),
      group,
      icon: 'forward',
      keys: keysOf('nextSource'),
      when: () => now().place === 'read' && canOpenListed(1),
      run: go(1),
    },
    {
      id: 'previousSource',
      title: t('reader.previousSource'),
      group,
      icon: 'back',
      keys: keysOf('previousSource'),
      when: () => now().place === 'read' && canOpenListed(-1),
      run: go(-1),
    },
  ];
}

function closingCommands(t: Translate, host: Host): Command[] {
  return [
    {
      id: 'closeSource',
      title: t('reader.closeThis'),
      group,
      keys: keysOf('closeSource'),
      when: () => now().source !== null,
      run: () => {
        const { source } = now();
        if (source !== null) closeSource(source);
        focusPane(now().active);
      },
    },
    {
      id: 'reopenSource',
      title: t('tabs.reopen'),
      group,
      keys: hostKeysOf('reopenSource', host),
      when: () => now().closed.length > 0,
      run: reopenClosed,
    },
  ];
}
