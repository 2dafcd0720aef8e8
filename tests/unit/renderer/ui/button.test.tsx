// @vitest-environment jsdom
import { act } from 'react';
import { expect, it, vi } from 'vitest';
import { createApi } from '../../../../renderer/api/index.ts';
import { Button } from '../../../../renderer/ui/Button.tsx';
import { renderedInJsdom } from '../../../support/shell/rendered.tsx';

const screen = renderedInJsdom();
const api = createApi(
  {
    call: () => new Promise(() => undefined),
    offer: () => Promise.resolve({ ok: true, value: [] }),
    listen: () => () => undefined,
  },
  false,
);

it('a button whose act is under way says that it can’t be pressed, keeps the focus and does nothing', async () => {
  const pressed = vi.fn<() => void>();
  const show = (isPending: boolean) =>
    screen.render(
      api,
      <Button kind="primary" isPending={isPending} onPress={pressed}>
        Close and encrypt
      </Button>,
    );
  await show(false);
  const button = document.querySelector('button');
  button?.focus();
  await act(async () => button?.click());
  expect([pressed.mock.calls.length, button?.getAttribute('aria-disabled')]).toEqual([1, null]);
  await show(true);
  await act(async () => button?.click());
  expect([pressed.mock.calls.length, button?.getAttribute('aria-disabled')]).toEqual([1, 'true']);
  expect(document.activeElement).toBe(button);
});
