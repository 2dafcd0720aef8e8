import type { IncomingItem } from '../../../shared/contract/merge.ts';
import { fakeCodebook, fakeSources } from './fixtures.ts';

const AT = Date.UTC(2025, 4, 27, 9, 30);
const QUOTES = ['“与援疆指挥部签订劳务协作协议”, page 3', '“流转土地4.8万亩”, page 7', '“ئەمگەك كۈچلىرىنى”, page 1'];

type Loose = Partial<Record<keyof IncomingItem, unknown>>;

/** The items of a merge as the engine returns them: one of each kind, then many passages. */
export function fakeItems(asked: Readonly<Record<string, unknown>>): Loose[] {
  const [source] = fakeSources(1);
  const [, category] = fakeCodebook().categories;
  const item = (k: number, more: Loose): Loose => ({
    record: `019a2000-0000-7000-8000-${k.toString(16).padStart(12, '0')}`,
    how: 'added',
    words: '',
    fields: [],
    tag: null,
    passage: null,
    quote: '',
    source: source?.id ?? null,
    sourceTitle: source?.title ?? '',
    person: 'J. Moreau',
    at: AT + k * 60_000,
    label: 'Highlight',
    ...more,
  });
  const tag = {
    category: category?.id ?? null,
    code: category?.code ?? '',
    name: category?.name ?? '',
    colour: category?.colour ?? '',
  };
  const all = [
    item(1, { entity: 'passage', words: QUOTES[0] }),
    item(2, { entity: 'tag', quote: QUOTES[0], tag, label: 'Tag' }),
    item(3, { entity: 'tag', how: 'removed', quote: QUOTES[1], tag, label: 'Untag' }),
    item(4, {
      entity: 'translation',
      how: 'changed',
      words: '48,000 mu of land were transferred',
      quote: QUOTES[1],
      fields: [{ field: 'draft', before: '48,000 mu of land circulated', after: '48,000 mu of land were transferred' }],
      label: 'Translate',
    }),
    item(5, {
      entity: 'memo',
      how: 'removed',
      words: 'Same wording as the Chinese report.',
      quote: QUOTES[2],
      label: 'Move memo to trash',
    }),
    item(6, {
      entity: 'category',
      how: 'changed',
      words: 'Labour “freed” from land',
      source: null,
      sourceTitle: '',
      fields: [{ field: 'name', before: '“Liberated” labour', after: 'Labour “freed” from land' }],
      label: 'Rename category',
    }),
    ...Array.from({ length: 54 }, (_, k) => item(10 + k, { entity: 'passage', words: QUOTES[k % 3] })),
  ];
  const { kind, how } = asked;
  return all.filter((one) => (kind === undefined || one.entity === kind) && (how === undefined || one.how === how));
}
