import { useState, type DragEvent, type ReactNode } from 'react';
import { useTranslation } from '../../app/strings/use-translation.ts';
import { Icon } from '../../ui/Icon.tsx';

const hasFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');

/** Takes files dropped anywhere on what it holds. Dropping is never the only way: the buttons do the same. */
export function DropArea({
  onDrop,
  isTeam,
  children,
}: {
  onDrop: (transfer: DataTransfer) => void;
  /** One is where project files are merged: sources that are dropped still come in. */
  isTeam: boolean;
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
            {isTeam ? t('import.dropTeam') : t('import.dropCount', { count: over })}
          </span>
          <span className="hint">{t(isTeam ? 'import.dropTeamMeaning' : 'import.dropMeaning')}</span>
        </div>
      )}
    </div>
  );
}
