import { Fault } from '../../../shared/errors.ts';
import { fileMadeDate } from '../../../shared/model/layer-notes.ts';
import type { Sha256, Source } from '../../../shared/model/index.ts';
import { detectLanguage } from '../../../shared/text/detect-language.ts';
import { openLayerFile } from '../../../shared/text/layer-file.ts';
import { statedDate } from '../../../shared/text/stated-dates.ts';
import { titleLine } from '../../../shared/text/title-line.ts';
import type { Originals } from '../../project/files/originals.ts';
import type { LayerSuggestion } from '../../workers/jobs.ts';

/** Pages read until there is text, and how much of it. */
const PAGES = 3;
const LOOKED_AT = 20_000;

/** What a text layer and its notes suggest for details of its source. */
export function suggestionsOf(
  files: Pick<Originals, 'readLayer'>,
  hash: Sha256,
  kind: Source['kind'],
): readonly LayerSuggestion[] {
  let text = '';
  let notes: readonly string[] = [];
  try {
    const file = openLayerFile(files.readLayer(hash));
    ({ notes } = file);
    for (let page = 1; page <= Math.min(PAGES, file.pages.length) && text.length < LOOKED_AT; page += 1)
      text += `${file.pageText(page)}\n`;
  } catch (thrown) {
    // A damaged layer is reported where it is read; here it only has nothing to suggest.
    if (!(thrown instanceof Fault)) throw thrown;
  }
  const language = detectLanguage(text);
  const title = titleLine(text);
  const date = statedDate(text);
  const made = fileMadeDate(notes);
  const dateField =
    date?.of === 'publication' || (date?.of === null && kind === 'page') ? 'dateOfPublication' : 'dateOfDocument';
  return [
    ...(title === null ? [] : [{ field: 'title' as const, value: title, from: 'text' as const, quote: null }]),
    ...(language === null ? [] : [{ field: 'language' as const, value: language, from: 'text' as const, quote: null }]),
    ...(date === null ? [] : [{ field: dateField, value: date.edtf, from: 'text', quote: date.line } as const]),
    // A file's own date is of the file: a gazette of 1998 that was scanned in 2019 says 2019.
    ...(date !== null || made === null
      ? []
      : [{ field: 'dateOfDocument', value: made, from: 'file', quote: null } as const]),
  ];
}
