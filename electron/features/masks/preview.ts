import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { blackened, isTooShort } from '../../../shared/masks/words.ts';
import { layerId } from '../../../shared/model/index.ts';
import { counted } from '../../../shared/text/counted.ts';
import { query } from '../../db/types.ts';
import type { ReadContext } from '../../project/context.ts';
import { Masking } from '../../project/masks/masking.ts';
import { openMasks } from '../../project/masks/open.ts';
import { sourceOf } from '../../project/passages/edits.ts';
import { openLayer } from '../../project/sources/layers.ts';

const named = query<{ id: string }, { title: string | null; fileName: string | null; kind: string | null }>(
  'masks.named',
  'SELECT title, fileName, kind FROM p_source WHERE id = $id',
);

type Span = CallOutput<'masks.preview'>['spans'][number];

/** UTF-16 code units of text on either side of a mask. */
const AROUND = 40;

/** What the contract says of `masks.preview`. */
export function preview(
  context: ReadContext,
  { source, layer: asked }: CallArgs<'masks.preview'>,
): CallOutput<'masks.preview'> {
  const { layer: current } = sourceOf(context, source);
  const masking = new Masking(context);
  const row = context.db.get(named, { id: source });
  const layer = layerId.safeParse(asked ?? current).data;
  const spans = layer === undefined ? [] : masking.spansIn(source, layer);
  const text = layer === undefined || spans.length === 0 ? '' : openLayer(context, layer).file.text();
  const black = blackened(text, spans);
  const { areas } = masking.areasOf(source);
  return {
    title: masking.free(row?.title ?? row?.fileName ?? ''),
    fileName: masking.free(row?.fileName ?? ''),
    spans: [...spans],
    areas: [...areas],
    excerpts: joined(spans).map(({ start, end, mask }) => ({
      mask,
      text: excerpt(black, start - AROUND, end + AROUND),
    })),
    withoutPictures: row?.kind === 'page' && masking.of(source).length > 0,
    warnings: warningsOf(context, masking, source),
  };
}

/** Spans of one mask whose surroundings meet are one: an area covers a span of each line in it. */
function joined(spans: readonly Span[]): Span[] {
  const runs: Span[] = [];
  for (const span of spans) {
    const last = runs.at(-1);
    if (last !== undefined && last.mask === span.mask && span.start - AROUND <= last.end + AROUND)
      runs[runs.length - 1] = { ...last, end: Math.max(last.end, span.end) };
    else runs.push(span);
  }
  return runs;
}

/** One line, which begins and ends at whole characters. */
const excerpt = (text: string, start: number, end: number): string =>
  text
    .slice(Math.max(0, start), end)
    .replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '')
    .replace(/\s+/gu, ' ')
    .trim();

function warningsOf(context: ReadContext, masking: Masking, source: string): string[] {
  const same = openMasks(context, masking, new Set([source])).filter(({ kind }) => kind === 'sameWords').length;
  const short = masking.of(source).filter(({ anchor }) => anchor.kind === 'text' && isTooShort(anchor.exact)).length;
  const lost = masking.lost().filter((mask) => mask.source === source).length;
  return [
    ...(masking.unreadable.has(source)
      ? ['A mask of this source was made by a newer version and can’t be read here, so the source isn’t exported.']
      : []),
    ...(lost === 0
      ? []
      : [`${counted(lost, 'mask')} of an older text isn’t found in the present one. Mask the words there too.`]),
    ...(same === 0 ? [] : [`Masked words stand in ${counted(same, 'other place')} of this source without a mask.`]),
    ...(short === 0
      ? []
      : [`${counted(short, 'mask')} of a single letter: it isn’t looked for in titles, memos and translations.`]),
  ];
}
