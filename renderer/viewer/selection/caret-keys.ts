/** Ways a caret can move, as keys name them. Left and right are what one sees, whatever the direction of the text. */
export type CaretMove =
  | { readonly by: 'character' | 'word'; readonly to: 'left' | 'right' }
  | { readonly by: 'line' | 'lineEnd' | 'page' | 'text'; readonly to: 'back' | 'on' };

/** The move a key asks for, the same in every view; null for any other key. */
export function caretMove(key: string, wordwise: boolean): CaretMove | null {
  switch (key) {
    case 'ArrowLeft':
      return { by: wordwise ? 'word' : 'character', to: 'left' };
    case 'ArrowRight':
      return { by: wordwise ? 'word' : 'character', to: 'right' };
    case 'ArrowUp':
      return { by: 'line', to: 'back' };
    case 'ArrowDown':
      return { by: 'line', to: 'on' };
    case 'Home':
      return { by: wordwise ? 'text' : 'lineEnd', to: 'back' };
    case 'End':
      return { by: wordwise ? 'text' : 'lineEnd', to: 'on' };
    case 'PageUp':
      return { by: 'page', to: 'back' };
    case 'PageDown':
      return { by: 'page', to: 'on' };
    default:
      return null;
  }
}
