import { useEffect, useRef, type RefObject } from 'react';
import { useTranslation } from '../../../common/strings/use-translation.ts';
import { registerCommands } from '../../../common/commands/registry.ts';
import { useIsActive } from '../sides.ts';
import { SIDE_TABS, useSideTab } from './side-tab.ts';

/** Goes to the small pages or to the outline of the PDF in front, opening the pane beside it. */
export function usePaneCommands(
  isPdf: boolean,
  sidePane: { readonly set: (open: boolean) => void },
  desk: RefObject<HTMLElement | null>,
): void {
  const { t } = useTranslation();
  const isActive = useIsActive();
  const [, setTab] = useSideTab();
  const latest = useRef({ sidePane, setTab });
  useEffect(() => {
    latest.current = { sidePane, setTab };
  });
  useEffect(() => {
    if (!isPdf || !isActive) return undefined;
    return registerCommands(
      SIDE_TABS.map((tab) => ({
        id: `sidePane.${tab}`,
        title: t(`sidePane.show.${tab}`),
        group: 'reading',
        icon: 'list',
        run: () => {
          latest.current.setTab(tab);
          latest.current.sidePane.set(true);
          focusPane(desk.current);
        },
      })),
    );
  }, [t, isPdf, isActive, desk]);
}

/** What the pane shows takes the keyboard, once it is drawn. */
function focusPane(desk: HTMLElement | null): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() =>
      desk?.parentElement?.querySelector<HTMLElement>('.side-panel [tabindex="0"]')?.focus({ preventScroll: true }),
    ),
  );
}
