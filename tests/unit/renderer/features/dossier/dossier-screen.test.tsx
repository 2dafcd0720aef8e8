// @vitest-environment jsdom
import { act, type ReactNode } from 'react';
import { beforeEach, expect, it, vi } from 'vitest';
import { createApi } from '../../../../../renderer/api/index.ts';
import { Dossier } from '../../../../../renderer/features/dossier/Dossier.tsx';
import { openDossiers, resetDossiers } from '../../../../../renderer/features/dossier/state.ts';
import type { DossierPreview, SavedDossier } from '../../../../../shared/contract/dossier.ts';
import { claimId, dossierId, passageId } from '../../../../../shared/model/index.ts';
import { FakeHost } from '../../../../support/shell/fake-bridge.ts';
import { fakeSources, PERSON } from '../../../../support/shell/fixtures.ts';
import { renderedInJsdom } from '../../../../support/shell/rendered.tsx';

const screen = renderedInJsdom();
let host: FakeHost;
let preview: DossierPreview;
let dossiers: SavedDossier[];
const asked: { readonly name: string; readonly input: Record<string, unknown> }[] = [];
const CLAIM = claimId.parse('00000000-0000-7000-8000-0000000000c1');
const PASSAGE = passageId.parse('00000000-0000-7000-8000-0000000000b1');

beforeEach(() => {
  host = new FakeHost();
  asked.length = 0;
  resetDossiers();
  openDossiers();
  const [source] = fakeSources(1);
  if (source === undefined) throw new Error('There is a source.');
  dossiers = [
    {
      id: dossierId.parse('00000000-0000-7000-8000-0000000000d1'),
      title: 'Liuquan, for an editor',
      template: 'editor',
      from: { kind: 'claims', claims: [] },
      summary: '',
      order: [],
      leftOut: [],
      shows: {},
      person: PERSON.id,
      createdAt: 0,
      unknown: [],
    },
  ];
  preview = {
    faults: [],
    exhibits: [
      {
        number: 1,
        passages: [PASSAGE],
        source: source.id,
        title: 'Work report',
        kind: 'pdf',
        page: 1,
        quote: '赴对口援疆省市就业386人',
        language: 'zh',
        translation: 'working',
        picture: 'page',
        state: 'coded',
        isDisputed: false,
        claims: [{ claim: CLAIM, as: 'contradicts', isUnanswered: true }],
        isKept: true,
      },
    ],
    groups: [{ claim: CLAIM, text: 'People were sent to work elsewhere.', exhibits: [1], unanswered: 1 }],
    counts: {
      exhibits: 1,
      documents: 1,
      origins: 1,
      copies: 0,
      translated: 0,
      working: 1,
      categories: 2,
      gaps: 3,
      masks: 0,
    },
    alpha: null,
    warnings: [{ kind: 'unanswered', claim: CLAIM, text: 'People were sent to work elsewhere.', exhibits: [1] }],
    refused: [],
  };
  host.add({
    'dossiers.list': () => ({ dossiers }),
    'dossier.preview': () => preview,
    'app.people': () => ({ people: [] }),
  });
});

const show = (children: ReactNode): Promise<void> =>
  screen.render(
    createApi(
      {
        call: (name, input) => {
          asked.push({ name, input: Object(input) });
          return Promise.resolve(host.answer(name, Object(input)));
        },
        offer: () => Promise.resolve({ ok: true, value: [] }),
        listen: () => () => undefined,
      },
      false,
    ),
    children,
  );
const shows = (text: string): Promise<void> =>
  act(async () => vi.waitFor(() => expect(document.body.textContent).toContain(text)));
const button = (label: string): HTMLButtonElement => {
  const found = [...document.querySelectorAll('button')].find((one) => one.textContent.startsWith(label));
  if (found === undefined) throw new Error(`There is no button ${label}`);
  return found;
};

it('exhibits stand under the claims they bear on, and what is open is said before it goes out', async () => {
  await show(<Dossier width="wide" />);
  await shows('赴对口援疆省市就业386人');
  await shows('contradicted, open');
  await shows('working translation');
  await shows('stays: it contradicts a claim');
  await shows('A contradiction of this claim is unanswered. It is printed with the claim.');
  expect(button('Web page, one file').disabled).toBe(false);
});

it('while it is refused, the reason is shown and nothing can be made', async () => {
  preview = {
    ...preview,
    exhibits: [],
    groups: [],
    warnings: [],
    refused: [{ code: 'UNMASKED', message: 'A passage names a private person.' }],
  };
  await show(<Dossier width="wide" />);
  await shows('It cannot go out yet');
  await shows('A passage names a private person.');
  expect(document.body.textContent).not.toContain('No passage fits');
  for (const label of ['Print or save as PDF', 'Web page, one file', 'Word document'])
    expect(button(label).disabled, label).toBe(true);
});

it('a dossier is written as it is saved', async () => {
  host.add({ 'app.writeDossier': () => ({ done: true, name: 'dossier.docx', bytes: 10, download: null }) });
  await show(<Dossier width="wide" />);
  await shows('Word document');
  await act(async () => button('Word document').click());
  await act(async () =>
    vi.waitFor(() => expect(asked.filter(({ name }) => name === 'app.writeDossier')).toHaveLength(1)),
  );
  expect(asked.find(({ name }) => name === 'app.writeDossier')?.input).toMatchObject({
    title: 'Liuquan, for an editor',
    template: 'editor',
    from: { kind: 'claims', claims: [] },
    format: 'docx',
  });
});

it('without a dossier, the screen says what one is and offers to make it', async () => {
  dossiers = [];
  await show(<Dossier width="wide" />);
  await shows('No dossiers yet');
  await shows('New dossier');
});
