// @vitest-environment jsdom
import { useEffect } from 'react';
import { expect, it } from 'vitest';
import { createApi } from '../../../../renderer/api/index.ts';
import { useWhenRead } from '../../../../renderer/features/reader/commands/useReaderCommands.ts';
import type { WhenRead } from '../../../../renderer/features/reader/commands/passages.ts';
import { ok } from '../../../../shared/errors.ts';
import type { SourceId } from '../../../../shared/model/index.ts';
import { fakeSources } from '../../../support/shell/fixtures.ts';
import { renderedInJsdom } from '../../../support/shell/rendered.tsx';

const screen = renderedInJsdom();
const [first, second] = fakeSources(2).map(({ id }) => id);

const NO_HOST = createApi(
  { call: () => new Promise(() => {}), offer: () => Promise.resolve(ok([])), listen: () => () => {} },
  false,
);

let whenRead: WhenRead;
function Reader({ source, ready }: { source: SourceId; ready: boolean }) {
  const asked = useWhenRead(source, ready);
  useEffect(() => {
    whenRead = asked;
  }, [asked]);
  return null;
}

it('a key pressed before a source’s passages are read acts as soon as they are, and once', async () => {
  if (first === undefined) throw new Error('no source');
  const done: string[] = [];
  await screen.render(NO_HOST, <Reader source={first} ready={false} />);
  whenRead(() => done.push('next'));
  expect(done).toEqual([]);
  await screen.render(NO_HOST, <Reader source={first} ready />);
  expect(done).toEqual(['next']);
  whenRead(() => done.push('next'));
  expect(done).toEqual(['next', 'next']);
});

it('a key that waits for one source does nothing in another', async () => {
  if (first === undefined || second === undefined) throw new Error('no sources');
  const done: string[] = [];
  await screen.render(NO_HOST, <Reader source={first} ready={false} />);
  whenRead(() => done.push('next'));
  await screen.render(NO_HOST, <Reader source={second} ready />);
  expect(done).toEqual([]);
});
