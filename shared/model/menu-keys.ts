/**
 * The keys of the commands that the application menu of Electron repeats, as the renderer writes bindings: `$mod` is Ctrl, ⌘
 * on macOS. The renderer handles these keys; the menu only shows them.
 */
export const MENU_KEYS = {
  newProject: '$mod+KeyN',
  newWindow: '$mod+Shift+KeyN',
  import: '$mod+KeyO',
  exportProject: '$mod+Shift+KeyE',
  settings: '$mod+Comma',
  undo: '$mod+KeyZ',
  redo: '$mod+Shift+KeyZ',
  library: 'Alt+Digit1',
  read: 'Alt+Digit2',
  theme: '$mod+Shift+KeyL',
  lock: 'Alt+Shift+KeyL',
} as const;
