import { describe, expect, it } from 'vitest';
import {
  ANIMATED,
  asShownNote,
  fileMadeOn,
  isAnimated,
  isRemark,
  isWithoutStyles,
  layerNoteText,
  needsPassword,
  PASSWORD_TO_SHOW,
  WITHOUT_STYLES,
} from '../../../shared/model/layer-notes.ts';

/** Each note as it is stored now, as older layers have it, and as it is shown. */
const NOTES: readonly (readonly [stored: string, older: string, shown: string])[] = [
  [
    PASSWORD_TO_SHOW,
    'The original is protected: its password is needed again to show its pages.',
    'The original is protected, so its password is needed to show its pages.',
  ],
  [ANIMATED, 'It is animated: its first picture is the one that is shown.', 'Animated; the first frame is shown.'],
  [
    fileMadeOn('3 May 2021'),
    'The file says of itself that it was made on 3 May 2021.',
    'The file says it was made on 3 May 2021.',
  ],
  [
    WITHOUT_STYLES,
    'No browser was at hand: its text was made without its styles, so words that the page does not show, such as those of closed menus, belong to it and can be found, too.',
    'Text extracted without styles, because no browser was available. It may include text the page doesn’t show, such as closed menus.',
  ],
  [
    asShownNote('Chromium 156', 0),
    'Its text is what the page showed in Chromium 156 at import; its styles hide no words.',
    'Text as shown in Chromium 156 at import; no words were hidden.',
  ],
  [
    asShownNote('Chromium 156', 1),
    'Its text is what the page showed in Chromium 156 at import; one word its styles hide was left out.',
    'Text as shown in Chromium 156 at import; 1 hidden word was left out.',
  ],
  [
    asShownNote('A|B 1', 1234),
    'Its text is what the page showed in A|B 1 at import; 1234 words its styles hide were left out.',
    'Text as shown in A|B 1 at import; 1,234 hidden words were left out.',
  ],
];

describe('a note of a layer', () => {
  it.each(NOTES)('%s is shown in the same words, however old it is', (stored, older, shown) => {
    expect(layerNoteText(stored)).toBe(shown);
    expect(layerNoteText(older)).toBe(shown);
    expect(layerNoteText(shown)).toBe(shown);
  });

  it('is recognised as a code, in older words and in today’s', () => {
    for (const form of NOTES[0] ?? []) expect(needsPassword(['x', form])).toBe(true);
    for (const form of NOTES[1] ?? []) expect(isAnimated(['x', form])).toBe(true);
    for (const form of NOTES[3] ?? []) expect(isWithoutStyles(form)).toBe(true);
    const remarks = NOTES.filter((forms) => forms.some(isRemark));
    expect(remarks.map(([stored]) => stored)).toEqual([PASSWORD_TO_SHOW, ANIMATED]);
    expect(remarks.every((forms) => forms.every(isRemark))).toBe(true);
  });

  it('stays unchanged if the program does not recognise it', () => {
    for (const note of ['Page 3 couldn’t be read.', '', '@later-version|x', '@animated ', 'see @animated']) {
      expect(layerNoteText(note)).toBe(note);
      expect(isAnimated([note])).toBe(false);
    }
  });
});
