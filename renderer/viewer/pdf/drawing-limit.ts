/**
 * How many graphics states may be saved without a pause; a letter needs two or three. pdf.js pauses every 15 ms, but not within a letter of
 * a Type 3 font: a letter that draws twenty letters of another such font, and so on, would block the window for ever. A page with many
 * letters pauses between them. This many take a second.
 */
export const MOST_SAVED = 100_000;

interface Context {
  save(): void;
}

/** Makes `save` of all contexts of this kind throw once it was called too often without a pause; pdf.js then gives up on the page. */
export function limitDrawing(contexts: Context, most = MOST_SAVED): void {
  // oxlint-disable-next-line typescript/unbound-method -- called with its context below
  const { save } = contexts;
  let saved = 0;
  contexts.save = function saveWithin(this: Context): void {
    if (saved === 0) setTimeout(() => (saved = 0));
    saved += 1;
    if (saved > most) throw new Error('Drawing this page would take too long.');
    save.call(this);
  };
}
