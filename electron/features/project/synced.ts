import { realpathSync } from 'node:fs';
import { sep } from 'node:path';

const SERVICES: readonly { readonly name: string; readonly folder: RegExp }[] = [
  { name: 'OneDrive', folder: /^OneDrive( - .+)?$/i },
  { name: 'Dropbox', folder: /^Dropbox( \(.+\))?$/i },
  { name: 'iCloud', folder: /^(Mobile Documents|com~apple~CloudDocs|iCloudDrive|iCloud Drive)$/i },
  { name: 'Google Drive', folder: /^(Google ?Drive|My Drive)$/i },
  { name: 'Syncthing', folder: /^(Syncthing|Sync)$/i },
  { name: 'Nextcloud', folder: /^(Nextcloud|ownCloud)$/i },
];

/**
 * The service that copies this folder elsewhere, by the names such services give their folders; null where none is
 * seen. Two machines writing one synced database is how work gets lost, so the program warns.
 */
export function syncedBy(folder: string): string | null {
  const parts = realpathSync(folder).split(sep);
  return SERVICES.find((service) => parts.some((part) => service.folder.test(part)))?.name ?? null;
}
