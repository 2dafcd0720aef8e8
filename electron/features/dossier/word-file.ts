import type { Written } from '../../formats/dossier/blocks.ts';
import { fillDocx } from '../../formats/dossier/docx.ts';
import type { Dossier } from '../../formats/dossier/model.ts';
import { writeZip } from '../../formats/zip/write.ts';
import type { WriteContext } from '../../project/context.ts';
import { goOn, tell } from '../../project/export/partial-file.ts';

/** Writes a dossier as a Word document, renamed when it is complete. Returns its bytes. NOT_FOUND, NOT_ALLOWED, DISK_FULL, CANCELLED. */
export async function writeDocx(
  context: WriteContext,
  path: string,
  dossier: Dossier,
  blocks: AsyncIterable<Written>,
): Promise<number> {
  let told = -1;
  const { bytes } = await writeZip(path, (zip) =>
    fillDocx(zip, dossier, blocks, (done) => {
      goOn(context);
      if (done === told) return;
      told = done;
      tell(context, 'writing', done, dossier.exhibits.length);
    }),
  );
  return bytes;
}
