import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron';
import type { Bridge } from '../shared/contract/bridge.ts';
import type { HostEvent } from '../shared/contract/http.ts';
import { CALL, EVENT, OFFER, type OfferedFile } from './host/electron/channels.ts';

/** The whole of what a page gets. Inputs are judged on the other side, by the gate. */
const bridge: Bridge = {
  call: (name, input) => ipcRenderer.invoke(CALL, name, input),
  on: (listener) => {
    const hear = (_event: IpcRendererEvent, told: HostEvent): void => listener(told);
    ipcRenderer.on(EVENT, hear);
    return () => void ipcRenderer.off(EVENT, hear);
  },
  offer: (files) => {
    const offered: OfferedFile[] = files.map((file) => ({ path: webUtils.getPathForFile(file), name: file.name }));
    return ipcRenderer.invoke(OFFER, offered);
  },
};

contextBridge.exposeInMainWorld('sourcebook', bridge);
