import { act, type ReactNode } from 'react';
import { beforeEach, expect, vi } from 'vitest';
import { createApi } from '../../../renderer/api/index.ts';
import { openDossiers, resetDossiers } from '../../../renderer/features/dossier/state.ts';
import type { DossierPreview, SavedDossier } from '../../../shared/contract/dossier.ts';
import { claimId, dossierId, passageId } from '../../../shared/model/index.ts';
import { FakeHost } from './fake-bridge.ts';
import { fakeSources, PERSON } from './fixtures.ts';
import { renderedInJsdom, type Rendered } from './rendered.tsx';

export const CLAIM = claimId.parse('00000000-0000-7000-8000-0000000000c1');
export const PASSAGE = passageId.parse('00000000-0000-7000-8000-0000000000b1');

/** A dossier’s screen over a fake host: what a test changes before it shows the screen, and what the screen asked. */
export interface DossierDesk {
  readonly screen: Rendered;
  host: FakeHost;
  dossiers: SavedDossier[];
  preview: DossierPreview;
  readonly asked: { readonly name: string; readonly input: Record<string, unknown> }[];
  readonly show: (children: ReactNode) => Promise<void>;
  /** Waits until the screen has this text. */
  readonly shows: (text: string) => Promise<void>;
  /** The button whose text begins so. */
  readonly button: (label: string) => HTMLButtonElement;
}

/** For each test one dossier of one exhibit, which contradicts its claim. Called at the top level of a test file. */
export function dossierDesk(): DossierDesk {
  const screen = renderedInJsdom();
  const desk: DossierDesk = {
    screen,
    host: new FakeHost(),
    dossiers: [],
    preview: previewOfOne(),
    asked: [],
    show: (children) =>
      screen.render(
        createApi(
          {
            call: (name, input) => {
              desk.asked.push({ name, input: Object(input) });
              return Promise.resolve(desk.host.answer(name, Object(input)));
            },
            offer: () => Promise.resolve({ ok: true, value: [] }),
            listen: () => () => undefined,
          },
          false,
        ),
        children,
      ),
    shows: (text) => act(async () => vi.waitFor(() => expect(document.body.textContent).toContain(text))),
    button: (label) => {
      const found = [...document.querySelectorAll('button')].find((one) => one.textContent.startsWith(label));
      if (found === undefined) throw new Error(`There is no button ${label}`);
      return found;
    },
  };
  beforeEach(() => {
    desk.host = new FakeHost();
    desk.asked.length = 0;
    resetDossiers();
    openDossiers();
    desk.dossiers = [SAVED];
    desk.preview = previewOfOne();
    desk.host.add({
      'dossiers.list': () => ({ dossiers: desk.dossiers }),
      'dossier.preview': () => desk.preview,
      'app.people': () => ({ people: [] }),
    });
  });
  return desk;
}

export const SAVED: SavedDossier = {
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
};

function previewOfOne(): DossierPreview {
  const [source] = fakeSources(1);
  if (source === undefined) throw new Error('There is a source.');
  return {
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
      figures: null,
      masks: 0,
    },
    alpha: null,
    warnings: [{ kind: 'unanswered', claim: CLAIM, text: 'People were sent to work elsewhere.', exhibits: [1] }],
    refused: [],
  };
}
