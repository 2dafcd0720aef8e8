/** The part of the package `edtf` that is used here; it comes without types. */
declare module 'edtf' {
  /** Throws on text that is not EDTF. `level` is the highest level of ISO 8601-2 that is accepted. */
  export function parse(
    text: string,
    constraints?: { readonly level?: 0 | 1 | 2; readonly types?: readonly string[] },
  ): unknown;
}
