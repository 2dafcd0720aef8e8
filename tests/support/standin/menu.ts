import { BrowserWindow } from './browser-window.ts';
import { onlyKnown, strict } from './strict.ts';

interface ItemOptions {
  readonly id?: string;
  readonly label?: string;
  readonly role?: string;
  readonly type?: 'normal' | 'separator' | 'submenu';
  readonly accelerator?: string;
  readonly registerAccelerator?: boolean;
  readonly click?: (item: unknown, window: BrowserWindow | null) => void;
  readonly submenu?: readonly ItemOptions[];
}
const KNOWN = ['id', 'label', 'role', 'type', 'accelerator', 'registerAccelerator', 'click', 'submenu'];

interface MenuItem {
  readonly id: string | undefined;
  readonly label: string;
  readonly submenu: Menu | null;
  click(): void;
}

/** A menu that is never drawn: tests find its items by id and click them. */
export class Menu {
  readonly items: readonly MenuItem[];
  private static current: Menu | null = null;

  private constructor(items: readonly MenuItem[]) {
    this.items = items;
    return strict('Menu', this);
  }

  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : (item.submenu?.getMenuItemById(id) ?? null);
      if (found !== null) return found;
    }
    return null;
  }

  static buildFromTemplate(template: readonly ItemOptions[]): Menu {
    return new Menu(template.map(itemOf));
  }
  static setApplicationMenu(menu: Menu): void {
    Menu.current = menu;
  }
  static getApplicationMenu(): Menu | null {
    return Menu.current;
  }
}

function itemOf(options: ItemOptions): MenuItem {
  onlyKnown('a menu item', options, KNOWN);
  const item: MenuItem = {
    id: options.id,
    label: options.label ?? '',
    submenu: options.submenu === undefined ? null : Menu.buildFromTemplate(options.submenu),
    click() {
      if (options.click === undefined) throw new Error(`The stand-in cannot click “${options.role ?? item.label}”`);
      options.click(item, BrowserWindow.getFocusedWindow());
    },
  };
  return strict('MenuItem', item);
}
