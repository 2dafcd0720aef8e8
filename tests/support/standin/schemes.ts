/**
 * Chromium serves no custom scheme, so `app://main-1/p` becomes `https://main-1.app-scheme.invalid/p`, which resolves nowhere
 * and is answered by interception; handlers and events see the address as Electron would show it.
 */
const registered = new Set<string>();

export const registerScheme = (scheme: string): void => void registered.add(scheme);
export const isRegistered = (scheme: string): boolean => registered.has(scheme);

export function toChromium(url: string): string {
  const [, scheme = '', host = '', rest = ''] = /^([a-z][a-z0-9-]*):\/\/([^/?#]*)(.*)$/i.exec(url) ?? [];
  if (!registered.has(scheme)) return url;
  return `https://${host}.${scheme}-scheme.invalid${rest.startsWith('/') ? rest : `/${rest}`}`;
}

export function toElectron(url: string): string {
  const [whole, host = '', scheme = '', rest = ''] =
    /^https:\/\/([^/]+)\.([a-z][a-z0-9-]*)-scheme\.invalid(\/.*)?$/i.exec(url) ?? [];
  return whole === undefined ? url : `${scheme}://${host}${rest}`;
}
