import { useState, type DragEvent, type ReactNode } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Icon } from '../../ui/Icon.tsx';

const hasFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');
const TITLES = { start: 'import.dropStart', team: 'import.dropTeam' } as const;
const MEANINGS = {
  start: 'import.dropStartMeaning',
  team: 'import.dropTeamMeaning',
  project: 'import.dropMeaning',
} as const;

/** Takes files dropped anywhere on what it holds. Dropping is never the only way: the buttons do the same. */
export function DropArea({
  onDrop,
  at,
  children,
}: {
  onDrop: (transfer: DataTransfer) => void;
  /** Where project files are merged (sources that are dropped still come in), where no project is open yet, or elsewhere. */
  at: 'start' | 'team' | 'project';
  children: ReactNode;
}) {
  const { t } = useTranslation();
  /** How many files are held over it, 0 for none. */
  const [over, setOver] = useState(0);
  return (
    <div
      className="drop-area"
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
        setOver(event.dataTransfer.items.length);
      }}
      onDragLeave={(event) => {
        if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget)) setOver(0);
      }}
      onDrop={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(0);
        onDrop(event.dataTransfer);
      }}
    >
      {children}
      {over === 0 ? null : (
        <div className="drop-over">
          <span className="line strong">
            <Icon name="import" />
            {at === 'project' ? t('import.dropCount', { count: over }) : t(TITLES[at])}
          </span>
          <span className="hint">{t(MEANINGS[at])}</span>
        </div>
      )}
    </div>
  );
}
