import { setImmediate as turn } from 'node:timers/promises';
import type { Span } from '../../../shared/anchoring/quote.ts';
import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import { isTooShort, wordsFinder } from '../../../shared/masks/words.ts';
import { layerId, maskId, type LayerId, sha256, sourceId, type SourceId } from '../../../shared/model/index.ts';
import { counted } from '../../../shared/text/counted.ts';
import { type LayerFile, openLayerFile } from '../../../shared/text/layer-file.ts';
import type { Edit } from '../../db/types.ts';
import type { ReadContext, WriteContext } from '../../project/context.ts';
import { Masking } from '../../project/masks/masking.ts';
import { textAnchors } from '../../project/passages/anchors.ts';
import { layerShas, openLayer } from '../../project/sources/layers.ts';
import { liveSources } from '../../project/sources/live-sources.ts';

interface InSource {
  readonly source: SourceId;
  readonly title: string;
  readonly layer: LayerId;
  readonly file: LayerFile;
  /** Without a mask. */
  readonly places: readonly Span[];
  readonly masked: number;
}

/** Milliseconds of work before other calls are answered. */
const AT_ONCE = 40;

/** Where words stand in the current texts of all sources, each text read when its turn comes. */
async function* placesOf(
  context: ReadContext | WriteContext,
  words: string,
  masking: Masking,
): AsyncGenerator<InSource> {
  if (isTooShort(words))
    throw new Fault('BAD_INPUT', 'A single letter is in nearly every text. Mask it where it stands, or select more.', {
      words,
    });
  const find = wordsFinder([words]);
  const hashes = new Map(context.db.all(layerShas, {}).map(({ id, sha256: hash }) => [id, hash]));
  let since = performance.now();
  for (const row of context.db.all(liveSources, {})) {
    if (context.interrupted()) throw new Fault('CANCELLED', 'Stopped. Nothing was masked.');
    const hash = sha256.safeParse(hashes.get(row.layer ?? '')).data;
    if (row.layer === null || hash === undefined || !context.files.hasLayer(hash)) continue;
    const file = openLayerFile(context.files.readLayer(hash));
    const found = find(file.text());
    if (found.length > 0) {
      const spans = masking.spansIn(row.id, row.layer);
      const places = found.filter(({ start, end }) => !spans.some((span) => span.start < end && span.end > start));
      yield {
        source: sourceId.parse(row.id),
        title: row.title ?? row.fileName ?? '',
        layer: layerId.parse(row.layer),
        file,
        places,
        masked: found.length - places.length,
      };
    }
    if (performance.now() - since < AT_ONCE) continue;
    await turn();
    since = performance.now();
  }
}

function wordsAt(
  context: ReadContext | WriteContext,
  { layer, marked: { start, end } }: Pick<CallArgs<'masks.everywhere'>, 'layer' | 'marked'>,
): string {
  const { file } = openLayer(context, layer);
  return textAnchors(file)({ start, end }).exact;
}

/** What the contract says of `masks.everywhere`. */
export async function everywhere(
  context: ReadContext,
  input: CallArgs<'masks.everywhere'>,
): Promise<CallOutput<'masks.everywhere'>> {
  const words = wordsAt(context, input);
  const sources: CallOutput<'masks.everywhere'>['sources'] = [];
  let [places, masked] = [0, 0];
  for await (const found of placesOf(context, words, new Masking(context))) {
    places += found.places.length;
    masked += found.masked;
    if (found.places.length > 0)
      sources.push({ source: found.source, title: found.title, places: found.places.length });
  }
  return { words, sources, places, masked };
}

/** What the contract says of `masks.addEverywhere`. */
export async function addEverywhere(
  context: WriteContext,
  { reason, ...input }: CallArgs<'masks.addEverywhere'>,
): Promise<CallOutput<'masks.addEverywhere'>> {
  const words = wordsAt(context, input);
  const edits: Edit[] = [];
  let [added, sources] = [0, 0];
  for await (const { source, layer, file, places } of placesOf(context, words, new Masking(context))) {
    const anchorOf = textAnchors(file);
    for (const place of places) edits.push(...maskEdits(context, { source, layer, anchor: anchorOf(place), reason }));
    added += places.length;
    sources += places.length > 0 ? 1 : 0;
  }
  if (added === 0) throw new Fault('EXISTS', 'These words are masked everywhere already.');
  // Not the words: labels are in every list of edits, and in the log of files that withhold the rest.
  context.db.commit(`Mask the same words in ${counted(added, 'place')} of ${counted(sources, 'source')}`, edits);
  return { added, sources };
}

/** The edits that make a mask of the acting person. */
export function maskEdits(
  { newId, person }: WriteContext,
  fields: Pick<CallOutput<'masks.list'>['masks'][number], 'source' | 'layer' | 'anchor' | 'reason'>,
): Edit[] {
  const id = maskId.parse(newId());
  return [
    { entity: 'mask', id, field: 'source', value: fields.source },
    { entity: 'mask', id, field: 'layer', value: fields.layer },
    { entity: 'mask', id, field: 'anchor', value: fields.anchor },
    { entity: 'mask', id, field: 'reason', value: fields.reason },
    { entity: 'mask', id, field: 'person', value: person.id },
    { entity: 'mask', id, field: 'deleted', value: false },
  ];
}
