import { useEffect, useRef, useState, type RefObject } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { KeptPanes } from '../../common/workbench/KeptPanes.tsx';
import { useWorkbench, type SideId } from '../../common/workbench/workbench.ts';
import { tokenPixels } from '../../ui/token.ts';
import { ReaderSide } from './ReaderSide.tsx';
import { useSideCommands } from './commands/sides.ts';

/** The reader: one side, or two beside each other. Where there is no room for two, the active one is shown. */
export function Reader() {
  const { t } = useTranslation();
  const sides = useWorkbench((state) => state.sides);
  const active = useWorkbench((state) => state.active);
  const frame = useRef<HTMLDivElement>(null);
  const roomy = useRoomForTwo(frame);
  useSideCommands();
  const isSplit = sides.length > 1;
  const shown = isSplit && !roomy ? sides.filter(({ id }) => id === active) : sides;
  const label = (id: SideId): string =>
    isSplit ? t(sides[0]?.id === id ? 'split.first' : 'split.second') : t('panes.reader');
  return (
    <div ref={frame} className="reader-sides" data-split={isSplit || undefined}>
      <KeptPanes
        id="split"
        panes={shown.map(({ id }) => ({
          id,
          label: label(id),
          main: true,
          content: <ReaderSide id={id} label={label(id)} isSplit={isSplit} isFolded={isSplit && !roomy} />,
        }))}
      />
    </div>
  );
}

/** Whether two sides fit beside each other: measured on the reader itself, since panes beside it come and go. */
function useRoomForTwo(frame: RefObject<HTMLElement | null>): boolean {
  const [roomy, setRoomy] = useState(true);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setRoomy(element.clientWidth >= 2 * tokenPixels('--page-least')));
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame]);
  return roomy;
}
