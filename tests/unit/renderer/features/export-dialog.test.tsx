// @vitest-environment jsdom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ApiProvider, createApi, makeQueryClient } from '../../../../renderer/api/index.ts';
import { useNotice } from '../../../../renderer/common/notices/notices.ts';
import { startI18n } from '../../../../renderer/shell/strings.ts';
import { ExportDialog } from '../../../../renderer/features/export/ExportDialog.tsx';
import { fail, ok, type Result } from '../../../../shared/errors.ts';
import { CODING_USUAL, codingAnswers, type CodingScene } from '../../../support/shell/coding.ts';
import { FakeHost, USUAL, type Answers } from '../../../support/shell/fake-bridge.ts';
import { fakeCodebook, fakeSources } from '../../../support/shell/fixtures.ts';

let root: Root;
let place: HTMLElement;
let tell: (message: { event: string; payload: unknown }) => void;
/** Ends the export. */
let end: (answer: Result<unknown>) => void;
let asked: string[];
const closed = vi.fn<() => void>();

beforeEach(() => {
  startI18n();
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }));
  useNotice.setState({ notice: null });
  place = document.body.appendChild(document.createElement('div'));
  root = createRoot(place);
  asked = [];
});
afterEach(async () => {
  await act(async () => root.unmount());
  place.remove();
  closed.mockReset();
  vi.unstubAllGlobals();
});

/** Renders the dialog over a host whose exports last until the test ends them. */
async function begin(scene: Partial<CodingScene> = {}, more: Answers = {}): Promise<void> {
  const host = new FakeHost();
  host.set(USUAL);
  host.add(
    codingAnswers({ categories: fakeCodebook().categories, sources: fakeSources(9) }, { ...CODING_USUAL, ...scene }),
  );
  host.add(more);
  const api = createApi(
    {
      call: (name, input) => {
        asked.push(name);
        const answer = host.answer(name, Object(input));
        return name === 'app.exportProject' ? new Promise((resolve) => (end = resolve)) : Promise.resolve(answer);
      },
      offer: () => Promise.resolve({ ok: true, value: [] }),
      listen: (hear) => {
        tell = hear;
        return () => undefined;
      },
    },
    false,
  );
  await act(async () =>
    root.render(
      <ApiProvider api={api} client={makeQueryClient()}>
        <ExportDialog onClose={closed} />
      </ApiProvider>,
    ),
  );
  await until(() => said().includes('151 passages'));
}
const said = (): string => document.body.textContent;
const until = (holds: () => boolean): Promise<void> => act(async () => vi.waitFor(() => expect(holds()).toBe(true)));
const press = (name: string): Promise<void> =>
  act(async () => {
    const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === name);
    if (button === undefined) throw new Error(`There is no ${name}.`);
    button.click();
  });

it('an export shows its progress, and stopping it shows no error', async () => {
  await begin();
  await press('Export file');
  await until(() => asked.includes('app.exportProject'));
  await act(async () => tell({ event: 'export.progress', payload: { phase: 'writing', done: 30, total: 120 } }));
  expect(said()).toContain('Writing, 25%');
  await press('Stop');
  await until(() => asked.includes('app.cancelExport'));
  expect(closed).not.toHaveBeenCalled();
  await act(async () => end(fail('CANCELLED', 'Export stopped. No file was written.')));
  await until(() => !said().includes('Writing'));
  expect(document.querySelector('[role="alert"]')).toBeNull();
  expect(said()).not.toContain('Export stopped.');
  await press('Cancel');
  expect(closed).toHaveBeenCalledOnce();
});

it('an error is shown in the dialog; success closes it with a notice', async () => {
  await begin();
  await press('Export file');
  await until(() => asked.includes('app.exportProject'));
  await act(async () => end(fail('DISK_FULL', 'The disk is full. Free some space.')));
  await until(() => document.querySelector('[role="alert"]')?.textContent?.includes('The disk is full') === true);
  await press('Export file');
  await act(async () => end(ok({ done: true, name: 'out.sbk', bytes: 94_000, download: null, signature: null })));
  await until(() => closed.mock.calls.length === 1);
  expect(useNotice.getState().notice?.text).toContain('out.sbk');
});

it('names what the file could not include', async () => {
  await begin();
  await press('Export file');
  await until(() => asked.includes('app.exportProject'));
  const missing = ['The original of “report.txt” is missing.'];
  await act(async () =>
    end(ok({ done: true, name: 'out.sbk', bytes: 94_000, download: null, signature: null, missing })),
  );
  await until(() => closed.mock.calls.length === 1);
  expect(useNotice.getState().notice).toMatchObject({ tone: 'warn', details: missing });
  expect(useNotice.getState().notice?.text).toContain('One file is missing from this project');
});

