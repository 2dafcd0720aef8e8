import { useMemo } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { frameWidth } from '../../ui/useMedia.ts';
import { showSourcePane, togglePane, useSidePanes, type SidePane } from '../../common/workbench/side-panes.ts';
import { useWorkbench } from '../../common/workbench/workbench.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';

export const SHELF_KEY = '$mod+KeyB';
export const INSPECTOR_KEY = '$mod+Alt+KeyB';

/** Hides and shows the panes beside the source. */
export function usePaneCommands(): void {
  const { t } = useTranslation();
  useCommands(
    useMemo<Command[]>(() => {
      const toggle = (pane: SidePane): void => {
        togglePane(pane);
        requestAnimationFrame(focusSource);
      };
      const isReading = (): boolean => useWorkbench.getState().place === 'read';
      return [
        {
          id: 'showSource',
          title: t('commands.showSource'),
          group: 'anywhere',
          icon: 'book',
          when: () => isReading() && frameWidth() === 'one' && useSidePanes.getState().one !== 'main',
          run: () => {
            showSourcePane();
            requestAnimationFrame(focusSource);
          },
        },
        {
          id: 'toggleShelf',
          title: t('commands.toggleShelf'),
          group: 'anywhere',
          icon: 'paneStart',
          keys: [SHELF_KEY],
          inFields: true,
          when: isReading,
          run: () => toggle('start'),
        },
        {
          id: 'toggleInspector',
          title: t('commands.toggleInspector'),
          group: 'anywhere',
          icon: 'paneEnd',
          keys: [INSPECTOR_KEY],
          inFields: true,
          when: isReading,
          run: () => toggle('end'),
        },
      ];
    }, [t]),
  );
}

const SOURCE = '.reader';

/** A pane that goes with the focus in it leaves it to the source, which is what one sees now. */
function focusSource(): void {
  if (document.activeElement !== document.body) return;
  document.querySelector<HTMLElement>(`${SOURCE} :is(.pdf-view, .text-view, iframe)`)?.focus();
}
