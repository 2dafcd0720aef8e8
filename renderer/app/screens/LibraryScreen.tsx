import { FirstSource } from '../../features/import/FirstSource.tsx';
import { ImportBar } from '../../features/import/ImportBar.tsx';
import type { Importer } from '../../features/import/useImporter.ts';
import { Library } from '../../features/library/Library.tsx';
import { useFrameWidth } from '../../ui/useMedia.ts';

/** The library, with what import puts into it. */
export function LibraryScreen({ importer, importKey }: { importer: Importer; importKey: string }) {
  const width = useFrameWidth();
  return (
    <Library
      width={width}
      onImportFiles={importer.chooseFiles}
      onImportFolder={importer.chooseFolder}
      importing={<ImportBar />}
      whenEmpty={<FirstSource onChoose={importer.chooseFiles} importKey={importKey} />}
    />
  );
}
