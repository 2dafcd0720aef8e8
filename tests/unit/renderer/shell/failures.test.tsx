// @vitest-environment jsdom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { ApiProvider, createApi, makeQueryClient } from '../../../../renderer/api/index.ts';
import { dismissNotice, useNotice } from '../../../../renderer/common/notices/notices.ts';
import { useWorkbench } from '../../../../renderer/common/workbench/workbench.ts';
import { DiagnosticsDialog } from '../../../../renderer/features/diagnostics/DiagnosticsDialog.tsx';
import { recordError, watchFailures } from '../../../../renderer/shell/failures.ts';
import { startI18n } from '../../../../renderer/shell/strings.ts';
import { contract } from '../../../../shared/contract/index.ts';
import { ok } from '../../../../shared/errors.ts';

const TEXT = 'Sourcebook: 0.1.0\n\nNo problems recorded.\n';
const sent: { readonly name: string; readonly input: unknown }[] = [];
const api = createApi(
  {
    call: (name, input) => {
      sent.push({ name, input });
      return Promise.resolve(ok(name === 'app.diagnostics' ? { text: TEXT } : {}));
    },
    offer: () => Promise.resolve(ok([])),
    listen: () => () => undefined,
  },
  false,
);

beforeAll(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  startI18n();
  watchFailures(api);
});
afterEach(() => {
  sent.length = 0;
  dismissNotice();
});

test('an uncaught error of the page is sent without its words, and reported with a way to copy diagnostics', () => {
  const error = new TypeError('Gulnara Yusup\n    at evidence');
  window.dispatchEvent(new ErrorEvent('error', { error, message: error.message }));
  const [report] = sent;
  expect(report?.name).toBe('app.reportError');
  const input = contract['app.reportError'].input.parse(report?.input);
  expect(input.name).toBe('TypeError');
  expect(input.stack.every((line) => /^\s*at /.test(line))).toBe(true);
  expect(JSON.stringify(input)).not.toContain('Gulnara');

  const { notice } = useNotice.getState();
  expect([notice?.tone, notice?.text]).toEqual([
    'bad',
    'Something unexpected went wrong. Saved work is safe; restart Sourcebook if anything looks stuck.',
  ]);
  notice?.act?.run();
  expect(useWorkbench.getState().dialog).toBe('diagnostics');
});

test('a rejected promise is reported, too; an event without an error is not', () => {
  window.dispatchEvent(new ErrorEvent('error', { message: 'ResizeObserver loop completed' }));
  expect(useNotice.getState().notice).toBeNull();
  window.dispatchEvent(Object.assign(new Event('unhandledrejection'), { reason: new Error('x') }));
  expect(useNotice.getState().notice?.tone).toBe('bad');
  expect(sent).toHaveLength(1);
});

test('a page that keeps failing stops sending', () => {
  for (let turn = 0; turn < 50; turn += 1) recordError(new Error('x'));
  expect(sent.length).toBeLessThan(20);
});

test('the dialog shows what would be copied, and copies exactly that', async () => {
  const copied = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve());
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: copied } });
  const onClose = vi.fn<() => void>();
  const place = document.body.appendChild(document.createElement('div'));
  const root = createRoot(place);
  await act(async () =>
    root.render(
      <ApiProvider api={api} client={makeQueryClient()}>
        <DiagnosticsDialog onClose={onClose} />
      </ApiProvider>,
    ),
  );
  await vi.waitFor(() => expect(document.querySelector('textarea')?.value).toBe(TEXT));
  expect(document.querySelector('textarea')?.readOnly).toBe(true);
  const button = (name: string) => [...document.querySelectorAll('button')].find((one) => one.textContent === name);
  await act(async () => button('Cancel')?.click());
  expect([copied.mock.calls.length, onClose.mock.calls.length]).toEqual([0, 1]);
  await act(async () => button('Copy')?.click());
  expect(copied).toHaveBeenCalledWith(TEXT);
  expect(onClose).toHaveBeenCalledTimes(2);
  act(() => root.unmount());
});
