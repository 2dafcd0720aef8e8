// @vitest-environment jsdom
import { act } from 'react';
import { expect, it, vi } from 'vitest';
import { NameDialog } from '../../../../renderer/ui/NameDialog.tsx';
import { createApi } from '../../../../renderer/api/index.ts';
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

it('a sentence wraps and Enter saves it, but not the Enter that ends the choice of a character', async () => {
  const saved = vi.fn<(name: string) => void>();
  const words = { save: 'Save', cancel: 'Cancel' };
  await screen.render(
    api,
    <NameDialog
      title="New claim"
      label="Claim"
      words={words}
      initial="一句话"
      lines={3}
      error={null}
      isPending={false}
      onSave={saved}
      onClose={() => undefined}
    />,
  );
  const field = document.querySelector('textarea');
  const enter = (more: KeyboardEventInit): Promise<void> =>
    act(
      async () =>
        void field?.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...more }),
        ),
    );
  await enter({ isComposing: true });
  await enter({ shiftKey: true });
  expect(saved).not.toHaveBeenCalled();
  await enter({});
  expect(saved).toHaveBeenCalledWith('一句话');
});
