// @vitest-environment jsdom
import { act, type ReactNode } from 'react';
import { beforeEach, expect, it, vi } from 'vitest';
import { createApi } from '../../../../../renderer/api/index.ts';
import { Dossier } from '../../../../../renderer/features/dossier/Dossier.tsx';
import { openDossiers, resetDossiers } from '../../../../../renderer/features/dossier/state.ts';
import type { Claim } from '../../../../../shared/contract/claims.ts';
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
        label: '1',
        passages: [PASSAGE],
        source: source.id,
        title: 'Work report',
        kind: 'pdf',
        page: 1,
        quote: '赴对口援疆省市就业386人',
        language: 'zh',
        translation: 'working',
        picture: 'page',
        isProtected: false,
        state: 'coded',
        isDisputed: false,
        claims: [{ claim: CLAIM, as: 'contradicts', isUnanswered: true }],
        isKept: true,
      },
    ],
    groups: [
      { claim: CLAIM, document: null, text: 'People were sent to work elsewhere.', exhibits: [1], unanswered: 1 },
    ],
    counts: {
      exhibits: 1,
      documents: 1,
      bytes: 48_213,
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

const NONE = { passages: 0, origins: 0, copies: 0, differ: 0 };
const claimOf = (id: typeof CLAIM, text: string): Claim => ({
  id,
  text,
  person: null,
  createdAt: 0,
  links: [],
  supports: NONE,
  limits: NONE,
  contradicts: NONE,
  unanswered: 0,
  undecidedCopies: 0,
  gaps: [],
  unknown: 0,
  trashedContradictions: 0,
});

it('its parts are ticked in the order of their template, with how much is in them; a claim is left out, but not the last', async () => {
  const OTHER = claimId.parse('00000000-0000-7000-8000-0000000000c2');
  let claims = [claimOf(CLAIM, 'People were sent to work elsewhere.'), claimOf(OTHER, 'Nobody was asked.')];
  const [saved] = dossiers;
  if (saved === undefined) throw new Error('There is a dossier.');
  preview = { ...preview, alpha: 0.81 };
  host.add({ 'claims.list': () => ({ claims }), 'dossiers.change': () => saved });
  await show(<Dossier width="wide" />);
  await shows('Nobody was asked.');
  const parts = document.querySelector('section[aria-label="Parts"]')?.textContent ?? '';
  expect(parts).toBe(
    'Summaryto writeGaps3ContentsmadeExhibits1, in order of claims' +
      '1 People were sent to work elsewhere.contradicted12 Nobody was asked.' +
      'After the exhibitsList of documents1How this was madeCodebook, categories used2Agreement of codersα 0.81',
  );
  expect(document.body.textContent).toContain('1 exhibit, 1 document');
  expect(document.body.textContent).toContain('The originals have 48 kB.');
  const tick = (label: string): HTMLInputElement => {
    const found = [...document.querySelectorAll('label')].find((one) => one.textContent === label);
    const input = found?.querySelector('input');
    if (input === null || input === undefined) throw new Error(`There is no tick for ${label}`);
    return input;
  };
  const changes = () => asked.flatMap(({ name, input }) => (name === 'dossiers.change' ? [input] : []));
  await act(async () => tick('2 Nobody was asked.').click());
  await act(async () => vi.waitFor(() => expect(changes()).toHaveLength(1)));
  expect(changes()[0]).toMatchObject({ from: { kind: 'claims', claims: [CLAIM] } });
  await act(async () => tick('Gaps').click());
  await act(async () => vi.waitFor(() => expect(changes()[1]).toMatchObject({ shows: { gaps: false } })));
  claims = claims.slice(0, 1);
  await screen.unmount();
  await show(<Dossier width="wide" />);
  await shows('1 People were sent');
  expect(tick('1 People were sent to work elsewhere.').disabled).toBe(true);
});

it('how large a file became and how long it took is said once it was made', async () => {
  host.add({ 'app.writeDossier': () => ({ done: true, name: 'a.docx', bytes: 1_200_000, download: null, ms: 6240 }) });
  await show(<Dossier width="wide" />);
  await shows('Word document');
  expect(document.body.textContent).not.toContain('last time');
  await act(async () => button('Word document').click());
  await shows('last time 1.2 MB, 6.2 s');
});
