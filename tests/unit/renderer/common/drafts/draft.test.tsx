// @vitest-environment jsdom
import { act, useEffect } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useDraft, useSaveOnLeave, useUnsaved } from '../../../../../renderer/common/drafts/drafts.ts';
import { commitPendingOnLeave } from '../../../../../renderer/common/drafts/pending-commits.ts';
import { clearRefused, tellWhether } from '../../../../../renderer/common/drafts/refused.ts';
import { useSavedDraft } from '../../../../../renderer/common/drafts/saved-draft.ts';

commitPendingOnLeave();

let root: Root;
let type: (text: string) => void = () => undefined;
let shown = '';
let saved: string[] = [];

function Field({ stored }: { stored: string }) {
  const [draft, setDraft] = useDraft(stored);
  useSaveOnLeave(() => {
    if (draft !== stored) saved.push(draft);
  }, draft !== stored);
  useEffect(() => {
    shown = draft;
    type = setDraft;
  });
  return null;
}

const show = (stored: string): void => act(() => root.render(<Field stored={stored} />));

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  root = createRoot(document.createElement('div'));
  saved = [];
});
afterEach(() => act(() => root.unmount()));

describe('a field of the record', () => {
  it('shows what is typed until the record says something new', () => {
    show('old');
    act(() => type('new'));
    expect(shown).toBe('new');
    show('from elsewhere');
    expect(shown).toBe('from elsewhere');
  });

  it('does not restore what was undone: the saved text is gone from the field', () => {
    show('old');
    act(() => type('new'));
    show('new');
    show('old');
    expect(shown).toBe('old');
    act(() => root.render(null));
    expect(saved).toEqual([]);
  });

  it('saves the text when the field is removed while typing', () => {
    show('old');
    act(() => type('half a sen'));
    act(() => root.render(null));
    expect(saved).toEqual(['half a sen']);
  });

  it.each(['beforeunload', 'pagehide'])(
    'saves the text when the window closes (%s), and only while the field is shown',
    (going) => {
      show('old');
      act(() => type('half a sen'));
      act(() => void window.dispatchEvent(new Event(going)));
      expect(saved).toEqual(['half a sen']);
      show('half a sen');
      act(() => root.render(null));
      act(() => void window.dispatchEvent(new Event(going)));
      expect(saved).toEqual(['half a sen']);
    },
  );
});

describe('a field whose text can’t be saved, as on a full disk', () => {
  let isFull = true;
  let leave: () => void = () => undefined;
  let unsaved = 0;

  function Author({ stored }: { stored: string }) {
    const field = useSavedDraft({
      name: 'source 1 author',
      stored,
      isValid: () => true,
      save: (text, tell) => {
        saved.push(text);
        tellWhether(isFull ? Promise.reject(new Error('The disk is full.')) : Promise.resolve(), tell);
      },
    });
    useEffect(() => {
      shown = field.draft;
      type = field.setDraft;
      leave = field.leave;
    });
    return null;
  }
  function Count() {
    const count = useUnsaved();
    useEffect(() => {
      unsaved = count;
    });
    return null;
  }
  const draw = (stored: string | null) =>
    act(async () =>
      root.render(
        <>
          <Count />
          {stored === null ? null : <Author stored={stored} />}
        </>,
      ),
    );
  beforeEach(() => {
    isFull = true;
    clearRefused();
  });

  it('keeps the text, and counts it, while it isn’t shown, and saves it when it is left the next time', async () => {
    await draw('');
    act(() => type('Zhang'));
    expect(unsaved).toBe(1);
    await act(async () => leave());
    expect(unsaved).toBe(1);
    // Another record is chosen, or the window is made narrower.
    await draw(null);
    expect(unsaved).toBe(1);
    await draw('');
    expect(shown).toBe('Zhang');
    isFull = false;
    await act(async () => leave());
    await draw('Zhang');
    expect(unsaved).toBe(0);
    expect(saved.at(-1)).toBe('Zhang');
    await draw('');
    expect(shown).toBe('');
  });

  it('forgets it once somebody stored another value', async () => {
    await draw('');
    act(() => type('Zhang'));
    await act(async () => leave());
    await draw(null);
    await draw('Li Si');
    expect(shown).toBe('Li Si');
    expect(unsaved).toBe(0);
  });
});
