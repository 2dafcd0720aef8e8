import type { TextFormat } from '../../formats/foreign/read.ts';
import type { Edit } from '../../db/types.ts';
import { annotationsIn } from './annotations-import.ts';
import { bibliographyIn } from './bibliography-import.ts';
import type { Found, Importer, FilePreview } from './import-file.ts';

/** Formats that are one text. They bring no files, so that the preview is the import without its edits. */
export const textImporter = (format: TextFormat): Importer => ({
  preview: async (importing) => (await read(importing, format)).found,
  read: (importing) => read(importing, format),
});

async function read(
  importing: FilePreview,
  format: TextFormat,
): Promise<{ readonly found: Found; readonly edits: readonly Edit[] }> {
  const { context, file, signal, tell, goOn } = importing;
  tell('reading', 0, 0);
  const given = await context.pool.run('foreignText', { ...file, format }, { signal });
  goOn();
  const { found, edits } =
    given.kind === 'annotations' ? annotationsIn(importing, given) : bibliographyIn(importing, given);
  return { found: { ...found, format: given.kind === 'annotations' ? 'webannotation' : given.format }, edits };
}
