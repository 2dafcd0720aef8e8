import { FirstSource, ImportBar } from '../../features/import/ImportBar.tsx';
import type { Importer } from '../../features/import/useImporter.ts';
import { Library } from '../../features/library/Library.tsx';
import { Trash } from '../../features/trash/Trash.tsx';
import { useCall } from '../../api/index.ts';
import { useFrameWidth } from '../../ui/useMedia.ts';

/** The library, with what import puts into it. */
export function LibraryScreen({ importer, importKey }: { importer: Importer; importKey: string }) {
  const width = useFrameWidth();
  const removed = useCall('trash.list', {}).data?.removed.length ?? 0;
  return (
    <Library
      width={width}
      onImportFiles={importer.chooseFiles}
      onImportFolder={importer.chooseFolder}
      importing={<ImportBar />}
      removed={{ count: removed, list: (head) => <Trash head={head} /> }}
      whenEmpty={<FirstSource onChoose={importer.chooseFiles} importKey={importKey} />}
    />
  );
}
