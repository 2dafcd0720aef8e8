import { counted } from '../text/counted.ts';
/**
 * Remarks in a layer's notes that the program recognises. The stored remark is exactly the sentence of version 1: a layer's
 * bytes are hashed, and two people with different versions who add one file must store the same layer. A note is read back as
 * a code with parameters and shown in today's words. Layers of versions between have codes (`@as-shown|Chromium 156|7`) or
 * later sentences; those are recognised too.
 */
type LayerNote =
  | { readonly code: 'password-to-show' }
  | { readonly code: 'animated' }
  | { readonly code: 'file-made-on'; readonly date: string }
  | { readonly code: 'without-styles' }
  | { readonly code: 'as-shown'; readonly browser: string; readonly hidden: number };

/** Added to the version of a layer whose text was made with the page’s styles. */
export const STYLES_VERSION = '+styles';

/** The original was opened with a password, which is stored nowhere; showing its pages asks for it. */
export const PASSWORD_TO_SHOW = 'The original is protected: its password is needed again to show its pages.';
/** An image that would move where a browser shows it. */
export const ANIMATED = 'It is animated: its first picture is the one that is shown.';
/** A frozen page whose text was made without its styles. */
export const WITHOUT_STYLES =
  'No browser was at hand: its text was made without its styles, so words that the page does not show, such as those of closed menus, belong to it and can be found, too.';
/** When the file says it was made; not a date of its contents. */
export const fileMadeOn = (date: string): string => `The file says of itself that it was made on ${date}.`;
/** A frozen page whose text was made with its styles as a browser (`Chromium 156`) read them, without the words they hide. */
export const asShownNote = (browser: string, hidden: number): string =>
  `Its text is what the page showed in ${browser} at import; ${
    hidden === 0
      ? 'its styles hide no words'
      : hidden === 1
        ? 'one word its styles hide was left out'
        : `${hidden} words its styles hide were left out`
  }.`;

export const needsPassword = (notes: readonly string[]): boolean => notes.some((note) => is(note, 'password-to-show'));
export const isAnimated = (notes: readonly string[]): boolean => notes.some((note) => is(note, 'animated'));
export const isWithoutStyles = (note: string): boolean => is(note, 'without-styles');

const is = (note: string, code: LayerNote['code']): boolean => parse(note)?.code === code;

/** When the file says it was made, `2019-03-02`; null if it doesn’t. */
export function fileMadeDate(notes: readonly string[]): string | null {
  const made = notes.map(parse).find((note) => note?.code === 'file-made-on');
  return made?.code === 'file-made-on' ? made.date : null;
}

/**
 * Whether a note belongs in an import's report, because something is missing or uncertain. What is normal for a kind of file,
 * such as when it was made, does not.
 */
export function isRemark(note: string): boolean {
  const code = parse(note)?.code;
  return code !== 'file-made-on' && code !== 'as-shown' && code !== 'without-styles';
}

/** A note of a layer as people read it. */
export function layerNoteText(note: string): string {
  const parsed = parse(note);
  return parsed === null ? note : textOf(parsed);
}

function textOf(note: LayerNote): string {
  switch (note.code) {
    case 'password-to-show':
      return 'The original is protected, so its password is needed to show its pages.';
    case 'animated':
      return 'Animated; the first frame is shown.';
    case 'file-made-on':
      return `The file says it was made on ${note.date}.`;
    case 'without-styles':
      return 'Text extracted without styles, because no browser was available. It may include text the page doesn’t show, such as closed menus.';
    case 'as-shown':
      return `Text as shown in ${note.browser} at import; ${hiddenWords(note.hidden)}.`;
  }
}

function hiddenWords(count: number): string {
  if (count === 0) return 'no words were hidden';
  return `${counted(count, 'hidden word was', 'hidden words were')} left out`;
}

/** The forms a note may have: its code, the sentence in layers older than codes, and today's words. */
const FORMS: readonly { readonly form: RegExp; readonly note: (found: readonly string[]) => LayerNote }[] = [
  {
    form: /^(?:@password-to-show|The original is protected: its password is needed again to show its pages\.|The original is protected, so its password is needed to show its pages\.)$/,
    note: () => ({ code: 'password-to-show' }),
  },
  {
    form: /^(?:@animated|It is animated: its first picture is the one that is shown\.|Animated; the first frame is shown\.)$/,
    note: () => ({ code: 'animated' }),
  },
  {
    form: /^(?:@file-made-on\|(.*)|The file says (?:of itself that it|it) was made on (.*)\.)$/s,
    note: ([, coded, said]) => ({ code: 'file-made-on', date: coded ?? said ?? '' }),
  },
  {
    form: /^(?:@without-styles|No browser was at hand: its text was made without its styles, so words that the page does not show, such as those of closed menus, belong to it and can be found, too\.|Text extracted without styles, because no browser was available\..*)$/,
    note: () => ({ code: 'without-styles' }),
  },
  {
    form: /^@as-shown\|(.*)\|(\d+)$/s,
    note: ([, browser = '', hidden]) => ({ code: 'as-shown', browser, hidden: Number(hidden) }),
  },
  {
    form: /^Its text is what the page showed in (.*) at import; (?:its styles hide no words|(one|\d+) words? its styles hide (?:was|were) left out)\.$/s,
    note: ([, browser = '', hidden]) => ({ code: 'as-shown', browser, hidden: countOf(hidden) }),
  },
  {
    form: /^Text as shown in (.*) at import; (?:no words were hidden|([\d,]+) hidden words? (?:was|were) left out)\.$/s,
    note: ([, browser = '', hidden]) => ({ code: 'as-shown', browser, hidden: countOf(hidden) }),
  },
];

const countOf = (hidden: string | undefined): number =>
  hidden === undefined ? 0 : hidden === 'one' ? 1 : Number(hidden.replaceAll(',', ''));

function parse(note: string): LayerNote | null {
  for (const { form, note: noteOf } of FORMS) {
    const found = form.exec(note);
    if (found !== null) return noteOf(found);
  }
  return null;
}
