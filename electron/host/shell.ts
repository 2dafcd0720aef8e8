import type { EventName, EventPayload } from '../../shared/contract/index.ts';

/** A window of the workbench, by name: `main-1`, `main-2` … In the browser host each address it gave out is one. */
export type WindowId = string;

/** Where an export is written. `download` is the address it can be had at afterwards, where the page must fetch it. */
export interface ExportPlace {
  readonly path: string;
  readonly download: string | null;
  /** The address of another file that is written into the same folder; absent where pages fetch nothing. */
  readonly downloadOf?: (path: string) => string;
}

/** What differs between the two hosts: who is asked for files and places, and how a page is told something. */
export interface Shell {
  readonly host: 'electron' | 'browser';
  /** Files or one folder to import; empty when the person closed the dialog. */
  pickSources(window: WindowId, what: 'files' | 'folder'): Promise<string[]>;
  /** A project file (encrypted or not) or another project's folder to merge; null when the person closed the dialog. */
  pickMerge(window: WindowId, what: 'file' | 'folder'): Promise<string | null>;
  /** A project folder or a project file; null when the person closed the dialog. */
  pickProject(window: WindowId): Promise<string | null>;
  /** Where a new project of this folder name shall lie; null when the person closed the dialog. */
  placeForProject(window: WindowId, folderName: string): Promise<string | null>;
  /** Where a project file or report of this name shall be written; null when the person closed the dialog. */
  placeForExport(window: WindowId, fileName: string): Promise<ExportPlace | null>;
  /** Shows the file that was exported last from a window in the system's file manager. */
  showExported(window: WindowId): void;
  /** A new window, without a project. `address` is where a browser finds it; null where it is on the screen already. */
  newWindow(): { readonly window: WindowId; readonly address: string | null };
  /** Says a sentence to the person, whichever window they are at. */
  notice(text: string): void;
  tell<E extends EventName>(window: WindowId, event: E, payload: EventPayload<E>): void;
}
