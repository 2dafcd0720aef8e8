import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

const SERVICES: readonly { readonly name: string; readonly folder: RegExp }[] = [
  // The hyphen is macOS's: ~/Library/CloudStorage/OneDrive-Personal.
  { name: 'OneDrive', folder: /^OneDrive((?: - |-).+)?$/i },
  { name: 'Dropbox', folder: /^Dropbox( \(.+\)|-.+)?$/i },
  { name: 'iCloud', folder: /^(Mobile Documents|com~apple~CloudDocs|iCloudDrive|iCloud Drive)$/i },
  { name: 'Google Drive', folder: /^(Google ?Drive(-.+)?|My Drive)$/i },
  { name: 'Syncthing', folder: /^(Syncthing|Sync)$/i },
  { name: 'Nextcloud', folder: /^(Nextcloud|ownCloud)(-.+)?$/i },
];

/** What such services leave in the topmost folder they copy, whatever it is called. */
const MARKS: readonly { readonly name: string; readonly mark: string }[] = [
  { name: 'Syncthing', mark: '.stfolder' },
  { name: 'Dropbox', mark: '.dropbox.cache' },
  { name: 'Nextcloud', mark: '.nextcloudsync.log' },
  { name: 'Nextcloud', mark: '.owncloudsync.log' },
];

/**
 * The service that copies this folder elsewhere, by the names such services give their folders and what they leave in them;
 * null where none is seen. Two machines writing one synced database is how work gets lost, so the program warns.
 */
export function syncedBy(folder: string): string | null {
  const real = realpathSync(folder);
  const parts = real.split(sep);
  const named = SERVICES.find((service) => parts.some((part) => service.folder.test(part)))?.name;
  return named ?? markedBy(real);
}

function markedBy(folder: string): string | null {
  const found = MARKS.find(({ mark }) => existsSync(join(folder, mark)));
  const above = dirname(folder);
  return found?.name ?? (above === folder ? null : markedBy(above));
}
