import type { EventName, EventPayload } from '../../shared/contract/index.ts';

/** A window of the workbench, by name: `main-1`, `main-2` … In the browser host, each address of the page is a window. */
export type WindowId = string;

/** Where an export is written. `download`: the address to fetch it from; null if the host writes it where the person chose. */
export interface ExportPlace {
  readonly path: string;
  readonly download: string | null;
  /** The address of another file written into the same folder. Absent if pages don't download. */
  readonly downloadOf?: (path: string) => string;
}

/** What differs between the two hosts: dialogs for files, and how events reach a page. */
export interface Shell {
  readonly host: 'electron' | 'browser';
  /** Files or one folder to import, or files of other programs; empty when the person closed the dialog. */
  pickSources(window: WindowId, what: 'files' | 'folder' | 'exchange' | 'draft'): Promise<string[]>;
  /** A project file (encrypted or not) or another project's folder to merge; null when the person closed the dialog. */
  pickMerge(window: WindowId, what: 'file' | 'folder'): Promise<string | null>;
  /** A project folder or a project file; null when the person closed the dialog. */
  pickProject(window: WindowId): Promise<string | null>;
  /** Where to put a new project with this folder name; null when the person closed the dialog. */
  placeForProject(window: WindowId, folderName: string): Promise<string | null>;
  /** Where to write a project file or report of this name; null when the person closed the dialog. */
  placeForExport(window: WindowId, fileName: string): Promise<ExportPlace | null>;
  /** Where to write a new folder of this name; null when the person closed the dialog. Absent if pages download, which gives files alone. */
  placeForFolder?(window: WindowId, name: string): Promise<ExportPlace | null>;
  /** Shows the file that was exported last from a window in the system's file manager. */
  showExported(window: WindowId): void;
  /** A new window, without a project. `address`: where a browser opens it; null if the window is already open. */
  newWindow(): { readonly window: WindowId; readonly address: string | null };
  /** The windows were locked: whatever the host still keeps of a project for its pages is removed. */
  locked?(): void;
  /** Shows a sentence to the person, outside of any window's page. */
  notice(text: string): void;
  tell<E extends EventName>(window: WindowId, event: E, payload: EventPayload<E>): void;
}
