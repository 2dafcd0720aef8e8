// @vitest-environment jsdom
import { act, useEffect } from 'react';
import { beforeEach, expect, it, vi } from 'vitest';
import { createApi } from '../../../../../renderer/api/index.ts';
import { usePassageActs, type PassageActs } from '../../../../../renderer/common/passages/passage-acts.ts';
import { openPalette, useReading, type MarkedSpan } from '../../../../../renderer/common/reader/reading-state.ts';
import { ok } from '../../../../../shared/errors.ts';
import { FakeHost, USUAL } from '../../../../support/shell/fake-bridge.ts';
import { fakeCodebook, fakePassages, fakeSources } from '../../../../support/shell/fixtures.ts';
import { renderedInJsdom } from '../../../../support/shell/rendered.tsx';

const screen = renderedInJsdom();
const { categories } = fakeCodebook();
const [category] = categories;
const [passage] = fakePassages(categories, fakeSources(1), 1);
if (category === undefined || passage === undefined) throw new Error('no fixtures');
const { source, layer } = passage;

/** A new selection of the same words. */
const marked = (): MarkedSpan => ({
  source,
  layer,
  marked: { kind: 'text', start: 3, end: 9 },
  exact: 'quotas',
});

let acts: PassageActs;
function Acts() {
  const own = usePassageActs();
  useEffect(() => {
    acts = own;
  }, [own]);
  return null;
}

let calls: string[];
let saving: PromiseWithResolvers<void>;

beforeEach(async () => {
  calls = [];
  saving = Promise.withResolvers();
  useReading.setState({ palette: null });
  const host = new FakeHost();
  host.set(USUAL);
  const api = createApi(
    {
      call: async (name, input) => {
        if (name === 'passages.create') {
          calls.push(name);
          await saving.promise;
          return ok(passage);
        }
        if (name === 'tags.change' || name === 'settings.set') {
          calls.push(name);
          return ok(name === 'tags.change' ? { passages: [passage] } : passage);
        }
        return host.answer(name, Object(input));
      },
      offer: () => Promise.resolve(ok([])),
      listen: () => () => {},
    },
    false,
  );
  await screen.render(api, <Acts />);
});

it('a highlight and a tag on the same words, before the highlight is saved, make one passage with the tag', async () => {
  const highlight = acts.create(marked());
  const tag = acts.tag({ kind: 'marked', span: marked() }, [category.id]);
  await vi.waitFor(() => expect(calls).toEqual(['passages.create']));
  saving.resolve();
  await act(async () => expect(await Promise.all([highlight, tag])).toEqual([passage.id, passage.id]));
  expect(calls).toEqual(['passages.create', 'tags.change']);
});

it('two highlights of the same words make one passage', async () => {
  const both = [acts.create(marked()), acts.create(marked())];
  saving.resolve();
  await act(async () => expect(await Promise.all(both)).toEqual([passage.id, passage.id]));
  expect(calls).toEqual(['passages.create']);
});

it('a palette that was opened for the words goes on with the passage', async () => {
  const box = { left: 0, top: 0, right: 0, bottom: 0 };
  openPalette({ mode: 'tags', target: { kind: 'marked', span: marked() }, box });
  saving.resolve();
  await act(async () => void (await acts.create(marked())));
  expect(useReading.getState().palette?.target).toEqual({ kind: 'passage', passage: passage.id });
});
