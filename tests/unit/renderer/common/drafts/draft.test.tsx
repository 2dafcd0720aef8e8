// @vitest-environment jsdom
import { act, useEffect } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useDraft, useSaveOnLeave } from '../../../../../renderer/common/drafts/drafts.ts';
import { commitPendingOnLeave } from '../../../../../renderer/common/drafts/pending-commits.ts';

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
