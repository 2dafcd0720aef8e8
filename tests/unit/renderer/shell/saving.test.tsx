// @vitest-environment jsdom
import { act, useEffect } from 'react';
import { expect, it, vi } from 'vitest';
import { createApi } from '../../../../renderer/api/index.ts';
import { useCommentActs } from '../../../../renderer/common/review/comment-acts.ts';
import { useActs } from '../../../../renderer/features/review/useActs.ts';
import { Work } from '../../../../renderer/shell/frame/StatusBar.tsx';
import { fail } from '../../../../shared/errors.ts';
import { FakeHost, USUAL } from '../../../support/shell/fake-bridge.ts';
import { fakeCodebook, fakeSources } from '../../../support/shell/fixtures.ts';
import { renderedInJsdom } from '../../../support/shell/rendered.tsx';
import { FakeReview } from '../../../support/shell/review.ts';

const screen = renderedInJsdom();
const { details } = new FakeReview(fakeCodebook().categories, fakeSources(9));
const detail = [...details.values()].find(({ state }) => state === 'coded') ?? expect.fail('There is one.');
const passage = detail.passage.id;
const until = (holds: () => boolean): Promise<void> => act(async () => vi.waitFor(() => expect(holds()).toBe(true)));

type Acts = ReturnType<typeof useActs> & { readonly comment: (text: string) => Promise<boolean> };
/** Hands both hooks to the test once they are mounted. */
function Probe({ given }: { given: (acts: Acts) => void }) {
  const step = useActs([], passage);
  const { add, isPending } = useCommentActs(passage, []);
  useEffect(() => {
    given({ ...step, isPending: step.isPending || isPending, comment: (text) => add(text, null) });
  });
  return null;
}

it('while a step of the review or a comment is written, the status bar says so, and so does its button', async () => {
  const host = new FakeHost();
  host.set(USUAL);
  let end = (): void => undefined;
  const api = createApi(
    {
      call: (name, input) =>
        name === 'review.move' || name === 'comments.add'
          ? new Promise((done) => (end = () => done(fail('NOT_ALLOWED', 'No.'))))
          : Promise.resolve(host.answer(name, Object(input))),
      offer: () => Promise.resolve({ ok: true, value: [] }),
      listen: () => () => undefined,
    },
    false,
  );
  let acts: Acts | null = null;
  const isPending = (): boolean => acts?.isPending === true;
  const says = (): string => screen.place().textContent;
  await screen.render(
    api,
    <>
      <Work />
      <Probe given={(given) => (acts = given)} />
    </>,
  );
  for (const begin of [() => acts?.move(detail, 'checked'), () => acts?.comment('Why?')]) {
    expect([says(), isPending()]).toEqual(['Saved', false]);
    await act(async () => void begin());
    await until(() => says() === 'Saving' && isPending());
    await act(async () => end());
    await until(() => says() === 'Saved' && !isPending());
  }
});
