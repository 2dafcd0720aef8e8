import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron';
import type { Bridge } from '../shared/contract/bridge.ts';
import type { HostEvent } from '../shared/contract/http.ts';
import { CALL, EVENT, OFFER, type OfferedFile } from './host/electron/channels.ts';

/** All that a page can use. The gate in the main process validates its inputs. */
const bridge: Bridge = {
  call: (name, input) => ipcRenderer.invoke(CALL, name, input),
  on: (listener) => {
    const onEvent = (_event: IpcRendererEvent, event: HostEvent): void => listener(event);
    ipcRenderer.on(EVENT, onEvent);
    return () => void ipcRenderer.off(EVENT, onEvent);
  },
  offer: (files) => {
    const offered: OfferedFile[] = files.map((file) => ({ path: webUtils.getPathForFile(file), name: file.name }));
    return ipcRenderer.invoke(OFFER, offered);
  },
};

contextBridge.exposeInMainWorld('sourcebook', bridge);
