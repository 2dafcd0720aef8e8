import type { Engine } from '../../electron/engine/engine.ts';
import type { PassageId, SourceId } from '../../shared/model/index.ts';

/** Where words stand in a source’s current text, the `at`-th time. */
export async function wordsIn(engine: Engine, source: SourceId, words: string, at = 0) {
  const { layer } = await engine.call('sources.get', { id: source });
  if (layer === null) throw new Error('The source has no text');
  const { text } = await engine.call('layers.text', { id: layer });
  let start = text.indexOf(words);
  for (let times = 0; times < at; times++) start = text.indexOf(words, start + 1);
  if (start === -1) throw new Error(`“${words}” is not in the source`);
  return { layer, marked: { kind: 'text' as const, start, end: start + words.length } };
}

/** Masks words in a source. */
export const maskWords = async (engine: Engine, source: SourceId, words: string, reason = 'Private person') =>
  engine.call('masks.add', { source, ...(await wordsIn(engine, source, words)), reason });

/** Marks a passage by a value of the dimension “Personal-data risk”: by default as naming a private person. */
export async function markPrivate(engine: Engine, passage: PassageId, code: string | null = 'private'): Promise<void> {
  const { dimensions } = await engine.call('codebook.get', {});
  const privacy = dimensions.find((one) => one.code === 'privacy');
  const value = privacy?.values.find((one) => one.code === code);
  if (privacy === undefined || (code !== null && value === undefined))
    throw new Error('The codebook has no such value');
  await engine.call('settings.set', { passage, dimension: privacy.id, values: value === undefined ? [] : [value.id] });
}
