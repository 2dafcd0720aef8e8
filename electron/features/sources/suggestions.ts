import type { CallOutput } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import { fileMadeDate } from '../../../shared/model/layer-notes.ts';
import { sha256, type Sha256, type Source, type SourceId } from '../../../shared/model/index.ts';
import { detectLanguage } from '../../../shared/text/detect-language.ts';
import { openLayerFile } from '../../../shared/text/layer-file.ts';
import { statedDate } from '../../../shared/text/stated-dates.ts';
import { titleLine } from '../../../shared/text/title-line.ts';
import { perProject, type ReadContext } from '../../project/context.ts';
import { oneLayer } from './queries.ts';
import { getSource } from './source-rows.ts';

type Suggestion = CallOutput<'sources.suggestions'>['suggestions'][number];
type OfLayer = readonly Omit<Suggestion, 'source'>[];

/** What each layer suggests, by its hash: computed again after the project is reopened, never stored. */
const known = perProject(() => new Map<Sha256, OfLayer>());
/** Pages read until there is text, and how much of it. */
const PAGES = 3;
const LOOKED_AT = 20_000;

/** What the text and the file suggest for details of sources, missing or not. Reads each layer once. */
export function suggestionsFor(context: ReadContext, ids: readonly SourceId[]): Suggestion[] {
  return ids.flatMap((id) => {
    const source = getSource(context.db, id);
    return ofSource(context, source).map((one) => ({ ...one, source: id }));
  });
}

function ofSource(context: ReadContext, source: Source): OfLayer {
  const row = source.layer === null ? undefined : context.db.get(oneLayer, { id: source.layer });
  const hash = sha256.safeParse(row?.sha256).data;
  if (hash === undefined) return [];
  const kept = known(context);
  const before = kept.get(hash);
  if (before !== undefined) return before;
  const found = readLayer(context, hash, source.kind);
  kept.set(hash, found);
  return found;
}

function readLayer({ files }: ReadContext, hash: Sha256, kind: Source['kind']): OfLayer {
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