it('says how many sources a file has, and how many of them have passages', async () => {
  await begin({}, { 'report.count': () => ({ passages: 151, exhibits: 151, sources: 12, withPassages: 9 }) });
  expect(said()).toContain('Everything: 12 sources, 9 of them with passages. 151 passages in total.');
});

it('says why the export cannot start, and how large the chosen part is', async () => {
  await begin();
  await until(() => said().includes('Everything: 151 passages from 9 sources.'));
  const press = async (text: string): Promise<void> =>
    act(async () =>
      [...document.querySelectorAll('label')].find(({ textContent }) => textContent?.startsWith(text))?.click(),
    );
  const go = (): Element | undefined =>
    [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Export file');
  await press('Passphrase');
  await until(() => said().includes('Enter a passphrase of at least 12 characters.'));
  expect(go()?.hasAttribute('disabled')).toBe(true);
  await act(async () =>
    [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Create passphrase')?.click(),
  );
  const made = /(?:[a-z]{3,8} ){6}[a-z]{3,8}/.exec(document.querySelector('.made-passphrase')?.textContent ?? '')?.[0];
  const fields = [...document.querySelectorAll<HTMLInputElement>('input[type="password"]')];
  expect(fields.map(({ value }) => value)).toEqual([made, made]);
  // The generated passphrase is shown only once: the export waits until the person says that it is written down.
  expect(said()).toContain('Write the passphrase down, then say so.');
  expect(go()?.hasAttribute('disabled')).toBe(true);
  const copied = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve());
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: copied } });
  await act(async () =>
    [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Copy')?.click(),
  );
  expect(copied).toHaveBeenCalledWith(made);
  await act(async () => document.querySelector<HTMLInputElement>('.made-passphrase input[type="checkbox"]')?.click());
  await until(() => !said().includes('then say so.'));
  expect(document.querySelector('.made-passphrase')?.textContent).toContain(made);
  expect(go()?.hasAttribute('disabled')).toBe(false);
  await press('Selected people');
  await until(() => said().includes('Enter an encryption key.'));
  await press('Not encrypted');
  await until(() => !said().includes('Enter an encryption key'));
  expect(go()?.hasAttribute('disabled')).toBe(false);
});

it('says in a blind copy that exporting submits the work', async () => {
  await begin({ blind: true });
  await until(() => said().includes('This is a blind copy. Exporting it submits your coding'));
});

it('says passages as the project counts them, and how many exhibits a report makes of them', async () => {
  await begin({}, { 'report.count': () => ({ passages: 151, exhibits: 150, sources: 9, withPassages: 9 }) });
  expect(said()).toContain('Everything: 151 passages from 9 sources.');
  await act(async () => {
    const table = [...document.querySelectorAll('label')].find(({ textContent }) =>
      textContent.includes('Evidence table'),
    );
    table?.click();
  });
  expect(said()).toContain('Everything: 151 passages (150 exhibits: some are on the same words) from 9 sources.');
});

it('of a project with names that must be masked is exported once it is said to be for teammates, and never under pseudonyms', async () => {
  await begin({}, { 'projectFile.masks': () => ({ masks: 3, leftOut: 1, unmasked: 2 }) });
  await until(() => said().includes('2 passages marked as naming a private person aren’t masked.'));
  expect(said()).toContain('everything under the 3 masks in it');
  const button = (name: string) => [...document.querySelectorAll('button')].find((one) => one.textContent === name);
  expect(button('Export file')?.disabled).toBe(true);
  const tick = (label: string): Promise<void> =>
    act(async () => {
      const box = [...document.querySelectorAll('label')].find(({ textContent }) => textContent === label);
      if (box === undefined) throw new Error(`There is no ${label}.`);
      box.querySelector('input')?.click();
    });
  await tick('Replace names with pseudonyms');
  await until(() => said().includes('so mask them here first') && said().includes('1 source is left out'));
  expect(said()).not.toContain('for teammates');
  expect(button('Export file')?.disabled).toBe(true);
  await tick('Replace names with pseudonyms');
  await tick('This file is for teammates who will mask them');
  await until(() => button('Export file')?.disabled === false);
  await press('Export file');
  await until(() => asked.includes('app.exportProject'));
});
