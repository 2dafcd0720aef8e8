import { use, useState } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { otherSide } from '../../common/reader/sides.ts';
import { moveTab, openSource, sideOf } from '../../common/workbench/workbench.ts';
import { Icon } from '../../ui/Icon.tsx';
import { SideContext } from './sides.ts';
import { endTabDrag, useDraggedTab } from './tab-drag.ts';

/**
 * Where a tab can be dropped while it is dragged: the other side, or the end of the only one, which splits the reader.
 * It lies over the source, whose frame would keep the drag to itself.
 */
export function TabDrop({ isSplit }: { isSplit: boolean }) {
  const { t } = useTranslation();
  const side = use(SideContext);
  const tab = useDraggedTab((state) => state.tab);
  const [over, setOver] = useState(false);
  if (tab === null || (isSplit && tab.side === side)) return null;
  const drop = (): void => {
    const to = isSplit ? side : otherSide(side);
    // The only tab of a side is opened a second time: the same source beside itself.
    if (!isSplit && sideOf(tab.side)?.tabs.length === 1) openSource(tab.source, 'beside');
    else moveTab(tab.source, tab.side, to, sideOf(to)?.tabs.length ?? 0);
    endTabDrag();
  };
  return (
    <div className="tab-drop-frame" data-half={!isSplit || undefined}>
      <div
        className="tab-drop"
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          event.dataTransfer.dropEffect = 'move';
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          drop();
        }}
      >
        <span className="line strong">
          <Icon name="columns" />
          {t(isSplit ? 'split.moveHere' : 'split.openBeside')}
        </span>
      </div>
    </div>
  );
}
