// @vitest-environment jsdom
import { act } from 'react';
import { expect, it } from 'vitest';
import { createApi } from '../../../../../renderer/api/index.ts';
import { InspectorTranslation } from '../../../../../renderer/common/review/InspectorReview.tsx';
import { Inspector } from '../../../../../renderer/features/inspector/Inspector.tsx';
import { contract } from '../../../../../shared/contract/index.ts';
import { memoId, personId, recordId } from '../../../../../shared/model/index.ts';
import { FakeHost, USUAL } from '../../../../support/shell/fake-bridge.ts';
import { renderedInJsdom } from '../../../../support/shell/rendered.tsx';

const screen = renderedInJsdom();

it('the card of a passage says who signed a tag, memo, translation or setting that its person never signed, beside it', async () => {
  const host = new FakeHost();
  host.set(USUAL);
  const listed = host.answer('passages.list', {});
  const passages = listed.ok ? contract['passages.list'].output.parse(listed.value).passages : [];
  const given = passages.find(({ tags }) => tags.length > 0) ?? expect.fail('There is one.');
  const book = host.answer('codebook.get', {});
  const dimensions = book.ok ? contract['codebook.get'].output.parse(book.value).dimensions : [];
  const dimension =
    dimensions.find(({ on, values }) => on === 'passage' && values.length > 0) ?? expect.fail('There is one.');
  const id = (): string => crypto.randomUUID();
  const ben = { id: personId.parse(id()), name: 'Ben', roles: [] };
  const memo = {
    id: memoId.parse(id()),
    text: 'So.',
    person: ben.id,
    at: 1,
    targetKind: 'passage' as const,
    target: given.id,
  };
  const stated = {
    language: 'en',
    text: 'It is not.',
    method: 'human' as const,
    state: 'draft' as const,
    person: ben.id,
    at: 1,
  };
  const value = dimension.values[0]?.id ?? expect.fail('It has values.');
  const settings = [{ dimension: dimension.id, value, person: ben.id, at: 1 }];
  const passage = { ...given, settings, memos: [memo], translations: [stated] };
  const nothing = {
    beside: [],
    moves: [],
    forgedBeside: [],
    differences: [],
    steps: [],
    translations: [],
    drafts: [],
    comments: [],
  };
  const of = (entity: string, words: string, forged = true, record = id()) => ({
    entity,
    id: recordId.parse(record),
    person: ben.id,
    by: ben.id,
    at: 1,
    words,
    forged,
  });
  const unsigned = [
    of('tag', 'The tag “Quota” is in Ben’s name.'),
    of('tag', 'The tag “Pairing” was imported.', false),
    of('memo', 'A memo is in Ben’s name.', true, memo.id),
    of('translation', 'The translation is in Ben’s name.'),
    of('setting', 'A dimension setting is in Ben’s name.'),
  ];
  const api = createApi(
    {
      call: (name, input) => {
        const value =
          name === 'review.get'
            ? { passage, state: passage.state, people: [ben], ...nothing, unsigned }
            : name === 'passages.list'
              ? { passages: [passage], total: 1 }
              : name === 'passages.get'
                ? passage
                : null;
        return Promise.resolve(value === null ? host.answer(name, Object(input)) : { ok: true, value });
      },
      offer: () => Promise.resolve({ ok: true, value: [] }),
      listen: () => () => undefined,
    },
    false,
  );
  const none = () => null;
  await screen.render(
    api,
    <Inspector
      source={passage.source}
      passage={passage.id}
      versions={null}
      review={{ state: none, translation: InspectorTranslation, comments: none }}
    />,
  );
  const section = (label: string): string | null | undefined =>
    screen.place().querySelector(`section[aria-label="${label}"]`)?.textContent;
  // The note is read once the person stays on the passage.
  for (let n = 0; n < 60 && section('Dimensions')?.includes('Ben’s name') !== true; n++)
    await act(async () => new Promise((done) => setTimeout(done, 100)));
  expect(section('Tags')).toContain('The tag “Quota” is in Ben’s name. Ask Ben');
  expect(section('Tags')).not.toContain('imported');
  expect(section('Memo')).toContain('A memo is in Ben’s name. Ask Ben whether it’s theirs.');
  expect(section('Translation')).toContain('The translation is in Ben’s name. Ask Ben');
  expect(section('Dimensions')).toContain('A dimension setting is in Ben’s name. Ask Ben');
});
