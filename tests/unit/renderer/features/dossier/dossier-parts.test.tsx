// @vitest-environment jsdom
import { act } from 'react';
import { expect, it, vi } from 'vitest';
import { Dossier } from '../../../../../renderer/features/dossier/Dossier.tsx';
import type { Claim } from '../../../../../shared/contract/claims.ts';
import { claimId } from '../../../../../shared/model/index.ts';
import { CLAIM, dossierDesk } from '../../../../support/shell/dossier-desk.tsx';

const desk = dossierDesk();

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
  const [saved] = desk.dossiers;
  if (saved === undefined) throw new Error('There is a dossier.');
  desk.preview = { ...desk.preview, alpha: 0.81 };
  desk.host.add({ 'claims.list': () => ({ claims }), 'dossiers.change': () => saved });
  await desk.show(<Dossier width="wide" />);
  await desk.shows('Nobody was asked.');
  const parts = document.querySelector('section[aria-label="Parts"]')?.textContent ?? '';
  expect(parts).toBe(
    'Summaryto writeGaps3ContentsmadeExhibits1, in order of claims' +
      '1 People were sent to work elsewhere.contradicted12 Nobody was asked.' +
      'After the exhibitsList of documents1How this was madeFigures and relations–Codebook, categories used2Agreement of codersα 0.81',
  );
  expect(document.body.textContent).toContain('1 exhibit, 1 document');
  expect(document.body.textContent).toContain('The originals have 48 kB.');
  const tick = (label: string): HTMLInputElement => {
    const found = [...document.querySelectorAll('label')].find((one) => one.textContent === label);
    const input = found?.querySelector('input');
    if (input === null || input === undefined) throw new Error(`There is no tick for ${label}`);
    return input;
  };
  const changes = () => desk.asked.flatMap(({ name, input }) => (name === 'dossiers.change' ? [input] : []));
  await act(async () => tick('2 Nobody was asked.').click());
  await act(async () => vi.waitFor(() => expect(changes()).toHaveLength(1)));
  expect(changes()[0]).toMatchObject({ from: { kind: 'claims', claims: [CLAIM] } });
  await act(async () => tick('Gaps').click());
  await act(async () => vi.waitFor(() => expect(changes()[1]).toMatchObject({ shows: { gaps: false } })));
  claims = claims.slice(0, 1);
  await desk.screen.unmount();
  await desk.show(<Dossier width="wide" />);
  await desk.shows('1 People were sent');
  expect(tick('1 People were sent to work elsewhere.').disabled).toBe(true);
});

it('how large a file became and how long it took is said once it was made', async () => {
  desk.host.add({
    'app.writeDossier': () => ({ done: true, name: 'a.docx', bytes: 1_200_000, download: null, ms: 6240 }),
  });
  await desk.show(<Dossier width="wide" />);
  await desk.shows('Word document');
  expect(document.body.textContent).not.toContain('last time');
  await act(async () => desk.button('Word document').click());
  await desk.shows('last time 1.2 MB, 6.2 s');
});
