import { useMemo } from 'react';
import { useTranslation } from '../strings/use-translation.ts';
import { errorDataOf, useApi, useCall } from '../../api/index.ts';
import { notify, notifyError } from '../notices/notices.ts';
import { useCommands, type Command } from './registry.ts';

/** Another window with the same project: two sources on two screens. A browser keeps Ctrl Shift N for itself. */
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
          keys: host === 'electron' ? ['$mod+Shift+KeyN'] : ['Alt+Shift+KeyW'],
          inFields: true,
          run: () => {
            open().catch((thrown: unknown) => notifyError(errorDataOf(thrown)));
          },
        },
      ];
    }, [t, api, host]),
  );
}

/** Opens an address of ours in a tab of its own. False: the browser has blocked it, which it tells only an opener. */
function openTab(address: string): boolean {
  const tab = window.open(address, '_blank');
  if (tab === null) return false;
  tab.opener = null;
  return true;
}
