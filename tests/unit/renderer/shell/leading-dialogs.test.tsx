// @vitest-environment jsdom
import { act, type ReactNode } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { createApi } from '../../../../renderer/api/index.ts';
import { useEncryptedFile } from '../../../../renderer/common/files/encrypted-file.ts';
import { closeDialog, useWorkbench } from '../../../../renderer/common/workbench/workbench.ts';
import { SettingsDialog } from '../../../../renderer/features/settings/SettingsDialog.tsx';
import { EncryptedFileDialog } from '../../../../renderer/shell/frame/Dialogs.tsx';
import { contract } from '../../../../shared/contract/index.ts';
import { FakeHost, USUAL } from '../../../support/shell/fake-bridge.ts';
import { renderedInJsdom } from '../../../support/shell/rendered.tsx';

afterEach(() => {
  useEncryptedFile.setState({ asked: null });
  closeDialog();
});
const screen = renderedInJsdom();
const host = new FakeHost();
host.set(USUAL);
const show = (children: ReactNode): Promise<void> =>
  screen.render(
    createApi(
      {
        call: (name, input) => Promise.resolve(host.answer(name, Object(input))),
        offer: () => Promise.resolve({ ok: true, value: [] }),
        listen: () => () => undefined,
      },
      false,
    ),
    children,
  );

it.each([
  ['liuquan.sbk.age', 'Ask the sender', 'Check it with the sender'],
  ['Study.sourcebook.age', 'set when the project was closed and encrypted', 'Incorrect passphrase.'],
])('the passphrase of %s is asked of whoever has set it', async (name, hint, wrong) => {
  useEncryptedFile.setState({ asked: { name, attempt: 1, isTrying: false, answer: () => undefined } });
  await show(<EncryptedFileDialog />);
  const said = document.querySelector('[role="dialog"]')?.textContent ?? '';
  expect(said).toContain(hint);
  expect(said).toContain(wrong);
  expect(said.includes('sender')).toBe(name.endsWith('.sbk.age'));
});

it('the settings lead to the shortcuts, where keys are changed', async () => {
  const state = contract['app.state'].output.parse(Object(host.answer('app.state', {})).value);
  await show(<SettingsDialog isOpen onClose={() => undefined} state={state} />);
  const button = await vi.waitFor(() => {
    const found = [...document.querySelectorAll('button')].find((one) => one.textContent.startsWith('Show and change'));
    if (found === undefined) throw new Error('The settings have no button for shortcuts.');
    return found;
  });
  await act(async () => button.click());
  expect(useWorkbench.getState().dialog).toBe('shortcuts');
});
