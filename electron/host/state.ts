import type { AppState } from '../../shared/contract/app.ts';
import { fingerprintOf, rawPublicKey } from '../project/people/people.ts';
import type { Damaged } from './damaged.ts';
import type { Engines } from './engines.ts';
import type { Home } from './home.ts';
import type { Shell, WindowId } from './shell.ts';

const PLATFORMS: Readonly<Record<string, AppState['platform']>> = { darwin: 'mac', win32: 'windows' };

export interface StateOptions {
  readonly home: Home;
  readonly shell: Pick<Shell, 'host'>;
  readonly engines: Pick<Engines, 'of'>;
  readonly damaged: Pick<Damaged, 'of' | 'refusal'>;
  readonly version: string;
}

/** What a window's page is told of the program, its person and its project. */
export function createState({ home, shell, engines, damaged, version }: StateOptions) {
  return async (window: WindowId): Promise<AppState> => {
    const open = await engines.of(window);
    const info = open === null ? null : await open.engine.call('project.info', {});
    const { id, name, privateKey } = home.person();
    return {
      host: shell.host,
      version,
      platform: PLATFORMS[process.platform] ?? 'linux',
      project:
        open === null || info === null ? null : { id: info.id, title: info.title, place: home.placeOf(open.folder) },
      damaged: open === null ? damaged.of(window) : null,
      refused: open === null ? damaged.refusal(window) : null,
      person: { id, name, fingerprint: fingerprintOf(rawPublicKey(privateKey)) },
      settings: home.settings(),
      recents: home.recents(),
      nativeDialogs: shell.host === 'electron',
      projectsPlace: home.placeOf(home.projectsFolder),
      dataPlace: home.placeOf(home.folder),
    };
  };
}
